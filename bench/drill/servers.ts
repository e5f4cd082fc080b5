/** PostgreSQL and redis-server as programs that can be stopped, killed and started again. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { Complaint } from '../../dev/complaint.ts';
import { findRedisServer } from '../../dev/engines/redis.ts';
import { RespClient } from '../../dev/engines/resp.ts';
import { freePort } from '../../dev/http.ts';
import { makeCluster } from '../engines.ts';
import { defer, waitForPort } from '../processes.ts';

/** What is done to a server. Killing and stopping take hold at once. */
export interface Drillable {
  kill(): Promise<void>;
  /** Starts it again after `kill`. */
  start(): Promise<void>;
  /** Has it hang: connections stay, and nobody answers. */
  pause(): void;
  resume(): void;
}

const MISSING =
  '`npm run drill` breaks a real PostgreSQL and a real redis-server. Install them first: `apt-get install postgresql redis-server` on Debian and Ubuntu, `brew install postgresql redis` on macOS.';

/** The database that the Worker works in, and the role that it signs in as; a second role breaks things. */
export const [DATABASE, ROLE] = ['drill', 'app'];

export interface DrillPostgres extends Drillable {
  /** As the Worker signs in. */
  url: string;
  /** Runs SQL as superuser, on a connection of its own. */
  admin<Row extends object>(sql: string): Promise<Row[]>;
}

/** Starts a PostgreSQL of our own. @throws Complaint where none is installed */
export async function startDrillPostgres(parts: AsyncDisposableStack): Promise<DrillPostgres> {
  const cluster = await makeCluster(parts);
  if (!cluster) throw new Complaint(MISSING);
  const server = await control(parts, cluster.port, () => cluster.run(), 'SIGINT');
  const admin = async <Row extends object>(sql: string, database = DATABASE) => {
    const client = new pg.Client({ connectionString: `${cluster.address}/${database}` });
    // The server may be killed beneath it.
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  await admin(`CREATE ROLE ${ROLE} LOGIN`, 'postgres');
  await admin(`CREATE DATABASE ${DATABASE} OWNER ${ROLE}`, 'postgres');
  const url = new URL(`${cluster.address}/${DATABASE}`);
  url.username = ROLE;
  const start = async () => {
    await server.start();
    // It listens before it has recovered from the crash.
    await eventually('PostgreSQL does not recover.', () => admin('SELECT 1'));
  };
  return { ...server, start, url: url.href, admin };
}

export interface DrillRedis extends Drillable {
  url: string;
  admin(...command: string[]): Promise<void>;
}

/** Starts a redis-server of our own. @throws Complaint where none is installed */
export async function startDrillRedis(parts: AsyncDisposableStack): Promise<DrillRedis> {
  const program = findRedisServer();
  if (!program) throw new Complaint(MISSING);
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = await control(parts, port, () => spawn(program, args, { stdio: 'ignore' }));
  const url = `redis://127.0.0.1:${port}`;
  return {
    ...server,
    url,
    async admin(...command) {
      const client = await RespClient.connect(url);
      await client.call(command).finally(() => client.close());
    },
  };
}

async function control(
  parts: AsyncDisposableStack,
  port: number,
  run: () => ChildProcess,
  end?: NodeJS.Signals,
): Promise<Drillable> {
  let child: ChildProcess;
  let paused: number[] = [];
  const resume = () => {
    for (const pid of paused.splice(0)) signal(pid, 'SIGCONT');
  };
  const start = async () => {
    child = run();
    defer(parts, child, end);
    await waitForPort(port, child);
  };
  await start();
  parts.defer(async () => resume());
  return {
    start,
    resume,
    pause() {
      // Last the one that would start others.
      paused = [...childrenOf(child.pid as number), child.pid as number];
      for (const pid of paused) signal(pid, 'SIGSTOP');
    },
    async kill() {
      const children = childrenOf(child.pid as number);
      const ended = new Promise((resolve) => child.once('close', resolve));
      for (const pid of [child.pid as number, ...children]) signal(pid, 'SIGKILL');
      await ended;
      await eventually('A killed server does not end.', async () => {
        if (children.some(isRunning)) throw new Error('still there');
      });
    },
  };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function childrenOf(parent: number): number[] {
  if (process.platform !== 'linux')
    return execFileSync('pgrep', ['-P', String(parent)], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean)
      .map(Number);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

const LIMIT_MS = 30_000;
const POLL_INTERVAL_MS = 50;

/** Tries until it succeeds. @throws Complaint after 30 s */
export async function eventually<T>(complaint: string, attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw new Complaint(`${complaint} (${(error as Error).message})`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
}
