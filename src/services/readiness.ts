/** Whether the upstreams answer. */
import type { Flights } from '../cache/flights.ts';
import type { Pings } from '../ports.ts';

/** Everybody may ask: an isolate asks the upstreams once in this time, and never twice at once. */
const KEPT_MS = 1_000;

interface UpstreamState {
  status: 'ok' | 'failing';
  latencyMs: number;
}

/** The body of `/readyz`. */
export interface ReadinessReport {
  /** `degraded`: Upstash fails and Postgres answers everything; `unavailable`: Postgres fails, only copies are served. */
  status: 'ok' | 'degraded' | 'unavailable';
  neon: UpstreamState;
  upstash: UpstreamState;
}

interface ReadinessParts {
  pings: Pings;
  flights: Flights<ReadinessReport>;
  now: () => number;
}

export class Readiness {
  readonly #parts: ReadinessParts;
  #last: { report: ReadinessReport; at: number } | undefined;

  constructor(parts: ReadinessParts) {
    this.#parts = parts;
  }

  /** Asks both upstreams at once, each within its time limit. Never rejects. */
  async check(): Promise<ReadinessReport> {
    const { flights, now } = this.#parts;
    if (this.#last && now() - this.#last.at < KEPT_MS) return this.#last.report;
    return flights.join('readiness', () => this.#askBoth());
  }

  async #askBoth(): Promise<ReadinessReport> {
    const { pings, now } = this.#parts;
    const [neon, upstash] = await Promise.all([this.#ask(pings.neon), this.#ask(pings.upstash)]);
    const report: ReadinessReport = { status: overall(neon, upstash), neon, upstash };
    this.#last = { report, at: now() };
    return report;
  }

  async #ask(ping: () => Promise<void>): Promise<UpstreamState> {
    const { now } = this.#parts;
    const started = now();
    const status = await ping().then(
      () => 'ok' as const,
      () => 'failing' as const,
    );
    return { status, latencyMs: now() - started };
  }
}

function overall(neon: UpstreamState, upstash: UpstreamState): ReadinessReport['status'] {
  if (neon.status === 'failing') return 'unavailable';
  return upstash.status === 'failing' ? 'degraded' : 'ok';
}
