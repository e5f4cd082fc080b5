/** `wrangler dev`, typed plainly: its build command finds or starts the local stack, and gives wrangler its variables. */
import { spawn } from 'node:child_process';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { Complaint } from './complaint.ts';
import { DATA_DIR } from './data-dir.ts';
import { writeEnvFile } from './env-file.ts';
import { ancestorThatRuns, isRunning } from './parent-process.ts';

/** Where wrangler looks for variables, after its build command. */
const DEV_VARS = fileURLToPath(new URL('../.dev.vars', import.meta.url));
const BACKGROUND_STACK = fileURLToPath(new URL('background-stack.ts', import.meta.url));
const WRANGLER = /wrangler-dist[\\/]cli\.js$/;

/** The folder with a file for each process that uses the stack, by its id. */
export const USERS_DIR = join(DATA_DIR, 'users');
/** The variables of a stack that runs. */
export const STACK_ENV = join(DATA_DIR, 'worker.env');
const LOG_FILE = join(DATA_DIR, 'stack.log');

const COMMENT =
  '# Of the local stack behind `wrangler dev`, written anew each time that it starts. Put values of your own\n# in place of this file, and no local stack is started.\n';
const DEFAULT_PORT = 8787;
const START_LIMIT_MS = 120_000;
const POLL_INTERVAL_MS = 200;

/**
 * Makes `wrangler dev` work on a stack, unless its user has variables of their own in `.dev.vars`.
 * @throws Complaint with what to type instead, where this cannot work
 */
export async function provideStack(): Promise<void> {
  const wrangler = ancestorThatRuns(WRANGLER);
  if (!wrangler)
    throw new Complaint('The local stack cannot be started from here: type `npm run dev` instead.');
  if (wrangler.args.some((word) => word === '--remote' || word === '-r'))
    throw new Complaint(
      'A Worker at Cloudflare cannot reach the local stack: leave --remote out, or deploy to staging (docs/deploy.md).',
    );
  const before = await readFile(DEV_VARS, 'utf8').catch(() => '');
  if (!before.startsWith(COMMENT) && Object.values(parseEnv(before)).some((value) => value !== '')) {
    console.log('.dev.vars has values of your own: no local stack is started.');
    return;
  }
  await mkdir(USERS_DIR, { recursive: true });
  await writeFile(join(USERS_DIR, String(wrangler.pid)), '');
  if (!(await runningStack())) await startBackgroundStack(portOf(wrangler.args));
  const variables = parseEnv(await readFile(STACK_ENV, 'utf8'));
  await writeEnvFile(DEV_VARS, variables, COMMENT);
  if ((await readFile(DEV_VARS, 'utf8')) !== before)
    console.log(`The local stack is up. The Worker takes itself for ${variables.PUBLIC_ORIGIN}.`);
}

/** Whether a stack runs, behind `wrangler dev` or `npm run dev`. */
async function runningStack(): Promise<boolean> {
  const pid = Number.parseInt(await readFile(join(DATA_DIR, 'pid'), 'utf8').catch(() => ''), 10);
  if (!pid || !isRunning(pid)) return false;
  const { UPSTASH_REDIS_REST_URL = '' } = parseEnv(await readFile(STACK_ENV, 'utf8').catch(() => ''));
  return fetch(UPSTASH_REDIS_REST_URL, { method: 'HEAD' }).then(
    () => true,
    () => false,
  );
}

async function startBackgroundStack(port: number): Promise<void> {
  console.log('Starting the local stack …');
  const log = await open(LOG_FILE, 'w');
  const child = spawn(process.execPath, [BACKGROUND_STACK, String(port)], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  await log.close();
  child.unref();
  for (const deadline = Date.now() + START_LIMIT_MS; Date.now() < deadline; ) {
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
    if (await runningStack()) return;
    if (child.exitCode !== null) break;
  }
  throw new Complaint(`${await readFile(LOG_FILE, 'utf8')}The local stack did not start.`);
}

/** The port that wrangler is to listen at. */
function portOf(args: string[]): number {
  const line = args.join(' ');
  return Number(/(?:--port|-p)[ =](\d+)/.exec(line)?.[1] ?? DEFAULT_PORT);
}
