/** Child processes: the servers that are measured, and what they use of the processor. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { constants } from 'node:os';
import { Complaint } from '../dev/complaint.ts';

const START_LIMIT_MS = 20_000;
const POLL_INTERVAL_MS = 50;

/** A server under test. */
export interface Server {
  pid: number;
  url: string;
  /** From the start of the process to its first answer. */
  startMs: number;
}

/** Starts a program that serves on `port`, and waits until it accepts connections. */
export async function startServer(
  parts: AsyncDisposableStack,
  port: number,
  [program, ...args]: [string, ...string[]],
  env?: NodeJS.ProcessEnv,
): Promise<Server> {
  const started = performance.now();
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  });
  defer(parts, child);
  await waitForPort(port, child);
  const url = `http://127.0.0.1:${port}`;
  await (await fetch(url)).arrayBuffer();
  return { pid: child.pid as number, url, startMs: performance.now() - started };
}

/** Ends a child when the bench ends. */
export function defer(
  parts: AsyncDisposableStack,
  child: ChildProcess,
  signal: NodeJS.Signals = 'SIGTERM',
): void {
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  parts.defer(async () => {
    if (child.exitCode === null) child.kill(signal);
    await ended;
  });
}

/** Gives a forked child a job and awaits its answer. @throws Complaint when it ends instead */
export function ask<Answer>(child: ChildProcess, job: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Complaint(`${child.spawnargs.at(-1)} ended without an answer.`));
    child.once('exit', ended);
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(answer as Answer);
    });
    child.send(job);
  });
}

/** @throws Complaint when the child ends before it listens, or takes too long */
export async function waitForPort(port: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (child.exitCode === null && performance.now() < deadline) {
    if (await accepts(port)) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
  throw new Complaint(`${child.spawnfile} did not start on port ${port}.`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** Processor time that the living threads of a process have used, user and system, in µs (schedstat, to the nanosecond). */
export function cpuMicroseconds(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`))
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]);
  return nanoseconds / 1000;
}

/** Memory that a process holds now, in MiB. */
export function residentMiB(pid: number): number {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kib) / 1024);
}

/** Engines and servers end with the bench, however that ends. */
export function stopOnSignal(parts: AsyncDisposableStack): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, async () => {
      // A terminal's Ctrl-C comes twice: from the terminal, and from the process that started us.
      if (isStopping) return;
      isStopping = true;
      await parts.disposeAsync();
      process.exit(128 + constants.signals[signal]);
    });
}
