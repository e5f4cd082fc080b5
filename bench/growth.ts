/**
 * `npm run bench -- --growth`: the same requests where Postgres holds a thousand, a hundred thousand and a million
 * profiles: what their statements read, what a MISS costs the Worker, and what an isolate keeps.
 */
import pg from 'pg';
import { walk } from '../api/walk.ts';
import { findRedisServer } from '../dev/engines/redis.ts';
import { startIdentityProvider } from '../dev/identity-provider.ts';
import { makeKeys } from '../dev/keys.ts';
import { migrate } from '../dev/migrate.ts';
import { type Stack, startStack, type WorkerVariables, workerVariables } from '../dev/stack.ts';
import { tokenFor } from '../dev/token.ts';
import { cacheKeys } from '../src/cache/cache-keys.ts';
import { encodeEntry } from '../src/domain/view-log.ts';
import { type Bundle, bundleWorker } from './bundle.ts';
import { startPostgres } from './engines.ts';
import { grow, grownName, makePopular } from './growth-data.ts';
import { fullScans, pagesOf, SMALL_TABLES } from './growth-plans.ts';
import { type Observed, startProbe } from './growth-probe.ts';
import { CONNECTIONS, HEADERS } from './measure.ts';
import { cpuMicroseconds, residentMiB, type Server } from './processes.ts';
import { markdown, median, type Verdict } from './report.ts';
import { startWorkerd } from './workerd.ts';

const SIZES = [1_000, 100_000, 1_000_000];
const QUICK_SIZES = [1_000, 100_000];
/** The development identity provider stands in for the real ones at such an origin only. */
const ORIGIN = 'http://localhost:8787';
/** Names on a page of the site's map: so few that at no size two of them stand on one page of the table. */
const MAP_PAGE = 10;
/** People whose views one roll-up sums. */
const VIEWED = 500;
const ROUNDS = 7;
/** Names that a round walks, each a MISS. */
const MISSES = 1_000;
/** An isolate keeps 1,000 names: both are more. */
const FEW_NAMES = 5_000;
const MANY_NAMES = 50_000;

/** Where a thousand profiles need a tree of two levels, a million need one of three or four. */
const MAX_PAGES_RATIO = 2;
const MAX_CPU_RATIO = 1.2;
const MAX_MEMORY_RATIO = 1.5;
/** Below this a plan that reads a table whole may be the best one. */
const MIN_JUDGED_SIZE = 100_000;

/** A database of a size, with all that asks it. */
interface Grown {
  size: number;
  stack: Stack;
  pool: pg.Pool;
  variables: WorkerVariables;
}

export async function growth(parts: AsyncDisposableStack, quick = false): Promise<Verdict[]> {
  const sizes = quick ? QUICK_SIZES : SIZES;
  const bundle = await bundleWorker(parts);
  const databaseUrl = process.env.DATABASE_URL ?? (await startPostgres(parts));
  const identityProvider = await startIdentityProvider();
  parts.defer(() => identityProvider.close());
  const all: Grown[] = [];
  for (const size of sizes) all.push(await openGrown(parts, databaseUrl, size, identityProvider.url));

  const observed: Observed[][] = [];
  for (const grown of all) observed.push(await observeWalk(bundle, grown));
  console.log(`\n${statementTable(sizes, observed)}\n`);
  const misses = await measureMisses(parts, bundle, all);
  console.log(`${missTable(sizes, misses)}\n`);
  return [
    ...judgeStatements(sizes, observed),
    judgeMisses(sizes, misses),
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
      const read = stack.requests().neon - before.neon;
      // The walker has left.
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

/** Whether an isolate that has answered for many names holds more memory than one that has for few. */
async function judgeMemory(
  parts: AsyncDisposableStack,
  bundle: Bundle,
  { size, variables }: Grown,
): Promise<Verdict> {
  const { pid, url } = await startWorkerd(parts, bundle, { ...variables });
  const [few, many] = [Math.min(FEW_NAMES, size / 10), Math.min(MANY_NAMES, size)];
  const bar = progressBar(`Reading ${count(many)} names in one isolate`, many);
  const memory: number[] = [];
  const step = few;
  for (let from = 1; from <= many; from += step) {
    await readNames(
      url,
      Array.from({ length: step }, (_, i) => from + i),
    );
    memory.push(residentMiB(pid));
    bar(from + step - 1);
  }
  const [first = 0, last = 0] = [memory[0], memory.at(-1)];
  return {
    cleared: last <= first * MAX_MEMORY_RATIO,
    text: `The Worker's process holds ${last} MiB after ${count(many)} names and ${first} after ${count(few)}, bar ≤ ${MAX_MEMORY_RATIO} ×`,
  };
}

/** The statements of all sizes side by side: pages by size, and how they grew. */
function statementTable(sizes: number[], observed: Observed[][]): string {
  const head = ['operation', 'statement', ...sizes.map((size) => `pages at ${count(size)}`), '×', 'ms'];
  const rows = sideBySide(observed).map((same) => {
    const { operation, query, explained } = same.at(-1) as Observed;
    const pages = same.map((one) => pagesOf(one.explained));
    return [
      operation,
      summary(query),
      ...pages.map(String),
      ratioOf(same).toFixed(2),
      (explained[0]['Execution Time'] ?? 0).toFixed(1),
    ];
  });
  return markdown(head, rows);
}

function missTable(sizes: number[], misses: number[][]): string {
  const [base = []] = misses;
  const rows = misses.map((samples, i) => [
    count(sizes[i] as number),
    median(samples).toFixed(0),
    `${Math.min(...samples).toFixed(0)}–${Math.max(...samples).toFixed(0)}`,
    median(samples.map((cpu, round) => cpu / (base[round] as number))).toFixed(2),
  ]);
  return markdown(['profiles', 'CPU µs per MISS', 'range', '×'], rows);
}

function judgeStatements(sizes: number[], observed: Observed[][]): Verdict[] {
  const whole = observed.flatMap((statements, i) => {
    const size = sizes[i] as number;
    if (size < MIN_JUDGED_SIZE) return [];
    return statements.flatMap(({ operation, query, explained, inSequence }) => {
      const tables = inSequence
        .filter((table) => !(table in SMALL_TABLES))
        .map((table) => `${table} in sequence`);
      const scans = [...new Set([...fullScans(explained[0].Plan), ...tables])];
      return scans.map((scan) => `\n   ${count(size)} profiles, ${operation}: ${scan}: ${summary(query)}`);
    });
  });
  const same = sideBySide(observed);
  const worst = same.reduce((a, b) => (ratioOf(b) > ratioOf(a) ? b : a));
  const { operation, query } = worst[0] as Observed;
  return [
    {
      cleared: whole.length === 0,
      text: `None of ${same.length} statements reads a table as a whole${whole.length ? `, except${whole.join('')}` : ''}`,
    },
    {
      cleared: ratioOf(worst) <= MAX_PAGES_RATIO,
      text: `No statement touches more than ${ratioOf(worst).toFixed(2)} × the pages, bar ≤ ${MAX_PAGES_RATIO} (${operation}: ${summary(query)})`,
    },
  ];
}

function judgeMisses(sizes: number[], misses: number[][]): Verdict {
  const [base = []] = misses;
  const ratio = median((misses.at(-1) as number[]).map((cpu, round) => cpu / (base[round] as number)));
  return {
    cleared: ratio <= MAX_CPU_RATIO,
    text: `A MISS costs the Worker ${ratio.toFixed(2)} × at ${count(sizes.at(-1) as number)} profiles, bar ≤ ${MAX_CPU_RATIO}`,
  };
}

/** Each statement as it was observed at every size, smallest first. */
function sideBySide(observed: Observed[][]): Observed[][] {
  const [first = []] = observed;
  return first.map(({ query }) =>
    observed.map((statements) => {
      const found = statements.find((one) => one.query === query);
      if (!found) throw new Error(`A statement came at one size and not at another: ${query}`);
      return found;
    }),
  );
}

function ratioOf(same: Observed[]): number {
  return pagesOf((same.at(-1) as Observed).explained) / Math.max(pagesOf((same[0] as Observed).explained), 1);
}

/** Enough of a statement to know it by. */
function summary(query: string): string {
  return query.replace(/\s+/g, ' ').trim().slice(0, 60);
}

function count(number: number): string {
  return number.toLocaleString('en');
}

/** A bar that is drawn over and over in a terminal, and elsewhere written down at every tenth. */
function progressBar(title: string, total: number): (done: number) => void {
  const started = performance.now();
  let tenths = -1;
  return (done) => {
    const now = Math.floor((10 * done) / total);
    const left = ((performance.now() - started) / done) * (total - done);
    const rest = done > 0 && done < total ? ` ${Math.ceil(left / 1000)} s left` : '';
    const line = `${title} [${'#'.repeat(now)}${'·'.repeat(10 - now)}]${rest}`;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line}${done < total ? '' : '\n'}`);
    else if (now > tenths) console.log(line);
    tenths = now;
  };
}
