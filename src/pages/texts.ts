/** The words of the pages: English here, the other languages in `translations.txt`, read when one is first asked for. */
import { LANGUAGES, type Language } from '../domain/languages.ts';
import translations from './translations.txt';

/** Texts may name values in braces. */
const ENGLISH = {
  saveContact: 'Save contact',
  copyLink: 'Copy link',
  copied: 'Link copied',
  share: 'Share',
  links: 'Links',
  cards: 'Cards',
  qrCode: 'QR code',
  qrLabel: 'QR code of the address {url}',
  scan: 'Scan to open this card on another phone',
  wholeProfile: 'Whole profile of {name}',
  description: 'Links and contact of {name}.',
  madeWith: 'Made with DevCard Edge',
  notFound: 'There is no card here',
  notFoundHelp: 'The address may be mistyped, or the card may have been renamed or removed by its owner.',
  unavailable: 'We cannot show this right now',
  unavailableHelp: 'Something on our side is not answering. Please try again in a few seconds.',
  signInFailed: 'You are not signed in yet',
  signInFailedHelp: 'The sign-in was interrupted or took too long. Please try again.',
  signIn: 'Make your card',
  signInHelp:
    'Sign in with an account that you have already. Your card gets its name, picture and first link from it.',
  signInNowhere: 'Nobody can sign in here yet: this deployment has no provider for it.',
  signInWith: 'Continue with {provider}',
  chooseUsername: 'Choose a username',
  chooseUsernameHelp: 'Your card gets the address {address}. You can change it later.',
  username: 'Username',
  goOn: 'Continue',
  tryAgain: 'Try again',
  toStart: 'To the start page',
  tagline: 'Your developer profile, on every phone in the room.',
  pitch: 'One page with all your links, one QR code to show, and a code that even works without a network.',
  start: 'Make your card',
  scanCode: 'Scan a code',
  example: 'Example',
  fast: 'There at once',
  fastDetail:
    'A page of a few kilobytes, answered from the data centre nearest to you. No app, no scripts needed.',
  offline: 'Works offline',
  offlineDetail:
    'The offline code holds your whole card, signed. Whoever scans it can check it without a network.',
  private: 'Polite',
  privateDetail:
    'No cookies for visitors and no trackers. Your card is yours: take it with you or delete it.',
};

export type TextKey = keyof typeof ENGLISH;

/** The words of one language. */
export interface Texts {
  language: Language;
  /** A text with its values filled in. */
  (key: TextKey, values?: Readonly<Record<string, string>>): string;
}

/** The words of a language; where a translation lacks one, it is English. */
export function textsOf(language: Language): Texts {
  const own: Partial<Record<string, string>> = language === LANGUAGES[0] ? ENGLISH : translated(language);
  const text = (key: TextKey, values: Readonly<Record<string, string>> = {}) =>
    (own[key] ?? ENGLISH[key]).replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole);
  return Object.assign(text, { language });
}

/** All keys, for the test that no translation lacks one. */
export const TEXT_KEYS = Object.keys(ENGLISH) as readonly TextKey[];

const read = new Map<Language, Record<string, string>>();

/** A paragraph of the file begins with the language in brackets; then each line has a key and its text. */
function translated(language: Language): Record<string, string> {
  let texts = read.get(language);
  if (!texts) {
    const paragraph = translations.split('\n\n').find((each) => each.startsWith(`[${language}]\n`)) ?? '';
    const lines = paragraph.trimEnd().split('\n').slice(1);
    texts = Object.fromEntries(
      lines.map((line) => {
        const space = line.indexOf(' ');
        return [line.slice(0, space), line.slice(space + 1)];
      }),
    );
    read.set(language, texts);
  }
  return texts;
}
