/** A PostgreSQL and a Redis with addresses: those of DATABASE_URL and REDIS_URL, or servers of our own for the time being. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Complaint } from '../dev/complaint.ts';
import { findRedisServer } from '../dev/engines/redis.ts';
import { freePort } from '../dev/http.ts';
import { defer, waitForPort } from './processes.ts';

/** Addresses of running engines. */
export interface Engines {
  databaseUrl: string;
  redisUrl: string;
}

/** Where Debian and its kin keep PostgreSQL's programs, which PATH does not name. */
const DEBIAN_BIN = '/usr/lib/postgresql/*/bin';

/** Finds or starts both. @throws Complaint saying what to install */
export async function startEngines(parts: AsyncDisposableStack): Promise<Engines> {
  const { DATABASE_URL, REDIS_URL } = process.env;
  return {
    databaseUrl: DATABASE_URL ?? (await startPostgres(parts)),
    redisUrl: REDIS_URL ?? (await startRedis(parts)),
  };
}

async function startRedis(parts: AsyncDisposableStack): Promise<string> {
  const program = findRedisServer();
  if (!program)
    throw new Complaint('The bench needs Redis: put redis-server on PATH, or name one in REDIS_URL.');
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

/** A server of our own for the time being. @returns its address @throws Complaint saying what to install */
export async function startPostgres(parts: AsyncDisposableStack): Promise<string> {
  const bin = [...(process.env.PATH ?? '').split(delimiter), ...globSync(DEBIAN_BIN).sort().reverse()].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
  if (!bin)
    throw new Complaint(
      'The bench needs PostgreSQL: install its server, or name a database in DATABASE_URL.',
    );
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
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
    { ...user, stdio: 'ignore' },
  );
  // SIGINT: do not wait for clients.
  defer(parts, child, 'SIGINT');
  await waitForPort(port, child);
  return `postgres://devcard@127.0.0.1:${port}/postgres`;
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
