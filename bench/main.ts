/**
 * `npm run bench`: the production bundle in bare workerd beside what people would pick instead, in one run.
 * `--quick` measures shorter, `--only HIT,JSON` these scenarios alone, `--check` fails when a bar is missed, `--size` only
 * tells size and start-up, `--growth` looks at a million profiles, `--lighthouse` at the pages.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Complaint, reportFailure } from '../dev/complaint.ts';
import { connectRedis } from '../dev/engines/redis.ts';
import { freePort } from '../dev/http.ts';
import { makeKeys } from '../dev/keys.ts';
import { migrate } from '../dev/migrate.ts';
import { seed } from '../dev/seed.ts';
import { startStack, workerVariables } from '../dev/stack.ts';
import { tokenFor } from '../dev/token.ts';
import { type Bundle, bundleWorker, startupCpuMs } from './bundle.ts';
import { addProfiles, analyze } from './data.ts';
import { startEngines } from './engines.ts';
import { growth } from './growth.ts';
import { lighthouse } from './lighthouse.ts';
import { CONNECTIONS, measure } from './measure.ts';
import { residentMiB, type Server, startServer } from './processes.ts';
import { judge, table, type Verdict } from './report.ts';
import {
  COLD_NAMES,
  MAX_GZIP_BYTES,
  MAX_STARTUP_CPU_MS,
  type ServerName,
  scenarios,
  WARM_NAMES,
  WRITER,
} from './scenarios.ts';
import { startWorkerd } from './workerd.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ORIGIN = 'https://devcard.example';
const FULL = { rounds: 7, seconds: 2 };
const QUICK = { rounds: 3, seconds: 0.4 };
/** The reference's keys stand apart from ours, which have the same names. */
const REFERENCE_REDIS_DATABASE = '1';
/** Upstash forgets a profile after 300 s: warm names are read again in time. */
const WARM_MS = 200_000;

try {
  const { values: flags } = parseArgs({
    options: {
      quick: { type: 'boolean' },
      check: { type: 'boolean' },
      size: { type: 'boolean' },
      growth: { type: 'boolean' },
      lighthouse: { type: 'boolean' },
      only: { type: 'string' },
    },
  });
  await using parts = new AsyncDisposableStack();
  const measured = () => {
    if (flags.size) return reportSize(parts);
    if (flags.growth) return growth(parts, flags.quick);
    if (flags.lighthouse) return lighthouse(parts, installOnDemand);
    return run(parts, flags.quick ? QUICK : FULL, flags.only?.split(','));
  };
  const verdicts = await measured();
  for (const { cleared, text } of verdicts) console.log(`${cleared ? ' ✓' : ' ✗'} ${text}`);
  const missed = verdicts.filter(({ cleared }) => !cleared).length;
  console.log(`\n${verdicts.length - missed} of ${verdicts.length} bars cleared`);
  if ((flags.check || flags.growth || flags.lighthouse) && missed > 0) process.exitCode = 1;
} catch (error) {
  reportFailure(error);
}

/** Size is a bar, time a report: machines differ. */
async function reportSize(parts: AsyncDisposableStack): Promise<Verdict[]> {
  console.log(`Start-up: ${(await startupCpuMs(parts)).toFixed(1)} ms of processor time\n`);
  return [sizeVerdict(await bundleWorker(parts))];
}

function sizeVerdict({ gzipBytes }: Bundle): Verdict {
  const kib = (bytes: number) => (bytes / 1024).toFixed(1);
  return {
    cleared: gzipBytes <= MAX_GZIP_BYTES,
    text: `The Worker's JavaScript has ${kib(gzipBytes)} KiB (gzip -9), bar ≤ ${kib(MAX_GZIP_BYTES)}`,
  };
}

async function run(
  parts: AsyncDisposableStack,
  { rounds, seconds }: typeof FULL,
  only?: string[],
): Promise<Verdict[]> {
  const started = performance.now();
  installOnDemand();
  step('Bundling the Worker as for production');
  const bundle = await bundleWorker(parts);
  const startup = await startupCpuMs(parts);
  const hono = await bundleWorker(parts, 'bench/workers/hono.ts');
  const constant = await bundleWorker(parts, 'bench/workers/constant.js');

  step('Starting the engines and the stand-ins');
  const engines = await startEngines(parts);
  const stack = await startStack({ ...engines, scratch: true });
  parts.defer(() => stack.close());
  const { postgres, redis } = stack;
  if (Number(await redis.call(['DBSIZE'])) > 0)
    throw new Complaint('The Redis of REDIS_URL is not empty: the bench deletes what it finds there.');
  parts.defer(async () => void (await redis.call(['FLUSHALL'])));
  const variables = workerVariables(stack, ORIGIN, await makeKeys(0));
  await migrate(variables);
  await seed(variables);

  step(`Adding ${COLD_NAMES.length + WARM_NAMES.length + 1} profiles`);
  await addProfiles(postgres.pool, 'cold', COLD_NAMES.length);
  await addProfiles(postgres.pool, 'warm', WARM_NAMES.length);
  await addProfiles(postgres.pool, 'writer', 1);
  await analyze(postgres.pool);

  step('Starting the servers');
  const referenceRedisUrl = new URL(engines.redisUrl);
  referenceRedisUrl.pathname = REFERENCE_REDIS_DATABASE;
  const referenceVariables = {
    DATABASE_URL: postgres.url,
    REDIS_URL: referenceRedisUrl.href,
    JWT_SECRET: randomBytes(32).toString('base64url'),
    PUBLIC_ORIGIN: ORIGIN,
    NODE_ENV: 'production',
  };
  const servers: Record<ServerName, Server> = {
    workerd: await startWorkerd(parts, constant),
    hono: await startWorkerd(parts, hono),
    fastify: await startNode(parts, 'reference/bare.js'),
    reference: await startNode(parts, 'reference/server.js', referenceVariables),
    edge: await startWorkerd(parts, bundle, { ...variables }),
  };

  const referenceRedis = await connectRedis(engines.redisUrl);
  parts.defer(() => referenceRedis.close());
  await referenceRedis.call(['SELECT', REFERENCE_REDIS_DATABASE]);
  const warmed = { at: Number.NEGATIVE_INFINITY };
  const all = scenarios({
    etag: (await fetch(`${servers.edge.url}/api/public/devcard-demo`)).headers.get('ETag') ?? '',
    ownerToken: await tokenFor(WRITER, variables),
    referenceToken: await referenceToken(servers.reference, await idOf(WRITER)),
    forget: (keys) => redis.call(['DEL', ...keys]),
    forgetReference: () => referenceRedis.call(['FLUSHDB']),
    async warm() {
      if (performance.now() - warmed.at < WARM_MS) return;
      await redis.call(['DEL', ...WARM_NAMES.map((name) => `profile:${name}`)]);
      const queue = WARM_NAMES.map((name) => `/api/public/${name}`).values();
      const walk = async () => {
        for (const path of queue) await (await fetch(servers.edge.url + path)).arrayBuffer();
      };
      await Promise.all(Array.from({ length: CONNECTIONS }, walk));
      warmed.at = performance.now();
    },
  });
  const chosen = all.filter(({ name }) => !only || only.includes(name));
  const { progress, clear } = progressLine();
  const { requests } = stack;
  const results = await measure(parts, { servers, requests, scenarios: chosen, rounds, seconds, progress });
  clear();

  console.log(`\n${surroundings(postgres.name, redis.name)}`);
  console.log(
    `Medians of ${rounds} interleaved rounds of ${seconds} s, ${CONNECTIONS} connections; CPU of the server's process.\n`,
  );
  console.log(table(results));
  const memory = `${residentMiB(servers.edge.pid)} MiB (reference: ${residentMiB(servers.reference.pid)})`;
  const toAnswer = `${servers.edge.startMs.toFixed(0)} ms (reference: ${servers.reference.startMs.toFixed(0)})`;
  console.log(
    `\nStart-up: ${startup.toFixed(1)} ms of processor time; to the first answer ${toAnswer}. Memory after the run: ${memory}.`,
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

  async function idOf(username: string): Promise<string> {
    const { rows } = await postgres.pool.query('SELECT user_id FROM usernames WHERE key = $1', [username]);
    return rows[0].user_id;
  }
}

async function startNode(
  parts: AsyncDisposableStack,
  file: string,
  variables: NodeJS.ProcessEnv = {},
): Promise<Server> {
  const port = await freePort();
  return startServer(parts, port, [process.execPath, HERE + file], { ...variables, PORT: String(port) });
}

async function referenceToken({ url }: Server, id: string): Promise<string> {
  return (await fetch(`${url}/token/${id}`)).text();
}

/** The load generator and the reference have packages of their own, which nobody else needs. */
function installOnDemand(): void {
  const installed = `${HERE}node_modules/.package-lock.json`;
  const isFresh =
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${HERE}package-lock.json`).mtimeMs;
  if (isFresh) return;
  step('Installing the packages of bench/package-lock.json (npm ci)');
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: HERE, stdio: 'inherit' as const };
  if (npm && node) execFileSync(node, [npm, ...args], options);
  else execFileSync('npm', args, { ...options, shell: process.platform === 'win32' });
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
