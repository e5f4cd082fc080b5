/** The engines beneath the bench: those of DATABASE_URL and REDIS_URL, or servers of our own for the time being. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Complaint } from '../dev/complaint.ts';
import { findRedisServer, type RedisEngine } from '../dev/engines/redis.ts';
import { freePort } from '../dev/http.ts';
import { makeKeys } from '../dev/keys.ts';
import { migrate } from '../dev/migrate.ts';
import { seed } from '../dev/seed.ts';
import { type Stack, startStack, type WorkerVariables, workerVariables } from '../dev/stack.ts';
import { defer, waitForPort } from './processes.ts';

/** The local stack with the seed's profiles, on engines of its own. */
export interface SeededStack {
  stack: Stack;
  variables: WorkerVariables;
  /** Of the Redis, where others can reach it. */
  redisUrl: string | undefined;
}

/** Where Debian and its kin keep PostgreSQL's programs, which PATH does not name. */
const DEBIAN_BIN = '/usr/lib/postgresql/*/bin';

/**
 * Finds or starts PostgreSQL and Redis, embedded where there is none, and puts the stack and the seed on them.
 * @throws Complaint when REDIS_URL is not empty
 */
export async function startSeededStack(parts: AsyncDisposableStack, origin: string): Promise<SeededStack> {
  const redisUrl = process.env.REDIS_URL ?? (await startRedis(parts));
  const databaseUrl = process.env.DATABASE_URL ?? (await startPostgres(parts));
  const stack = await startStack({ databaseUrl, redisUrl, scratch: true });
  parts.defer(() => stack.close());
  await takeRedis(parts, stack.redis);
  const variables = workerVariables(stack, origin, await makeKeys(0));
  await migrate(variables);
  await seed(variables);
  return { stack, variables, redisUrl };
}

/** Takes a database that is empty, and leaves it so. @throws Complaint */
export async function takeRedis(parts: AsyncDisposableStack, redis: RedisEngine): Promise<void> {
  if (Number(await redis.call(['DBSIZE'])) > 0)
    throw new Complaint('A database of REDIS_URL is not empty: the bench deletes what it finds there.');
  parts.defer(async () => void (await redis.call(['FLUSHDB'])));
}

async function startRedis(parts: AsyncDisposableStack): Promise<string | undefined> {
  const program = findRedisServer();
  if (!program) return undefined;
  const port = await freePort();
  const child = spawn(
    program,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  );
  defer(parts, child);
  await waitForPort(port, child);
  return `redis://127.0.0.1:${port}`;
}

/** A server of our own for the time being. @returns its address, or undefined where no server is installed */
export async function startPostgres(parts: AsyncDisposableStack): Promise<string | undefined> {
  const cluster = await makeCluster(parts);
  if (!cluster) return undefined;
  const child = cluster.run();
  // SIGINT: do not wait for clients.
  defer(parts, child, 'SIGINT');
  await waitForPort(cluster.port, child);
  return `${cluster.address}/postgres`;
}

/** A PostgreSQL data folder of our own. */
interface Cluster {
  port: number;
  /** As superuser, without the name of a database. */
  address: string;
  /** Starts the server on it. */
  run(): ChildProcess;
}

/** Makes a data folder, which goes with the bench. @returns undefined where no server is installed */
export async function makeCluster(parts: AsyncDisposableStack): Promise<Cluster | undefined> {
  const bin = [...(process.env.PATH ?? '').split(delimiter), ...globSync(DEBIAN_BIN).sort().reverse()].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
  if (!bin) return undefined;
  const dir = await mkdtemp(join(tmpdir(), 'devcard-bench-'));
  parts.defer(() => rm(dir, { recursive: true, force: true }));
  const data = join(dir, 'postgres');
  await mkdir(data);
  const user = unprivileged();
  if (user) {
    await chmod(dir, 0o711);
    await chown(data, user.uid, user.gid);
  }
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'devcard', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...user, stdio: 'ignore' },
  );
  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off' };
  const args = ['-D', data, '-p', String(port)];
  args.push(...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]));
  return {
    port,
    address: `postgres://devcard@127.0.0.1:${port}`,
    run: () => spawn(join(bin, 'postgres'), args, { ...user, stdio: 'ignore' }),
  };
}

/** PostgreSQL refuses to run as root: then it runs as the user that Debian's package made, or as nobody. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // There is no such user.
    }
  }
  return undefined;
}
