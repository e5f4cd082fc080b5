/**
 * A profile as a vCard 3.0 (RFC 2426), the version that contact apps of iOS and Android both import whole.
 *
 * Links are `URL`s with Apple's `X-ABLabel`: iOS shows the label, Android ignores it and keeps the address, while
 * `X-SOCIALPROFILE` would be lost on Android.
 */

import { type LinkHeading, linkHeadings } from './links/link-heading.ts';
import { phoneNumber } from './links/phone-number.ts';
import type { ProfileFields, PublicLink } from './profile.ts';

/** Octets of a line without its break (RFC 2426 section 2.6). */
const MAX_LINE_BYTES = 75;

/** RFC 6350 section 10.1; the charset parameter is for clients that still guess. */
export const VCARD_CONTENT_TYPE = 'text/vcard; charset=utf-8';

type Link = Pick<PublicLink, 'platform' | 'username' | 'url'>;

/** What a vCard is made of: a public profile, or the card that an offline code carries. */
interface VcardSource extends Omit<ProfileFields, 'accentColor'> {
  links: readonly Link[];
}

/** Platforms whose handle is a telephone number, and how contact apps name its kind. */
const CALLED: Readonly<Record<string, string>> = { phone: 'CELL,VOICE', whatsapp: 'CELL', signal: 'CELL' };

/**
 * The vCard of a profile; `profileUrl` is the https address of its page. `uid` is what an updated contact is known by,
 * and must outlive a rename; without it (an offline code tells none) nothing is replaced.
 */
export function vcard(profile: VcardSource, profileUrl: string, uid?: string): string {
  const emails = profile.links.filter((link) => link.url.startsWith('mailto:'));
  const headings = linkHeadings(profile.links);
  const pages = profile.links.flatMap((link, index) =>
    link.url.startsWith('https://') ? [{ url: link.url, name: headings[index]?.heading ?? '' }] : [],
  );
  return vcardFile([
    ...some(uid ?? null, (id) => `UID:${vcardUri(id)}`),
    `N:${vcardName(profile.displayName)}`,
    `FN:${vcardText(profile.displayName)}`,
    `NICKNAME:${vcardText(profile.username)}`,
    ...some(profile.role, (role) => `TITLE:${vcardText(role)}`),
    ...some(profile.company, (company) => `ORG:${vcardText(company)}`),
    ...emails.map((link) => `EMAIL;TYPE=INTERNET:${vcardText(addressOf(link))}`),
    ...numbers(profile.links).map(([number, kind]) => `TEL;TYPE=${kind}:${number}`),
    ...labelled(1, profileUrl, 'DevCard'),
    ...pages.flatMap(({ url, name }, index) => labelled(index + 2, url, name)),
    ...some(note(profile, headings), (lines) => `NOTE:${vcardText(lines)}`),
  ]);
}

/** One vCard with these lines between its first and its last. */
export function vcardFile(lines: readonly string[]): string {
  return ['BEGIN:VCARD', 'VERSION:3.0', 'PRODID:-//DevCard Edge//EN', ...lines, 'END:VCARD']
    .map((line) => `${folded(line)}\r\n`)
    .join('');
}

/** The value of `N`: family and given name, escaped. */
export function vcardName(displayName: string): string {
  return `${nameParts(displayName).map(vcardText).join(';')};;;`;
}

/**
 * Family and given name. Only a name of two words in a script that has the given name first is split; any other
 * stays whole as the given name, because a phone shows the parts in its own order and would turn it round.
 */
function nameParts(displayName: string): [family: string, given: string] {
  const words = displayName.split(/\s+/);
  const [given, family] = words;
  const isWord = (word: string) =>
    /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}'‘’ʹʻʼʽʾʿˈ´`·.\-‐‑]+$/u.test(word);
  return words.length === 2 && given && family && words.every(isWord) ? [family, given] : ['', displayName];
}

/** An email address as mail knows it: its domain is in punycode, whatever is shown. */
function addressOf({ url, username }: Link): string {
  const address = url.slice('mailto:'.length);
  return /%/.test(address) ? decodeURIComponent(address) : address || username;
}

/** Each telephone number once, whatever is used to call it, with the kind of the first. */
function numbers(links: readonly Link[]): [number: string, kind: string][] {
  const found = new Map<string, string>();
  for (const { platform, username } of links) {
    const kind = Object.hasOwn(CALLED, platform) ? CALLED[platform] : undefined;
    const number = kind && phoneNumber(username.startsWith('+') ? username : `+${username}`);
    if (kind && number && !found.has(number)) found.set(number, kind);
  }
  return [...found];
}

/** Pronouns, bio, and the handles that have no page: a contact has no better place for them. */
function note({ pronouns, bio, links }: VcardSource, headings: readonly LinkHeading[]): string | null {
  const handles = links.flatMap(({ url, username }, index) =>
    url === '' ? [`${headings[index]?.heading}: ${username}`] : [],
  );
  return [pronouns, bio, ...handles].filter(Boolean).join('\n') || null;
}

/** A grouped address with its label; `index` counts from 1 within the card. */
function labelled(index: number, url: string, name: string): string[] {
  return [`item${index}.URL:${vcardUri(url)}`, `item${index}.X-ABLabel:${vcardText(name)}`];
}

function some(value: string | null, line: (value: string) => string): string[] {
  return value ? [line(value)] : [];
}

/** Escapes a text value (RFC 2426 section 4); other controls have no place in a contact. */
export function vcardText(value: string): string {
  return value
    .replace(/[\\,;]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/\p{Cc}/gu, '');
}

/** A URI stands as it is (RFC 2426 section 5.8.4), but can never end its line. */
export function vcardUri(value: string): string {
  return value.replace(/[\s\p{Cc}]/gu, encodeURIComponent);
}

/** Breaks a long line between characters, not within one of several octets. */
function folded(line: string): string {
  let lines = '';
  let bytes = 0;
  for (const character of line) {
    const size = utf8Size(character);
    if (bytes + size > MAX_LINE_BYTES) {
      lines += '\r\n ';
      bytes = 1;
    }
    lines += character;
    bytes += size;
  }
  return lines;
}

function utf8Size(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
