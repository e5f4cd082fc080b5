/**
 * `npm run bench -- --growth`: the same requests where Postgres holds a thousand, a hundred thousand and a million
 * profiles: what their statements read, what a MISS costs the Worker, and what an isolate keeps.
 */
import pg from 'pg';
import { walk } from '../api/walk.ts';
import { Complaint } from '../dev/complaint.ts';
import { findRedisServer } from '../dev/engines/redis.ts';
import { startIdentityProvider } from '../dev/identity-provider.ts';
import { makeKeys } from '../dev/keys.ts';
import { migrate } from '../dev/migrate.ts';
import { type Stack, startStack, type WorkerVariables, workerVariables } from '../dev/stack.ts';
import { tokenFor } from '../dev/token.ts';
import { cacheKeys } from '../src/cache/cache-keys.ts';
import { encodeEntry } from '../src/domain/views/view-log.ts';
import { type Bundle, bundleWorker } from './bundle.ts';
import { startPostgres } from './engines.ts';
import { grow, grownName, makePopular } from './growth-data.ts';
import { type Observed, startProbe } from './growth-probe.ts';
import { progressBar } from './growth-progress.ts';
import { count, judgeMisses, judgeStatements, missTable, statementTable } from './growth-report.ts';
import { CONNECTIONS, HEADERS, SETTLE_MS } from './measure.ts';
import { cpuMicroseconds, residentMiB, type Server } from './processes.ts';
import type { Verdict } from './report.ts';
import { startWorkerd } from './workerd.ts';

const SIZES = [1_000, 100_000, 1_000_000];
/** The development identity provider stands in for the real ones at such an origin only. */
const ORIGIN = 'http://localhost:8787';
/** Names on a page of the site's map, at every size alike. */
const MAP_PAGE = 20;
/** People whose views one roll-up sums. */
const VIEWED = 500;
const ROUNDS = 7;
/** Names that a round walks, each a MISS. */
const MISSES = 1_000;
/** Names that one isolate answers for, of which it keeps 1,000; and how many lie between two looks at its memory. */
const WALKED_NAMES = 50_000;
const LOOK_NAMES = 5_000;

/** What an isolate may hold after all of them, over what it held after half of them. */
const MAX_MEMORY_RATIO = 1.2;

/** A database of a size, with all that asks it. */
interface Grown {
  size: number;
  stack: Stack;
  pool: pg.Pool;
  variables: WorkerVariables;
}

export async function growth(parts: AsyncDisposableStack): Promise<Verdict[]> {
  const bundle = await bundleWorker(parts);
  const databaseUrl = process.env.DATABASE_URL ?? (await startPostgres(parts));
  if (!databaseUrl)
    throw new Complaint(
      'A million profiles need PostgreSQL: install its server, or name one in DATABASE_URL.',
    );
  const identityProvider = await startIdentityProvider();
  parts.defer(() => identityProvider.close());
  const all: Grown[] = [];
  for (const size of SIZES) all.push(await openGrown(parts, databaseUrl, size, identityProvider.url));

  const observed: Observed[][] = [];
  for (const grown of all) observed.push(await observeWalk(bundle, grown));
  console.log(`\n${statementTable(SIZES, observed)}\n`);
  const misses = await measureMisses(parts, bundle, all);
  console.log(`${missTable(SIZES, misses)}\n`);
  return [
    ...judgeStatements(SIZES, observed),
    judgeMisses(SIZES, misses),
    await judgeMemory(parts, bundle, all.at(-1) as Grown),
  ];
}

/** Makes a database with so many profiles, dropped at the end. */
async function openGrown(
  parts: AsyncDisposableStack,
  databaseUrl: string,
  size: number,
  issuer: string,
): Promise<Grown> {
  const admin = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  admin.on('error', () => {});
  parts.defer(() => admin.end());
  const name = `devcard_growth_${process.pid}_${size}`;
  await admin.query(`CREATE DATABASE ${name}`);
  parts.defer(async () => void (await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)));
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  const stack = await startStack({ databaseUrl: url.href, redisServer: findRedisServer() });
  parts.defer(() => stack.close());
  // Without the time limits of the stack's.
  const pool = new pg.Pool({ connectionString: url.href, options: '-c timezone=UTC' });
  pool.on('error', () => {});
  parts.defer(() => pool.end());
  const variables = {
    ...workerVariables(stack, ORIGIN, await makeKeys(0)),
    OAUTH_DEV_ISSUER: issuer,
    RATE_LIMITS: 'off',
  };
  await migrate(variables);
  const bar = progressBar(`Adding ${count(size)} profiles`, size);
  await grow(pool, size, bar);
  await pool.query('VACUUM ANALYZE');
  return { size, stack, pool, variables };
}

/** Asks everything once as an owner from the middle whom many look at. @returns each statement that came */
async function observeWalk(bundle: Bundle, { size, stack, pool, variables }: Grown): Promise<Observed[]> {
  await using parts = new AsyncDisposableStack();
  const username = grownName(size / 2);
  const { rows } = await pool.query<{ userId: string; cardId: string; linkIds: string[] }>(
    `SELECT user_id AS "userId", (SELECT id FROM cards c WHERE c.user_id = n.user_id) AS "cardId",
      ARRAY(SELECT id FROM platform_links l WHERE l.user_id = n.user_id ORDER BY display_order) AS "linkIds"
    FROM usernames n WHERE key = $1`,
    [username],
  );
  const [{ userId, ...walker }] = rows as [(typeof rows)[number]];
  await makePopular(pool, userId, walker.cardId);
  const viewed = await pool.query<{ id: string }>('SELECT id FROM users ORDER BY id LIMIT $1', [VIEWED]);
  await stack.redis.call(['RPUSH', cacheKeys.viewLog, encodeEntry(viewed.rows.map(({ id }) => viewOf(id)))]);

  const probe = await startProbe(pool, stack.neonUrl);
  parts.defer(() => probe.close());
  const server = await startWorkerd(parts, bundle, { ...variables, NEON_FETCH_ENDPOINT: `${probe.url}/sql` });
  await walk(
    (url, init) => fetch(new URL(url, server.url), { ...init, headers: { ...HEADERS, ...init.headers } }),
    {
      ...walker,
      username,
      token: await tokenFor(username, variables),
      sitemapPage: `1-of-${size / MAP_PAGE}`,
    },
    probe.begin,
  );
  return [...probe.observed.values()];
}

const viewOf = (ownerId: string) => ({
  ownerId,
  hour: Math.floor(Date.now() / 3_600_000),
  kind: 'profile' as const,
  cardId: null,
  source: 'link' as const,
  country: 'DE',
  device: 'phone' as const,
  visitor: ownerId,
});

/** Processor time of a MISS in µs: a list for each size, in the order of the rounds. */
async function measureMisses(parts: AsyncDisposableStack, bundle: Bundle, all: Grown[]): Promise<number[][]> {
  const servers: Server[] = [];
  // What an isolate keeps would answer again at the size that has no more names than a round.
  for (const { variables } of all)
    servers.push(await startWorkerd(parts, bundle, { ...variables, ISOLATE_TTL_MS: '0' }));
  const samples: number[][] = all.map(() => []);
  const bar = progressBar(`Measuring ${count(MISSES)} MISSes at each size`, ROUNDS);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, { size, stack }] of all.entries()) {
      const { pid, url } = servers[i] as Server;
      await stack.redis.call(['FLUSHDB']);
      const stride = size / MISSES;
      const numbers = Array.from({ length: MISSES }, (_, n) => Math.floor(n * stride) + 1);
      const before = { cpu: cpuMicroseconds(pid), ...stack.requests() };
      await readNames(url, numbers);
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      const read = stack.requests().neon - before.neon;
      if (read < MISSES) throw new Error(`${read} of ${MISSES} requests reached Postgres.`);
      // The first round warms up.
      if (round > 0) samples[i]?.push((cpuMicroseconds(pid) - before.cpu) / MISSES);
    }
    bar(round);
  }
  return samples;
}

/** Asks for profiles over several connections at once. */
async function readNames(url: string, numbers: Iterable<number>): Promise<void> {
  const queue = Iterator.from(numbers);
  const reader = async () => {
    for (const number of queue) {
      const response = await fetch(`${url}/api/public/${grownName(number)}`, { headers: HEADERS });
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, reader));
}

/** Whether an isolate stops growing: what its process holds at the end and after half of the names. */
async function judgeMemory(
  parts: AsyncDisposableStack,
  bundle: Bundle,
  { variables }: Grown,
): Promise<Verdict> {
  const { pid, url } = await startWorkerd(parts, bundle, { ...variables });
  const bar = progressBar(`Reading ${count(WALKED_NAMES)} names in one isolate`, WALKED_NAMES);
  const memory: number[] = [];
  for (let from = 1; from <= WALKED_NAMES; from += LOOK_NAMES) {
    await readNames(
      url,
      Array.from({ length: LOOK_NAMES }, (_, i) => from + i),
    );
    memory.push(residentMiB(pid));
    bar(from + LOOK_NAMES - 1);
  }
  console.log(`\nMiB of its process after every ${count(LOOK_NAMES)} names: ${memory.join(', ')}\n`);
  const half = memory[memory.length / 2 - 1] as number;
  const end = memory.at(-1) as number;
  return {
    cleared: end <= half * MAX_MEMORY_RATIO,
    text: `An isolate holds ${(end / half).toFixed(2)} × the memory after twice the names, bar ≤ ${MAX_MEMORY_RATIO}`,
  };
}
