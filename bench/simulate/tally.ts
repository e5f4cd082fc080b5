/** What a simulation counts: who answered, how long it took, and how old it was. */

import type { CachedRecord } from '../../src/domain/cached-record.ts';
import type { Invalidation } from '../../src/domain/written.ts';
import type { RegionId } from './network.ts';

export type Tier = CachedRecord['tier'] | 'edge';

/** The product's tiers that a simulation can see: nothing fails in it, so that no outage copy is used. */
export const TIERS = ['isolate', 'upstash', 'postgres'] as const satisfies readonly Tier[];
/** With the one that the product does without, `edge`. */
export const ALL_TIERS = [...TIERS, 'edge'] as const satisfies readonly Tier[];

/** A change that a reader may have missed. */
export interface Edit {
  outcome: Invalidation;
  /** Milliseconds from the acknowledgement to the start of the last request that was answered with less; 0 if none was. */
  staleMs: number;
}

export interface Answer {
  region: RegionId;
  name: string;
  version: number;
  tier: Tier;
  /** When it came to the Worker. */
  startedAt: number;
  /** What the visitor waited for. */
  latencyMs: number;
  /** Milliseconds since the simulation began. */
  elapsedMs: number;
}

/** The time of a simulation is shown in so many slots. */
const SLOTS = 96;

const noAnswers = (): Record<Tier, number> => ({ isolate: 0, edge: 0, upstash: 0, postgres: 0, outage: 0 });

export class Tally {
  readonly #warmUpMs: number;
  readonly #slotMs: number;
  /** Counted views, those of the warm-up left out. */
  requests = 0;
  refused = 0;
  stale = 0;
  readonly tiers = noAnswers();
  readonly #latencies = new Map<string, number[]>();
  /** The tiers' counts by slots of time. */
  readonly slots = Array.from({ length: SLOTS }, noAnswers);
  readonly edits: Edit[] = [];
  readonly #acknowledged = new Map<string, { version: number; at: number; edit: Edit }[]>();

  constructor({ warmUpMs, endMs }: { warmUpMs: number; endMs: number }) {
    this.#warmUpMs = warmUpMs;
    this.#slotMs = (endMs - warmUpMs) / SLOTS;
  }

  /** What the visitors of a region waited for, of all answers or of one tier's, ms. */
  latencies(region: RegionId, tiers: readonly Tier[] = TIERS): number[] {
    return tiers.flatMap((tier) => this.#latencies.get(`${region} ${tier}`) ?? []);
  }

  /** A view that arrived. @returns whether it counts */
  arrived(elapsedMs: number): boolean {
    const counts = elapsedMs >= this.#warmUpMs;
    if (counts) this.requests += 1;
    return counts;
  }

  answered({ region, name, version, tier, startedAt, latencyMs, elapsedMs }: Answer): void {
    this.tiers[tier] += 1;
    const place = `${region} ${tier}`;
    const latencies = this.#latencies.get(place);
    if (latencies) latencies.push(latencyMs);
    else this.#latencies.set(place, [latencyMs]);
    this.slots[Math.floor((elapsedMs - this.#warmUpMs) / this.#slotMs)]![tier] += 1;
    const missed = this.#acknowledged.get(name)?.find((one) => one.version > version && one.at <= startedAt);
    if (!missed) return;
    this.stale += 1;
    missed.edit.staleMs = Math.max(missed.edit.staleMs, startedAt - missed.at);
  }

  acknowledged(name: string, version: number, at: number, outcome: Invalidation): void {
    const edit = { outcome, staleMs: 0 };
    this.edits.push(edit);
    const earlier = this.#acknowledged.get(name) ?? [];
    this.#acknowledged.set(name, [...earlier, { version, at, edit }]);
  }
}

/** The value below which the given share of all values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
