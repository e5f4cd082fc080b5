/** `wrangler dev` as a child with a process group of its own, so that all of it can be ended. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Complaint } from './complaint.ts';
import { writeEnvFile } from './env-file.ts';
import type { NoteChild } from './orphans.ts';
import type { WorkerVariables } from './stack.ts';
import { REQUIRED_SECRETS } from './wrangler.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WRANGLER = fileURLToPath(new URL('../node_modules/wrangler/bin/wrangler.js', import.meta.url));
const HOST = '127.0.0.1';
const READY_LIMIT_MS = 180_000;
const POLL_INTERVAL_MS = 200;
/** How long it may take to end by itself. */
const STOP_LIMIT_MS = 5_000;

export interface WorkerProcess {
  /** Resolves when the Worker answers; rejects when it ends before or takes too long. */
  ready: Promise<void>;
  /** Resolves when it has ended, asked or not. */
  ended: Promise<void>;
  close(): Promise<void>;
}

/** Starts the Worker on a loopback port with these variables; `dir` keeps them (worker.env) and its state. */
export async function startWorker(
  port: number,
  variables: WorkerVariables,
  dir: string,
  note?: NoteChild,
): Promise<WorkerProcess> {
  const envFile = join(dir, 'worker.env');
  await writeEnvFile(envFile, variables);
  // wrangler.toml names the secrets, and then wrangler takes nothing else from the file.
  const others = Object.entries(variables).filter(([name]) => !REQUIRED_SECRETS.includes(name));
  // What the user's environment has under these names would win over the file.
  const environment = Object.entries(process.env).filter(([name]) => !(name in variables));
  const isWindows = process.platform === 'win32';
  const args = ['dev', '--ip', HOST, '--port', String(port), '--env-file', envFile];
  args.push('--env', '', ...others.flatMap(([name, value]) => ['--var', `${name}:${value}`]));
  args.push('--persist-to', join(dir, 'wrangler'), '--show-interactive-dev-session=false');
  const child = spawn(process.execPath, [WRANGLER, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: !isWindows,
    env: {
      ...Object.fromEntries(environment),
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      // The stack is here already: the build command need not look for one.
      DEVCARD_STACK: 'own',
      ...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
    },
  });
  if (child.pid) await note?.(child.pid, `--port ${port} --env-file ${envFile}`);
  // What wrangler says of its start is of interest only if that fails; its log of requests always is.
  let starting = '';
  const holdBack = (chunk: Buffer) => {
    starting += chunk;
  };
  child.stdout.on('data', holdBack);
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      isOver = true;
      resolve();
    });
  });
  const signal = (name: NodeJS.Signals) => {
    try {
      if (isWindows) child.kill(name);
      else process.kill(-(child.pid as number), name);
    } catch {
      // Nothing of it is left.
    }
  };

  async function waitUntilReady(): Promise<void> {
    const deadline = Date.now() + READY_LIMIT_MS;
    while (!isOver && Date.now() < deadline) {
      const answer = await fetch(`http://${HOST}:${port}/healthz`, { method: 'HEAD' }).catch(() => undefined);
      if (answer) {
        child.stdout.off('data', holdBack).pipe(process.stdout);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
    }
    console.error(starting);
    throw new Complaint(
      isOver ? 'wrangler dev ended before the Worker was ready.' : 'The Worker did not start.',
    );
  }

  return {
    ready: waitUntilReady(),
    ended,
    async close() {
      signal('SIGTERM');
      const limit = setTimeout(() => signal('SIGKILL'), STOP_LIMIT_MS);
      await ended;
      clearTimeout(limit);
      // A grandchild that outlived wrangler.
      signal('SIGKILL');
    },
  };
}
