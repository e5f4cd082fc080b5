/**
 * `npm run drill`: breaks PostgreSQL and redis-server one way after the other under readers and owners, and compares
 * what they get with what docs/operations.md promises. Takes about four minutes; `--only <text>` drills the faults whose name has it.
 */
import { cpus, release, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { Complaint, reportFailure } from '../../dev/complaint.ts';
import { makeKeys } from '../../dev/keys.ts';
import { migrate } from '../../dev/migrate.ts';
import { startStack, workerVariables } from '../../dev/stack.ts';
import { bundleWorker } from '../bundle.ts';
import { addProfiles, names } from '../data.ts';
import { markdown } from '../markdown.ts';
import { stopOnSignal } from '../processes.ts';
import { startWorkerd } from '../workerd.ts';
import { FAULTS, type Fault, type Servers } from './faults.ts';
import { Load, numberIn, READ_NAMES, type Tally, WRITTEN_NAMES } from './load.ts';
import { eventually, startDrillPostgres, startDrillRedis } from './servers.ts';

const READ_COUNT = 10;
const WRITTEN_COUNT = 4;
const ISOLATES = 2;

/** Copies age faster than in production, so that a fault of seconds meets old ones. */
const SETTINGS = { ISOLATE_TTL_MS: '1000', PROFILE_TTL_SECONDS: '2' };

/** The isolate's TTL, and what a busy machine adds. */
const BOUND_MS = 2_000;

/** What a machine adds to a time limit: as long as its slowest answer without a fault, twice, and at least this. */
const LEAST_SLACK_MS = 2_000;

const FAULT_MS = 7_000;
const HEALTHY_MS = 3_000;

interface Row {
  fault: Fault;
  tally: Tally;
  lost: number;
  recoveredMs: number;
}

try {
  const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
  const faults = FAULTS.filter(({ name }) => name.includes(values.only));
  if (faults.length === 0)
    throw new Complaint(`No fault is called so. There are: ${FAULTS.map(({ name }) => name).join(', ')}.`);
  await using parts = new AsyncDisposableStack();
  stopOnSignal(parts);
  const broken = await drill(parts, faults);
  for (const promise of broken) console.log(` ✗ ${promise}`);
  console.log(broken.length === 0 ? '\nEvery promise held.' : `\n${broken.length} promises were broken.`);
  if (broken.length > 0) process.exitCode = 1;
} catch (error) {
  reportFailure(error);
}

/** Drills the faults and prints the table. @returns the promises that were broken */
async function drill(parts: AsyncDisposableStack, faults: readonly Fault[]): Promise<string[]> {
  console.log('Starting PostgreSQL, redis-server and the Worker …');
  const servers: Servers = { redis: await startDrillRedis(parts), postgres: await startDrillPostgres(parts) };
  const stack = await startStack({ databaseUrl: servers.postgres.url, redisUrl: servers.redis.url });
  parts.defer(() => stack.close());
  const variables = {
    ...workerVariables(stack, 'http://localhost', await makeKeys(0)),
    ...SETTINGS,
    RATE_LIMITS: 'off',
  };
  await migrate(variables);
  await addProfiles(stack.postgres.pool, READ_NAMES, READ_COUNT);
  await addProfiles(stack.postgres.pool, WRITTEN_NAMES, WRITTEN_COUNT);
  const bundle = await bundleWorker(parts);
  const urls: string[] = [];
  for (let i = 0; i < ISOLATES; i++) urls.push((await startWorkerd(parts, bundle, variables)).url);

  const load = await Load.start({
    urls,
    variables,
    boundMs: BOUND_MS,
    names: { read: names(READ_NAMES, READ_COUNT), written: names(WRITTEN_NAMES, WRITTEN_COUNT) },
  });
  parts.defer(() => load.stop());
  const rows: Row[] = [];
  for (const fault of faults) {
    await pause(HEALTHY_MS);
    const row = await drillOne(fault, servers, load);
    rows.push(row);
    console.log(`  ${fault.name}: ${row.tally.requests} requests`);
  }
  console.log(`\n${machine(stack.postgres.name, stack.redis.name)}\n\n${tableOf(rows)}\n`);
  const slackMs = Math.max(LEAST_SLACK_MS, 2 * (rows.find(isBaseline)?.tally.slowestMs ?? 0));
  return rows.flatMap((row) => brokenPromises(row, slackMs));
}

/** One fault from its beginning until everything is well again. */
async function drillOne(fault: Fault, servers: Servers, load: Load): Promise<Row> {
  load.take();
  await fault.begin(servers);
  await pause(FAULT_MS);
  await fault.end(servers);
  const ended = performance.now();
  const before = load.acknowledged();
  await eventually(`After «${fault.name}» owners cannot write.`, async () => {
    for (const [name, n] of load.acknowledged())
      if (n <= (before.get(name) ?? 0)) throw new Error(`${name} has not written`);
  });
  const recoveredMs = performance.now() - ended;
  const tally = load.take();
  return { fault, tally, lost: await lostWrites(servers, load.acknowledged()), recoveredMs };
}

/** How many owners' last acknowledged change is not in Postgres, nor a later one. */
async function lostWrites({ postgres }: Servers, acknowledged: Map<string, number>): Promise<number> {
  const rows = await postgres.admin<{ username: string; bio: string }>(
    `SELECT username, bio FROM users WHERE username LIKE '${WRITTEN_NAMES}-%'`,
  );
  const stored = new Map(rows.map(({ username, bio }) => [username, numberIn(bio)]));
  return [...acknowledged].filter(([name, n]) => (stored.get(name) ?? -1) < n).length;
}

/** The row without a fault, which says what the machine is able to. */
function isBaseline({ fault }: Row): boolean {
  return fault === FAULTS[0];
}

function brokenPromises(row: Row, slackMs: number): string[] {
  const { fault, tally, lost } = row;
  const mostMs = fault.limitMs + slackMs;
  const promises: [boolean, string][] = [
    [tally.stale === 0, `${tally.stale} answers were older than a change that had been acknowledged`],
    [lost === 0, `${lost} owners lost an acknowledged change`],
    [tally.internal === 0, `${tally.internal} answers were errors of ours, or no answers`],
    [
      fault.failsReads === true || tally.failedReads === 0,
      `${tally.failedReads} readers got 5xx for a profile of which there are copies`,
    ],
    [
      isBaseline(row) || tally.slowestMs <= mostMs,
      `an answer took ${seconds(tally.slowestMs)} s, more than ${seconds(mostMs)} s`,
    ],
  ];
  return promises.filter(([kept]) => !kept).map(([, sentence]) => `${fault.name}: ${sentence}.`);
}

function tableOf(rows: Row[]): string {
  return markdown(
    [
      'fault',
      'requests',
      '5xx where there are copies',
      '5xx elsewhere',
      'of them errors of ours',
      'stale after acknowledgement',
      'lost acknowledged writes',
      'slowest answer, s',
      'writes again after, s',
    ],
    rows.map(({ fault, tally, lost, recoveredMs }) => [
      fault.name,
      String(tally.requests),
      String(tally.failedReads),
      String(tally.otherFailures),
      String(tally.internal),
      String(tally.stale),
      String(lost),
      seconds(tally.slowestMs),
      seconds(recoveredMs),
    ]),
    1,
  );
}

function machine(postgres: string, redis: string): string {
  const cores = cpus();
  return `${postgres}, ${redis}, ${ISOLATES} isolates; ${cores.length} × ${cores[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()} ${process.arch}`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
