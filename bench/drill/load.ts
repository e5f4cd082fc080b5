/** Readers and owners who keep asking while things break, and what they find wrong. */
import { createHash } from 'node:crypto';
import type { WorkerVariables } from '../../dev/stack.ts';
import { parseKeyRing } from '../../src/domain/tokens/key-ring.ts';
import { signOwnerSession } from '../../src/domain/tokens/owner-session.ts';

/** Nobody changes these; every tier has a copy. */
export const READ_NAMES = 'read';
/** Their owners change them all the time. */
export const WRITTEN_NAMES = 'written';

/** What one fault came to. */
export interface Tally {
  requests: number;
  /** Answers 5xx (or none at all) to readers of profiles that nobody changed: these have copies. */
  failedReads: number;
  /** The same to owners, and to readers of what owners were changing. */
  otherFailures: number;
  /** Answers 5xx that are no 503 with Retry-After, or none at all: those say that we are at fault. */
  internal: number;
  /** Answers older than a change that had been acknowledged before they were asked for. */
  stale: number;
  slowestMs: number;
}

/** A change that was acknowledged: number `n` of its owner. */
interface Acknowledged {
  n: number;
  at: number;
  /** Whether all caches had heard of it: `X-Cache-Invalidation: done`. */
  isEverywhere: boolean;
}

interface Owner {
  name: string;
  token: string;
  sent: number;
  acknowledged: Acknowledged[];
}

interface Options {
  /** The isolates: owners write to the first, readers ask all of them. */
  urls: string[];
  variables: WorkerVariables;
  /** After this another isolate must have heard of a change that is everywhere. */
  boundMs: number;
  names: { read: string[]; written: string[] };
}

const REQUEST_LIMIT_MS = 30_000;
const PAUSE_MS = 40;
const WRITE_PAUSE_MS = 150;

const noTally = (): Tally => ({
  requests: 0,
  failedReads: 0,
  otherFailures: 0,
  internal: 0,
  stale: 0,
  slowestMs: 0,
});

export class Load {
  readonly #options: Options;
  readonly #owners: Owner[];
  #tally = noTally();
  #isOn = true;
  readonly #running: Promise<void>[];

  private constructor(options: Options, owners: Owner[]) {
    this.#options = options;
    this.#owners = owners;
    const { urls, names } = options;
    this.#running = [
      ...owners.map((owner) => this.#repeat(WRITE_PAUSE_MS, () => this.#write(owner))),
      ...urls.flatMap((url, i) => [
        this.#inTurn(names.read, (name) => this.#read(url, name)),
        this.#inTurn(owners, (owner) => this.#readWritten(url, owner, i === 0)),
        this.#inTurn(owners, (owner) => this.#readWritten(url, owner, i === 0)),
      ]),
    ];
  }

  /** Starts asking. */
  static async start(options: Options): Promise<Load> {
    const owners = await Promise.all(
      options.names.written.map(async (name) => ({
        name,
        token: await tokenOf(name, options.variables),
        sent: 0,
        acknowledged: [],
      })),
    );
    return new Load(options, owners);
  }

  /** What was found since the last time. */
  take(): Tally {
    const tally = this.#tally;
    this.#tally = noTally();
    return tally;
  }

  /** The last change of each owner that was acknowledged. */
  acknowledged(): Map<string, number> {
    return new Map(this.#owners.map(({ name, acknowledged }) => [name, acknowledged.at(-1)?.n ?? 0]));
  }

  async stop(): Promise<void> {
    this.#isOn = false;
    await Promise.all(this.#running);
  }

  async #repeat(pauseMs: number, turn: () => Promise<void>): Promise<void> {
    while (this.#isOn) {
      await turn();
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  #inTurn<T>(list: readonly T[], ask: (one: T) => Promise<void>): Promise<void> {
    let next = 0;
    return this.#repeat(PAUSE_MS, () => ask(list[next++ % list.length] as T));
  }

  async #read(url: string, name: string): Promise<void> {
    const { failed } = await this.#ask(`${url}/api/public/${name}`);
    if (failed) this.#tally.failedReads += 1;
  }

  async #readWritten(url: string, owner: Owner, isWriter: boolean): Promise<void> {
    const expected = this.#expected(owner, isWriter);
    const { failed, body } = await this.#ask(`${url}/api/public/${owner.name}`);
    if (failed) this.#tally.otherFailures += 1;
    else if (numberIn(body) < expected) this.#tally.stale += 1;
  }

  /** The least number that an answer of now may show: in the isolate that wrote at once, in others after the bound. */
  #expected({ acknowledged }: Owner, isWriter: boolean): number {
    if (isWriter) return acknowledged.at(-1)?.n ?? 0;
    const { boundMs } = this.#options;
    const heard = acknowledged.findLast(({ at, isEverywhere }) => isEverywhere && Date.now() - at > boundMs);
    return heard?.n ?? 0;
  }

  async #write(owner: Owner): Promise<void> {
    owner.sent += 1;
    const n = owner.sent;
    const { failed, status, headers } = await this.#ask(`${this.#options.urls[0]}/api/profiles/me`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${owner.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ bio: `n:${n}` }),
    });
    if (failed) this.#tally.otherFailures += 1;
    if (status !== 200) return;
    owner.acknowledged.push({
      n,
      at: Date.now(),
      isEverywhere: headers?.get('X-Cache-Invalidation') === 'done',
    });
  }

  async #ask(url: string, init?: RequestInit) {
    this.#tally.requests += 1;
    const started = performance.now();
    try {
      const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_LIMIT_MS) });
      const body = await answer.text();
      const { status, headers } = answer;
      const failed = status >= 500;
      if (failed && (status !== 503 || !headers.has('Retry-After'))) this.#tally.internal += 1;
      return { failed, status, headers, body };
    } catch {
      this.#tally.internal += 1;
      return { failed: true, status: 0, headers: undefined, body: '' };
    } finally {
      this.#tally.slowestMs = Math.max(this.#tally.slowestMs, performance.now() - started);
    }
  }
}

/** The number of the change that a profile shows. */
export function numberIn(text: string): number {
  return Number(/n:(\d+)/.exec(text)?.[1] ?? 0);
}

/** A token of somebody whom `addProfiles` made. */
function tokenOf(name: string, { SESSION_KEYS, PUBLIC_ORIGIN }: WorkerVariables): Promise<string> {
  const id = createHash('md5')
    .update(name)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return signOwnerSession(
    { id, epoch: 0 },
    { ring: parseKeyRing(SESSION_KEYS, 'HS256'), origin: PUBLIC_ORIGIN, now: Math.floor(Date.now() / 1000) },
  );
}
