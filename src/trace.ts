/** What one request cost its upstreams: drivers add their round trips, the application logs the sum. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** The services that answer over the network. */
export type Upstream = 'upstash' | 'neon';

interface RoundTrips {
  /** Those that ended. */
  count: number;
  /** Sum of their durations; those side by side count each. */
  ms: number;
}

/** Round trips so far, by upstream. */
export type Trace = Record<Upstream, RoundTrips>;

const current = new AsyncLocalStorage<Trace>();

/** Runs a request so that its round trips are counted in `trace`. */
export function traced<T>(trace: Trace, request: () => T): T {
  return current.run(trace, request);
}

/** A trace with nothing in it. */
export function newTrace(): Trace {
  return { upstash: { count: 0, ms: 0 }, neon: { count: 0, ms: 0 } };
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
