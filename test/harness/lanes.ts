/**
 * The places in which test files run side by side: each lane has engines, wires and a site of its own, so that no file
 * sees another's people, counters or faults. A lane starts when a file first asks for it; this side lives in Vitest's process.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '../../dev/stack.ts';
import type { TestBindings } from './bindings.ts';

/** How many test files use lanes at the same time. */
export const LANES = 2;

const ORIGIN = 'https://devcard.example';

/** Asks the server of lanes at `url`; see global-setup.ts. @param path such as `bindings/0` */
export async function askLanes<T>(url: string, path: string): Promise<T> {
  const response = await fetch(`${url}/${path}`);
  const { value, error } = (await response.json()) as { value: T; error?: string };
  if (error !== undefined) throw new Error(error);
  return value;
}

/** A site that runs for all browser tests of a lane. */
export interface ServedSite {
  /** Such as `http://localhost:40123`. */
  origin: string;
}

/** One lane; each part starts when it is first asked for. */
export class Lane {
  readonly #number: number;
  readonly #parts = new AsyncDisposableStack();
  #bindings: Promise<TestBindings> | undefined;
  #site: Promise<ServedSite> | undefined;

  /** @param number from 0 */
  constructor(number: number) {
    this.#number = number;
  }

  /** The variables of a Worker on this lane. */
  bindings(): Promise<TestBindings> {
    this.#bindings ??= this.#start();
    return this.#bindings;
  }

  /** The Worker under wrangler on this lane. */
  site(): Promise<ServedSite> {
    this.#site ??= this.#serve();
    return this.#site;
  }

  /** Stops what has started. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#bindings, this.#site]);
    await this.#parts.disposeAsync();
  }

  async #start(): Promise<TestBindings> {
    // Loaded here, so that tests which need no engines do not wait for them.
    const [
      { startIdentityProvider },
      { makeKeys },
      { migrate },
      { seed },
      stacks,
      { Wire },
      { serveControls },
    ] = await Promise.all([
      import('../../dev/identity-provider.ts'),
      import('../../dev/keys.ts'),
      import('../../dev/migrate.ts'),
      import('../../dev/seed.ts'),
      import('../../dev/stack.ts'),
      import('./wire.ts'),
      import('./wire-server.ts'),
    ]);
    const { DATABASE_URL, REDIS_URL } = process.env;
    const redisUrl = REDIS_URL && redisDatabase(REDIS_URL, this.#number);
    const stack = await stacks.startStack({ databaseUrl: DATABASE_URL, scratch: true, redisUrl });
    this.#parts.defer(() => stack.close());
    await requireEmpty(stack);
    this.#parts.defer(async () => {
      await stack.redis.call(['FLUSHDB']);
    });
    const wires = {
      neon: new Wire('neon', stack.neonUrl),
      upstash: new Wire('upstash', stack.upstashUrl),
    };
    const direct = stacks.workerVariables(stack, ORIGIN, await makeKeys(0));
    const doors = await Promise.all([
      wires.neon.listen(),
      wires.upstash.listen(),
      serveControls({ ...wires, stack: { seed: () => inTurn(() => seed(direct)) } }),
      startIdentityProvider(),
    ]);
    for (const door of doors) this.#parts.defer(() => door.close());
    for (const wire of Object.values(wires)) this.#parts.defer(() => wire.clear());
    const [neon, upstash, controls, identityProvider] = doors;
    await inTurn(() => migrate(direct));
    console.log(`Engines: ${stack.postgres.name}, ${stack.redis.name}`);
    return {
      ...direct,
      // Tests that count views need not wait for a batch to fill.
      VIEW_BATCH_MS: '50',
      SECURITY_CONTACT: 'mailto:security@devcard.example',
      // A busy machine is no outage; tests of what is slow have limits of their own.
      UPSTASH_TIMEOUT_MS: '10000',
      NEON_TIMEOUT_MS: '20000',
      VIEW_READ_TIMEOUT_MS: '20000',
      NEON_FETCH_ENDPOINT: `${neon.url}/sql`,
      UPSTASH_REDIS_REST_URL: upstash.url,
      TEST_NEON_ENDPOINT: direct.NEON_FETCH_ENDPOINT,
      TEST_UPSTASH_URL: direct.UPSTASH_REDIS_REST_URL,
      TEST_IDENTITY_PROVIDER: identityProvider.url,
      TEST_CONTROL_URL: controls.url,
    };
  }

  async #serve(): Promise<ServedSite> {
    const bindings = await this.bindings();
    const { startSiteWorker } = await import('./site-worker.ts');
    const dir = await mkdtemp(join(tmpdir(), 'devcard-site-'));
    this.#parts.defer(() => rm(dir, { recursive: true, force: true }));
    // Files write people past the Worker, under names that the file before has used.
    const { origin, worker } = await startSiteWorker(bindings, dir, { ISOLATE_TTL_MS: '0' });
    this.#parts.defer(() => worker.close());
    return { origin };
  }
}

/** Neon's driver knows one endpoint a process: what speaks through it takes turns. */
let lastTurn: Promise<unknown> = Promise.resolve();

function inTurn(work: () => Promise<void>): Promise<void> {
  const turn = lastTurn.then(work);
  lastTurn = turn.catch(() => undefined);
  return turn;
}

/** The database of a lane: the one that the URL names, and those that follow it. */
function redisDatabase(url: string, lane: number): string {
  const named = new URL(url);
  named.pathname = `/${Number(named.pathname.slice(1)) + lane}`;
  return named.href;
}

/** Tests empty the Redis database that they work in: never one with somebody's data. */
async function requireEmpty({ redis }: Stack): Promise<void> {
  const size = await redis.call(['DBSIZE']);
  if (size !== 0)
    throw new Error(
      `REDIS_URL names a database with ${size} keys, or the one after it has some; tests need ${LANES} empty ones: add a number, such as /8, to the URL.`,
    );
}
