/** What people are told of a verdict: words, a tone (its colour) and a picture. */
import type { Verdict } from '../verify/verify.ts';
import { clock, distance } from './times.ts';

/** How a verdict looks. What was never signed is no forgery, and is not to look like one. */
type Look = Exclude<Verdict['outcome'], 'early' | 'incomplete' | 'revoked'> | 'unsigned';

/** A verdict in words. */
export interface Wording {
  look: Look;
  title: string;
  /** Paragraphs. */
  details: string[];
  /** 24 × 24 path, drawn as a line. */
  icon: string;
}

const ICONS: Readonly<Record<Look, string>> = {
  fresh: 'M12 3 5 6v5c0 4.6 2.9 8.3 7 10 4.1-1.7 7-5.4 7-10V6zM8.8 12l2.3 2.3 4.2-4.6',
  expired: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM12 7.5V12l3 2',
  'unknown-key':
    'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM9.7 9.6a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1.1.8-1.1 1.6M12 16.5v.1',
  'not-authentic': 'M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM9.2 9.2l5.6 5.6M14.8 9.2l-5.6 5.6',
  unsigned: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM8 12h8',
};

interface Circumstances {
  /** Seconds since the epoch. */
  now: number;
  /** Whose cards these are, such as `devcard.example`. */
  host: string;
  /** The host of another deployment that the code names, whose keys are not known here. */
  strangersHost: string | null;
  /** When the kept keys were fetched (seconds since the epoch); null when there are none. */
  keysFetchedAt: number | null;
  /** Whether the issuer was asked for its keys just now. */
  keysAreCurrent: boolean;
  /** Whether the code is the address of a profile, as ordinary codes are. */
  isProfile: boolean;
  /** Whether the code is of a layout that came after this scanner. */
  isNewer: boolean;
  /** What is known to be wrong with the clock of this device. */
  clockError: 'behind' | 'ahead' | null;
  /** Whether the kept list of revocations would name it. */
  isListed: boolean;
}

/** Says what a verdict means to somebody who looks at a card. */
export function wording(
  verdict: Verdict,
  {
    now,
    host,
    keysFetchedAt,
    keysAreCurrent,
    isProfile,
    isNewer,
    clockError,
    isListed,
    strangersHost,
  }: Circumstances,
): Wording {
  const look = lookOf(verdict, isNewer);
  const icon = ICONS[look];
  if (isNewer) {
    return {
      look,
      icon,
      title: 'Update this scanner',
      details: [
        `This code of ${host} is newer than this scanner. Open the scanner once with a network, then scan it again.`,
      ],
    };
  }
  if (strangersHost !== null) {
    return {
      look: 'unknown-key',
      icon: ICONS['unknown-key'],
      title: 'A card of another issuer',
      details: [
        `The keys of ${strangersHost} are not known here. Fetch them only if you trust ${strangersHost} to say who is who: this scanner then keeps them, and shows its cards offline too.`,
      ],
    };
  }
  switch (verdict.outcome) {
    case 'fresh': {
      const { issuedAt, expiresAt, epoch } = verdict;
      const details = [`Signed by ${host} ${distance(issuedAt, now)}, valid until ${clock(expiresAt, now)}.`];
      if (epoch !== null)
        details.push(
          isListed && keysFetchedAt !== null
            ? `It is an offline pass, which was not revoked as of ${clock(keysFetchedAt, now)}.`
            : 'It is an offline pass: only a look online could tell whether its owner has revoked it.',
        );
      return { look, icon, title: 'Authentic', details };
    }
    case 'expired':
      return {
        look,
        icon,
        title: 'Authentic, but expired',
        details: [
          `As of ${clock(verdict.issuedAt, now)}, ${distance(verdict.issuedAt, now)}.`,
          clockError === null
            ? `${host} signed it. The card may have changed since, and an old code can be shown by anybody who has seen it.`
            : `${host} signed it, and it may well be fresh. ${clockSentence(clockError, now, host)}`,
        ],
      };
    case 'revoked':
      return {
        look,
        icon,
        title: 'Revoked',
        details: [`${host} signed it, but its owner has revoked it since. Do not trust it.`],
      };
    case 'early':
      return {
        look,
        icon,
        title: 'Authentic, but the clock here is wrong',
        details: [
          `${host} signed it at ${clock(verdict.issuedAt, now)}. ${clockSentence('behind', now, host)}`,
          'Whether the card is still valid can be told when the clock is set right.',
        ],
      };
    case 'incomplete':
      return {
        look,
        icon,
        title: 'Incomplete',
        details: ['The end of this code or link is missing. Copy all of it, or scan the code itself.'],
      };
    case 'unknown-key':
      return {
        look,
        icon,
        title: 'Signed by an unknown key',
        details: keysAreCurrent
          ? [`${host} was asked just now and does not list this key. Do not trust it.`]
          : [
              'The key is not known here yet: it may be newer than the keys on this device, or forged.',
              keysFetchedAt === null
                ? 'No keys were fetched so far.'
                : `The keys here are as of ${clock(keysFetchedAt, now)}, ${distance(keysFetchedAt, now)}.`,
            ],
      };
    case 'not-authentic':
      return {
        look,
        icon,
        title: look === 'unsigned' ? 'Not signed' : 'Not authentic',
        details: [
          look !== 'unsigned'
            ? `${host} did not sign this, or it was changed. Do not trust it.`
            : isProfile
              ? 'This is the ordinary code of a profile, in which nothing is signed. Online, it opens the page.'
              : 'There is no signed card in this code.',
        ],
      };
  }
}

function lookOf(verdict: Verdict, isNewer: boolean): Look {
  if (isNewer || verdict.outcome === 'incomplete') return 'unsigned';
  if (verdict.outcome === 'early') return 'expired';
  if (verdict.outcome === 'revoked') return 'not-authentic';
  return verdict.outcome === 'not-authentic' && verdict.reason === 'no-token' ? 'unsigned' : verdict.outcome;
}

function clockSentence(error: 'behind' | 'ahead', now: number, host: string): string {
  return `The clock of this device says ${clock(now, now)}, which is ${error === 'behind' ? 'behind' : 'ahead of'} that of ${host}.`;
}
