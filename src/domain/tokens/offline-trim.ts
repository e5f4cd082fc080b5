/** What a profile gives up, and in which order, to fit into an offline code (docs/offline-qr.md, section 5). */

import type { PublicProfile } from '../profile.ts';
import { carrierLink, type Snapshot } from './offline-claims.ts';

const BIO_GRAPHEMES = [200, 120, 80, 40, 0];
/** Bytes as JSON in UTF-8, without the quotes, because a single grapheme may be a letter under a hundred combining marks. */
const SHORT_NAMES = { graphemes: 32, bytes: 64 };
const SHORTEST_NAMES = { graphemes: 16, bytes: 32 };
/** As JSON in UTF-8: room for a handle and an ordinary address. */
const LINK_BYTES = 96;
const ELLIPSIS = '…';

/**
 * The largest snapshot that `pack` accepts, as `pack` returns it; undefined where it refuses them all. Few tries: the
 * whole profile first, which mostly fits, then by bisection, because every step makes the snapshot smaller.
 */
export async function trimToFit<Fit>(
  profile: PublicProfile,
  pack: (snapshot: Snapshot) => Promise<Fit | undefined>,
): Promise<Fit | undefined> {
  let best = await pack(profile);
  if (best !== undefined) return best;
  const steps = trimSteps(profile);
  for (let low = 0, high = steps.length; low < high; ) {
    const middle = (low + high) >> 1;
    const found = await pack(steps[middle]!);
    if (found === undefined) low = middle + 1;
    else {
      best = found;
      high = middle;
    }
  }
  return best;
}

/** Ever smaller snapshots: without the avatar, shorter bios, short names, no long links, fewer links from the tail, shorter names. */
export function trimSteps(profile: PublicProfile): Snapshot[] {
  const steps: Snapshot[] = [];
  let last: Snapshot = profile;
  const step = (change: Partial<Snapshot>) => {
    last = { ...last, ...change };
    steps.push(last);
  };
  step({ avatarUrl: null });
  for (const count of BIO_GRAPHEMES) step({ bio: shorten(profile.bio, count) });
  step(shortNames(profile, SHORT_NAMES));
  step({ links: last.links.filter((link) => jsonBytes(carrierLink(link, profile.username)) <= LINK_BYTES) });
  while (last.links.length > 0) step({ links: last.links.slice(0, -1) });
  step(shortNames(profile, SHORTEST_NAMES));
  return steps;
}

function shortNames(
  { displayName, pronouns, role, company }: Snapshot,
  { graphemes, bytes }: typeof SHORT_NAMES,
): Partial<Snapshot> {
  return {
    displayName: shorten(displayName, graphemes, bytes) ?? '',
    pronouns: shorten(pronouns, graphemes, bytes),
    role: shorten(role, graphemes, bytes),
    company: shorten(company, graphemes, bytes),
  };
}

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** At most so many graphemes and bytes of a text, and then an ellipsis; the text itself where it is short enough. */
function shorten(text: string | null, graphemes: number, bytes = Number.POSITIVE_INFINITY): string | null {
  if (text === null || graphemes === 0) return null;
  let count = 0;
  let size = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    count += 1;
    size += jsonBytes(segment) - QUOTES;
    if (count > graphemes || size > bytes) return `${text.slice(0, index).trimEnd()}${ELLIPSIS}`;
  }
  return text;
}

const QUOTES = 2;
const utf8 = new TextEncoder();

function jsonBytes(value: unknown): number {
  return utf8.encode(JSON.stringify(value)).length;
}
