/** What one request cost its upstreams and what befell it: those who know count it here, and its line of log has the sum. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Log } from './ports.ts';

/** The services that answer over the network. */
export type Upstream = 'upstash' | 'neon';

/** Things that are counted where they happen. */
export type Counter =
  /** Calls that the breaker spared. */
  | 'upstashSkipped'
  /** Changes that all tiers acknowledged, and changes that some will hear of later. */
  | 'invalidated'
  | 'deferred';

interface RoundTrips {
  /** Those that ended. */
  count: number;
  /** Sum of their durations; those side by side count each. */
  ms: number;
}

/** Round trips so far by upstream, and the counters that are not 0. */
export type Trace = Record<Upstream, RoundTrips> & { [C in Counter]?: number };

const current = new AsyncLocalStorage<Trace>();

/** Runs a request so that what is counted meanwhile is in `trace`. */
export function traced<T>(trace: Trace, request: () => T): T {
  return current.run(trace, request);
}

/** Runs work that no client asked for, and logs what it took. */
export async function tracedAlone<T>(log: Log, event: string, work: () => Promise<T>): Promise<T> {
  const trace = newTrace();
  const started = Date.now();
  let ok = false;
  try {
    const result = await traced(trace, work);
    ok = true;
    return result;
  } finally {
    log(event, { ok, ms: Date.now() - started, ...trace });
  }
}

/** A trace with nothing in it. */
export function newTrace(): Trace {
  return { upstash: { count: 0, ms: 0 }, neon: { count: 0, ms: 0 } };
}

/** Counts something for the request under way. What happens after its response is in no line: that has events of its own. */
export function count(counter: Counter): void {
  const trace = current.getStore();
  if (trace) trace[counter] = (trace[counter] ?? 0) + 1;
}

/**
 * Counts a round trip for the request under way; outside a request it only runs. Counted when it ends, so that the
 * line of a request leaves out what goes on after the response.
 */
export async function roundTrip<T>(upstream: Upstream, call: () => Promise<T>): Promise<T> {
  const trips = current.getStore()?.[upstream];
  if (!trips) return call();
  const started = Date.now();
  try {
    return await call();
  } finally {
    trips.count += 1;
    trips.ms += Date.now() - started;
  }
}
