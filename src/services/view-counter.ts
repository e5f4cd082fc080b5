/** Counts views after their answers: gathered in the isolate for a moment, then written to the log as one entry. */
import { base64url } from 'jose';
import { type BreakerPolicy, CircuitBreaker } from '../cache/circuit-breaker.ts';
import { dayOf, type Shown, type View, type Visit, viewOf } from '../domain/views/view.ts';
import { encodeEntry } from '../domain/views/view-log.ts';
import type { InBackground, Log } from '../ports.ts';
import type { Settings } from '../settings.ts';
import type { ViewLog } from '../view-ports.ts';

interface Deps {
  log: Log;
  viewLog: Pick<ViewLog, 'append' | 'dayKey'>;
  /** Told how long the log is after an append. */
  keepUp: (length: number) => Promise<void>;
  /** The owner that a session token identifies. */
  ownerOf: (token: string) => Promise<{ id: string } | undefined>;
  inBackground: InBackground;
  now: () => number;
  settings: Settings;
  upstashPolicy: BreakerPolicy;
}

/** A view that is not written yet, with the session token of its request, if there was one. */
interface Waiting {
  shown: Shown;
  visit: Visit;
  token: string | undefined;
}

/** Most views in one entry of the log, so that a reader of many entries knows what to expect. */
const MAX_ENTRY_VIEWS = 100;
/** Bytes of a visitor's hash that are kept: two of a billion visitors a day meet with a chance of 1 in 9,000. */
const VISITOR_BYTES = 9;

export class ViewCounter {
  readonly #deps: Deps;
  readonly #breaker: CircuitBreaker;
  #waiting: Waiting[] = [];
  /** When the batch that is being gathered should have been written; 0 when none is. */
  #due = 0;
  #dayKey: { day: string; key: CryptoKey } | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker(deps.upstashPolicy, { opened: 'views.skipped' });
  }

  /** Records a view in memory: no I/O, no waiting. A failure goes to the log only. */
  count(shown: Shown, visit: Omit<Visit, 'at'>, token: string | undefined): void {
    const { settings, now, inBackground } = this.#deps;
    this.#waiting.push({ shown, visit: { ...visit, at: now() }, token });
    if (this.#waiting.length >= MAX_ENTRY_VIEWS) {
      inBackground(this.#write(this.#take()));
    } else if (now() >= this.#due) {
      // Again once it is overdue: the request that was to write may have been cut off.
      this.#due = now() + 2 * settings.VIEW_BATCH_MS;
      inBackground(this.#writeLater());
    }
  }

  async #writeLater(): Promise<void> {
    await new Promise((resume) => setTimeout(resume, this.#deps.settings.VIEW_BATCH_MS));
    this.#due = 0;
    await this.#write(this.#take());
  }

  #take(): Waiting[] {
    return this.#waiting.splice(0);
  }

  async #write(waiting: Waiting[]): Promise<void> {
    if (waiting.length === 0) return;
    try {
      await this.#breaker.run(async () => {
        const views = await this.#viewsOf(waiting);
        if (views.length === 0) return;
        // Never twice: an attempt that took too long may have arrived.
        const length = await this.#deps.viewLog.append(encodeEntry(views));
        this.#deps.inBackground(this.#deps.keepUp(length).catch(() => undefined));
      });
    } catch {
      this.#deps.log('views.lost', { views: waiting.length });
    }
  }

  async #viewsOf(waiting: readonly Waiting[]): Promise<View[]> {
    const counted: Waiting[] = [];
    const keys = new Map<string, CryptoKey>();
    for (const one of waiting) {
      // Owners' looks at their own cards are not counted.
      if (one.token && (await this.#deps.ownerOf(one.token))?.id === one.shown.ownerId) continue;
      const day = dayOf(one.visit.at);
      if (!keys.has(day)) keys.set(day, await this.#keyOf(day));
      counted.push(one);
    }
    // All hashes at once: one after the other, the turns of the event loop between them cost twice what they do.
    return Promise.all(
      counted.map(async ({ shown, visit }) =>
        viewOf(shown, visit, await visitorOf(keys.get(dayOf(visit.at)) as CryptoKey, shown, visit)),
      ),
    );
  }

  /** The day's random key, asked for once a day and isolate; kept only when it is there, because its request may be cut off. */
  async #keyOf(day: string): Promise<CryptoKey> {
    if (this.#dayKey?.day === day) return this.#dayKey.key;
    const bytes = await this.#deps.viewLog.dayKey(day);
    const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
    ]);
    this.#dayKey = { day, key };
    return key;
  }
}

async function visitorOf(key: CryptoKey, { ownerId }: Shown, { address, userAgent }: Visit): Promise<string> {
  // The owner is part of the hash, so that a visitor cannot be followed from card to card.
  const text = new TextEncoder().encode(`${ownerId}\n${address}\n${userAgent}`);
  const hash = await crypto.subtle.sign('HMAC', key, text);
  return base64url.encode(new Uint8Array(hash, 0, VISITOR_BYTES));
}
