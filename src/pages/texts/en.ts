/** The words of the pages in English: the keys that every language has. Texts may name values in braces. */
export const en = {
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

/** What every language must say, and no more. */
export type Dictionary = Readonly<Record<keyof typeof en, string>>;
