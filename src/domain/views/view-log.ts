/** The log of views between isolate and database: how a batch is written into one entry, and read and summed again. */
import { DEVICES, dayOfHour, SOURCES, timeOfHour, VIEW_KINDS, type View } from './view.ts';

/** Views of one owner, day, kind, card and source. */
interface ViewCount {
  owner: string;
  day: string;
  kind: string;
  card: string | null;
  source: string;
  views: number;
  /** ISO 8601, the full hour of the last of them. */
  latest: string;
}

/** Views of one owner and day from one country, or on one kind of device. */
interface FacetCount {
  owner: string;
  day: string;
  facet: 'country' | 'device';
  value: string;
  views: number;
}

/** Visitors of one owner on one day who had not been there on that day before. */
interface VisitorCount {
  owner: string;
  day: string;
  visitors: number;
}

/** What a stretch of the log comes to. */
export interface Tally {
  counts: ViewCount[];
  facets: FacetCount[];
  visitors: VisitorCount[];
}

/** One kind of view and how often it happened. */
interface Counted {
  view: View;
  views: number;
}

/** Hours since the epoch beyond which a date would have no text. */
const HOUR_LIMIT = 10_000_000;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Writes views into one entry: JSON, equal ones summed. */
export function encodeEntry(views: readonly View[]): string {
  const sums = new Map<string, Counted>();
  for (const view of views) bump(sums, JSON.stringify(toFields(view)), () => ({ view, views: 0 }));
  return JSON.stringify(Array.from(sums.values(), ({ view, views }) => [...toFields(view), views]));
}

/** Reads an entry; what is not a view of ours is passed over, because one bad entry must not stop the rest. */
export function decodeEntry(entry: string): Counted[] {
  try {
    return (JSON.parse(entry) as unknown[]).flatMap(toCounted);
  } catch {
    return [];
  }
}

/** The visitors of each day. */
export function visitorsByDay(counted: readonly Counted[]): Map<string, Set<string>> {
  const days = new Map<string, Set<string>>();
  for (const { view } of counted) {
    const day = dayOfHour(view.hour);
    const visitors = days.get(day);
    if (visitors) visitors.add(view.visitor);
    else days.set(day, new Set([view.visitor]));
  }
  return days;
}

/** Sums views. @param known visitors of each day who have been counted before */
export function tally(counted: readonly Counted[], known: ReadonlyMap<string, ReadonlySet<string>>): Tally {
  const counts = new Map<string, ViewCount>();
  const facets = new Map<string, FacetCount>();
  const visitors = new Map<string, VisitorCount>();
  const seen = new Set<string>();
  for (const { view, views } of counted) {
    const { ownerId: owner, kind, cardId: card, source, country, device, visitor } = view;
    const day = dayOfHour(view.hour);
    const latest = timeOfHour(view.hour);
    const count = bump(
      counts,
      [owner, day, kind, card, source].join(),
      () => ({ owner, day, kind, card, source, views: 0, latest }),
      views,
    );
    if (latest > count.latest) count.latest = latest;
    for (const [facet, value] of [
      ['country', country],
      ['device', device],
    ] as const) {
      bump(facets, [owner, day, facet, value].join(), () => ({ owner, day, facet, value, views: 0 }), views);
    }
    if (known.get(day)?.has(visitor) || seen.has(day + visitor)) continue;
    seen.add(day + visitor);
    const key = owner + day;
    const one = visitors.get(key) ?? { owner, day, visitors: 0 };
    one.visitors += 1;
    visitors.set(key, one);
  }
  return { counts: [...counts.values()], facets: [...facets.values()], visitors: [...visitors.values()] };
}

function bump<T extends { views: number }>(sums: Map<string, T>, key: string, start: () => T, by = 1): T {
  const sum = sums.get(key) ?? start();
  sum.views += by;
  sums.set(key, sum);
  return sum;
}

/** The order of an entry's fields; the number of views comes last. */
function toFields({ ownerId, hour, kind, cardId, source, country, device, visitor }: View) {
  return [ownerId, hour, kind, cardId, source, country, device, visitor] as const;
}

function toCounted(row: unknown): Counted[] {
  if (!Array.isArray(row)) return [];
  const [ownerId, hour, kind, cardId, source, country, device, visitor, views] = row;
  const isWhole =
    UUID.test(ownerId) &&
    Number.isSafeInteger(hour) &&
    Math.abs(hour) < HOUR_LIMIT &&
    VIEW_KINDS.includes(kind) &&
    (cardId === null || UUID.test(cardId)) &&
    SOURCES.includes(source) &&
    /^[A-Z][A-Z\d]$/.test(country) &&
    DEVICES.includes(device) &&
    typeof visitor === 'string' &&
    Number.isSafeInteger(views) &&
    views > 0;
  return isWhole ? [{ view: { ownerId, hour, kind, cardId, source, country, device, visitor }, views }] : [];
}
