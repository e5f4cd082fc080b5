/** `npm run dev` as a command: what it starts it stops, and what goes wrong it says in one sentence. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort, serve } from '../../dev/http.ts';
import type { WorkerVariables } from '../../dev/stack.ts';

const START_LIMIT_MS = 300_000;

let dir: string;
const running = new Set<ChildProcess>();
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'devcard-dev-'));
});
afterEach(async () => {
  for (const { pid } of running)
    try {
      process.kill(-(pid as number), 'SIGKILL');
    } catch {
      // It has ended.
    }
  running.clear();
  await rm(dir, { recursive: true, force: true });
});

/** Starts the command in a process group of its own, as a terminal would. */
function runDev(port: number | string, args: string[] = [], variables: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['dev/run.mjs', 'dev/main.ts', ...args], {
    detached: true,
    env: {
      ...process.env,
      PORT: String(port),
      DEVCARD_DATA_DIR: dir,
      DATABASE_URL: '',
      REDIS_URL: '',
      ...variables,
    },
  });
  running.add(child);
  const command = { output: '', child, ended: once(child, 'close').then(([code]) => code as number) };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      command.output += chunk;
    });
  return command;
}

const lastLine = (output: string) => output.trim().split('\n').at(-1);

/** The variables of the Worker once it answers at `address`. */
async function variablesWhenUp(address: string) {
  const status = () =>
    fetch(address).then(
      (response) => response.status,
      () => 0,
    );
  await expect.poll(status, { timeout: START_LIMIT_MS }).toBe(200);
  const variables = parseEnv(await readFile(join(dir, 'worker.env'), 'utf8'));
  return variables as unknown as WorkerVariables;
}

test('Ctrl-C ends everything that it started; the data stays until --reset', {
  timeout: 3 * START_LIMIT_MS,
}, async () => {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}/api/public/ada`;
  const stop = async ({ child, ended }: ReturnType<typeof runDev>, variables: WorkerVariables) => {
    process.kill(-(child.pid as number), 'SIGINT');
    expect(await ended).toBe(0);
    for (const url of [address, variables.NEON_FETCH_ENDPOINT, variables.UPSTASH_REDIS_REST_URL])
      await expect(fetch(url)).rejects.toThrow('fetch failed');
  };

  const first = runDev(port);
  const variables = await variablesWhenUp(address);
  const body = JSON.stringify({ query: "update users set bio = 'kept' where username = 'ada'" });
  const headers = { 'neon-connection-string': variables.DATABASE_URL };
  await fetch(variables.NEON_FETCH_ENDPOINT, { method: 'POST', headers, body });
  await stop(first, variables);

  const second = runDev(port);
  const { QR_SIGNING_KEYS, ...others } = await variablesWhenUp(address);
  expect(QR_SIGNING_KEYS).toBe(variables.QR_SIGNING_KEYS);
  expect(await (await fetch(address)).json()).toMatchObject({ username: 'ada', bio: 'kept' });
  await stop(second, { QR_SIGNING_KEYS, ...others });

  const third = runDev(port, ['--reset']);
  const afresh = await variablesWhenUp(address);
  expect(afresh.QR_SIGNING_KEYS).not.toBe(QR_SIGNING_KEYS);
  expect(await (await fetch(address)).json()).not.toMatchObject({ bio: 'kept' });
  await stop(third, afresh);
});

test('a taken port is one sentence', async () => {
  const other = await serve(() => {});
  const port = Number(new URL(other.url).port);
  const command = runDev(port);
  expect(await command.ended).toBe(1);
  expect(command.output).toBe(
    `Port ${port} is taken: stop what listens there, or choose another: PORT=${port + 1} npm run dev\n`,
  );
  await other.close();
});

test('a broken data directory is one sentence', async () => {
  await writeFile(join(dir, 'postgres'), 'no database');
  const command = runDev(await freePort());
  expect(await command.ended).toBe(1);
  expect(lastLine(command.output)).toBe(
    `The database in ${join(dir, 'postgres')} cannot be opened: \`npm run dev -- --reset\` starts afresh.`,
  );
});

test.each([
  ['DATABASE_URL', 'postgres://user:password@ep-real.neon.example/devcard'],
  ['REDIS_URL', 'rediss://default:password@real.upstash.example:6379'],
])('a %s that leads elsewhere is refused, and not printed', async (name, address) => {
  const command = runDev(await freePort(), [], { [name]: address });
  expect(await command.ended).toBe(1);
  expect(command.output).toBe(
    `${name} leads to ${new URL(address).hostname}: \`npm run dev\` would migrate it and add demo people. Unset it, or name a server on this machine.\n`,
  );
});

test('a second one on the same data is one sentence', async () => {
  await writeFile(join(dir, 'pid'), String(process.pid));
  const command = runDev(await freePort());
  expect(await command.ended).toBe(1);
  expect(command.output).toBe(
    `Another \`npm run dev\` (process ${process.pid}) uses ${dir}: stop it first. If that process is something else, delete ${join(dir, 'pid')}.\n`,
  );
});

test('after kill -9 the next start ends what was left running, and has its port', {
  timeout: 3 * START_LIMIT_MS,
}, async () => {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}/api/public/ada`;
  const first = runDev(port);
  await variablesWhenUp(address);
  // Not its `close`: what it leaves running holds on to its output.
  const killed = once(first.child, 'exit');
  process.kill(Number.parseInt(await readFile(join(dir, 'pid'), 'utf8'), 10), 'SIGKILL');
  await killed;
  const second = runDev(port);
  await expect.poll(() => second.output, { timeout: START_LIMIT_MS }).toContain('DevCard Edge is up');
  expect(second.output).toMatch(/^Ended what an earlier start had left running \(process \d+(, \d+)?\)\.\n/);
  process.kill(-(second.child.pid as number), 'SIGINT');
  expect(await second.ended).toBe(0);
  await expect(fetch(address)).rejects.toThrow('fetch failed');
});
