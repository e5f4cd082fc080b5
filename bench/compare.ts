/** The main run of the bench: all servers and scenarios, interleaved, as one table and its bars. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Complaint } from '../dev/complaint.ts';
import { connectRedis } from '../dev/engines/redis.ts';
import { freePort } from '../dev/http.ts';
import { tokenFor } from '../dev/token.ts';
import { DEFAULT_SETTINGS } from '../src/settings.ts';
import { type Bundle, bundleWorker, startupCpuMs } from './bundle.ts';
import { addProfiles, analyze } from './data.ts';
import { type SeededStack, startSeededStack, takeRedis } from './engines.ts';
import { CONNECTIONS, HEADERS, measure, SLICE, VIEW_BATCH_MS } from './measure.ts';
import { installOnDemand } from './packages.ts';
import { residentMiB, type Server, startServer } from './processes.ts';
import { type Recorded, startRecorder } from './recorder.ts';
import { judge, table, type Verdict } from './report.ts';
import {
  COLD_NAMES,
  MAX_GZIP_BYTES,
  MAX_STARTUP_CPU_MS,
  ROUNDS,
  type ServerName,
  type Surroundings,
  scenarios,
  WARM_NAMES,
  WRITER,
} from './scenarios.ts';
import { startWorkerd } from './workerd.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ORIGIN = 'https://devcard.example';
/** The reference's keys stand apart from ours, which have the same names, in the database after ours. */
const databaseAfter = ({ pathname }: URL) => String(Number(pathname.slice(1)) + 1);
/** Upstash forgets a profile after 300 s: warm names are read again in time. */
const WARM_MS = 200_000;

/** @param only names of scenarios; all where absent */
export async function compare(parts: AsyncDisposableStack, only?: string[]): Promise<Verdict[]> {
  const started = performance.now();
  installOnDemand();
  step('Bundling the Worker as for production');
  const bundle = await bundleWorker(parts);
  const startup = await startupCpuMs(parts);
  const hono = await bundleWorker(parts, 'bench/workers/hono.ts');
  const constant = await bundleWorker(parts, 'bench/workers/constant.js');
  const fetches = await bundleWorker(parts, 'bench/workers/fetches.js');

  step('Starting the engines and the stand-ins');
  const seeded = await startSeededStack(parts, ORIGIN);
  const { stack, variables } = seeded;

  step(`Adding ${COLD_NAMES.length + WARM_NAMES.length + 1} profiles`);
  const { pool } = stack.postgres;
  await addProfiles(pool, 'cold', COLD_NAMES.length);
  await addProfiles(pool, 'warm', WARM_NAMES.length);
  await addProfiles(pool, 'writer', 1);
  await analyze(pool);

  step('Starting the servers');
  const edge = await startWorkerd(parts, bundle, { ...variables, VIEW_BATCH_MS: String(VIEW_BATCH_MS) });
  const reference = await startReference(parts, seeded);
  const servers: Partial<Record<ServerName, Server>> = {
    workerd: await startWorkerd(parts, constant),
    fetches: await startWorkerd(parts, fetches, {
      RECORDED: JSON.stringify(await recordedRequests(bundle, seeded)),
    }),
    hono: await startWorkerd(parts, hono),
    fastify: await startNode(parts, 'reference/bare.js'),
    edge,
    ...(reference && { reference: reference.server }),
  };
  if (!reference)
    step('No PostgreSQL or no Redis server here: measuring on embedded engines, without the reference');

  const all = scenarios({
    etag: (await fetch(`${edge.url}/api/public/devcard-demo`)).headers.get('ETag') ?? '',
    ownerToken: await tokenFor(WRITER, variables),
    referenceToken: reference?.token ?? '',
    warm: warmer(seeded, edge),
  });
  const unknown = only?.filter((one) => !all.some(({ name }) => name === one)) ?? [];
  if (unknown.length > 0)
    throw new Complaint(
      `No scenario is called ${unknown.join(', ')}. Those that there are: ${[...new Set(all.map(({ name }) => name))].join(', ')}.`,
    );
  const chosen = all.filter(({ name, server }) => servers[server] && (!only || only.includes(name)));
  const { progress, clear } = progressLine();
  const { requests } = stack;
  const results = await measure(parts, { servers, requests, scenarios: chosen, rounds: ROUNDS, progress });
  clear();

  console.log(`\n${surroundings(stack.postgres.name, stack.redis.name)}`);
  console.log(
    `Medians of ${ROUNDS} rounds in random order, ${SLICE} requests each over ${CONNECTIONS} connections; CPU of the server's threads; in brackets the 90 % interval of the median (bootstrap).\n`,
  );
  console.log(table(results));
  const beside = (value: (server: Server) => string | number) =>
    reference ? ` (reference: ${value(reference.server)})` : '';
  const startMs = (server: Server) => server.startMs.toFixed(0);
  const memory = (server: Server) => residentMiB(server.pid);
  console.log(
    `\nStart-up: ${startup.toFixed(1)} ms of processor time; to the first answer ${startMs(edge)} ms${beside(startMs)}. Memory after the run: ${memory(edge)} MiB${beside(memory)}.`,
  );
  console.log(`The bench took ${((performance.now() - started) / 1000).toFixed(0)} s.\n`);
  return [
    ...judge(results),
    sizeVerdict(bundle),
    {
      cleared: startup <= MAX_STARTUP_CPU_MS,
      text: `Start-up takes ${startup.toFixed(1)} ms of processor time, bar ≤ ${MAX_STARTUP_CPU_MS}`,
    },
  ];
}

export function sizeVerdict({ gzipBytes }: Bundle): Verdict {
  const kib = (bytes: number) => (bytes / 1024).toFixed(1);
  return {
    cleared: gzipBytes <= MAX_GZIP_BYTES,
    text: `The Worker's JavaScript has ${kib(gzipBytes)} KiB (gzip -9), bar ≤ ${kib(MAX_GZIP_BYTES)}`,
  };
}

/** The server that we compare with; undefined where the engines live in this process, which it cannot reach. */
async function startReference(parts: AsyncDisposableStack, { stack, redisUrl }: SeededStack) {
  const { url: databaseUrl, pool } = stack.postgres;
  if (!databaseUrl || !redisUrl) return undefined;
  const ownRedisUrl = new URL(redisUrl);
  const database = databaseAfter(ownRedisUrl);
  ownRedisUrl.pathname = database;
  const redis = await connectRedis(redisUrl);
  parts.defer(() => redis.close());
  await redis.call(['SELECT', database]);
  await takeRedis(parts, redis);
  const server = await startNode(parts, 'reference/server.js', {
    DATABASE_URL: databaseUrl,
    REDIS_URL: ownRedisUrl.href,
    JWT_SECRET: randomBytes(32).toString('base64url'),
    PUBLIC_ORIGIN: ORIGIN,
    NODE_ENV: 'production',
  });
  const { rows } = await pool.query('SELECT user_id FROM usernames WHERE key = $1', [WRITER]);
  return {
    server,
    /** An owner's. */
    token: await (await fetch(`${server.url}/token/${rows[0].user_id}`)).text(),
  };
}

async function startNode(
  parts: AsyncDisposableStack,
  file: string,
  variables: NodeJS.ProcessEnv = {},
): Promise<Server> {
  const port = await freePort();
  return startServer(parts, port, [process.execPath, HERE + file], { ...variables, PORT: String(port) });
}

/** What the product asks for a name that Upstash holds, and for one that nobody holds. */
async function recordedRequests(bundle: Bundle, { stack, variables }: SeededStack) {
  await using parts = new AsyncDisposableStack();
  const into: Recorded[] = [];
  const neon = await startRecorder(stack.neonUrl, into);
  parts.defer(() => neon.close());
  const upstash = await startRecorder(stack.upstashUrl, into);
  parts.defer(() => upstash.close());
  const { url } = await startWorkerd(parts, bundle, {
    ...variables,
    NEON_FETCH_ENDPOINT: `${neon.url}/sql`,
    UPSTASH_REDIS_REST_URL: upstash.url,
    ISOLATE_TTL_MS: '0',
  });
  const record = async (path: string, most: number) => {
    into.length = 0;
    // Without a User-Agent no view is counted.
    await (await fetch(url + path, { headers: { ...HEADERS, 'User-Agent': '' } })).arrayBuffer();
    while (into.length < most) await new Promise((resolve) => setTimeout(resolve, 10));
    return into.slice();
  };
  await record('/api/public/devcard-demo', 1);
  const [hit] = await record('/api/public/devcard-demo', 1);
  return { hit, miss: await record(`/api/public/${WRITER}`, 3) };
}

/** Brings WARM_NAMES into Upstash whenever they may have left it. */
function warmer({ stack }: SeededStack, { url }: Server): Surroundings['warm'] {
  let warmedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - warmedAt < WARM_MS) return;
    await stack.redis.call(['DEL', ...WARM_NAMES.map((name) => `profile:${name}`)]);
    const queue = WARM_NAMES.map((name) => `/api/public/${name}`).values();
    const walk = async () => {
      for (const path of queue) await (await fetch(url + path)).arrayBuffer();
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, walk));
    // Until the isolate has forgotten them: each request of these names is to ask Upstash.
    await new Promise((resume) => setTimeout(resume, DEFAULT_SETTINGS.ISOLATE_TTL_MS));
    warmedAt = performance.now();
  };
}

function surroundings(postgres: string, redis: string): string {
  const version = (file: string) => execFileSync(file, ['--version'], { encoding: 'utf8' }).trim();
  const [cpu] = cpus();
  return [
    `${cpus().length} × ${cpu?.model.trim()}, ${process.platform} ${process.arch}`,
    version(fileURLToPath(new URL('../node_modules/workerd/bin/workerd', import.meta.url))),
    `Node ${process.version}`,
    postgres,
    redis,
  ].join('; ');
}

function step(what: string): void {
  console.log(`${what} …`);
}

/** One line that is written over and over in a terminal; elsewhere a line now and then. */
function progressLine() {
  const { isTTY } = process.stdout;
  let last = '';
  return {
    progress(text: string) {
      const round = text.split(',')[0] as string;
      if (isTTY) process.stdout.write(`\r\x1b[K${text}`);
      else if (round !== last) console.log(round);
      last = round;
    },
    clear: () => void (isTTY && process.stdout.write('\r\x1b[K')),
  };
}
