/** Whether the upstreams answer. */
import type { SingleFlight } from '../cache/single-flight.ts';
import type { Pings } from '../ports.ts';

/** The route is public, so an isolate asks the upstreams at most once in this time, and never twice at once. */
const KEPT_MS = 1_000;

/** How long before a certificate expires its operator hears of it. */
const WARNED_BEFORE_MS = 30 * 86_400_000;

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
  /** What needs somebody's hand soon; absent where nothing does. */
  warnings?: string[] | undefined;
}

interface ReadinessDeps {
  pings: Pings;
  /** When passes of Apple Wallet can be signed no more, in milliseconds since the epoch; undefined where none are. */
  passExpiry: () => Promise<number | undefined>;
  singleFlight: SingleFlight<ReadinessReport>;
  now: () => number;
}

export class Readiness {
  readonly #deps: ReadinessDeps;
  #last: { report: ReadinessReport; at: number } | undefined;

  constructor(deps: ReadinessDeps) {
    this.#deps = deps;
  }

  /** Asks both upstreams at once, each within its time limit. Never rejects. */
  async check(): Promise<ReadinessReport> {
    const { singleFlight, now } = this.#deps;
    if (this.#last && now() - this.#last.at < KEPT_MS) return this.#last.report;
    return singleFlight.join('readiness', () => this.#askBoth());
  }

  async #askBoth(): Promise<ReadinessReport> {
    const { pings, now } = this.#deps;
    const [neon, upstash, warnings] = await Promise.all([
      this.#ask(pings.neon),
      this.#ask(pings.upstash),
      this.#warnings(),
    ]);
    const report: ReadinessReport = {
      status: overall(neon, upstash),
      neon,
      upstash,
      ...(warnings.length > 0 && { warnings }),
    };
    this.#last = { report, at: now() };
    return report;
  }

  async #warnings(): Promise<string[]> {
    const { passExpiry, now } = this.#deps;
    const expiry = await passExpiry().catch(() => Number.NaN);
    if (expiry === undefined || expiry - now() > WARNED_BEFORE_MS) return [];
    if (Number.isNaN(expiry)) return ['The certificate of Apple Wallet cannot be read.'];
    const verb = expiry < now() ? 'expired' : 'expires';
    return [`The certificate of Apple Wallet ${verb} on ${new Date(expiry).toISOString().slice(0, 10)}.`];
  }

  async #ask(ping: () => Promise<void>): Promise<UpstreamState> {
    const { now } = this.#deps;
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
