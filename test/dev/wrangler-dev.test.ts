/** `npx wrangler dev`, typed plainly in a fresh clone: the local stack starts behind it, and ends with its last user. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../dev/http.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WRANGLER = 'node_modules/wrangler/bin/wrangler.js';
const LIMIT_MS = 180_000;

let clone: string;
const running = new Set<ReturnType<typeof wrangler>>();

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'devcard-clone-'));
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const file of files.trim().split('\n'))
    cpSync(join(ROOT, file), join(clone, file), { recursive: true, force: true });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
});

afterAll(async () => {
  await Promise.all([...running].map(stop));
  rmSync(clone, { recursive: true, force: true });
});

function wrangler(...args: string[]) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [WRANGLER, ...args], {
    cwd: clone,
    env: { PATH, HOME, WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false', CI: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const command = { child, output: '', ended: once(child, 'close').then(([code]) => code as number) };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      command.output += chunk;
    });
  running.add(command);
  return command;
}

async function stop(command: ReturnType<typeof wrangler>) {
  running.delete(command);
  command.child.kill('SIGTERM');
  await command.ended;
}

const statusOf = (url: string) =>
  fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
const answers = (url: string, status: number) =>
  expect.poll(() => statusOf(url), { timeout: LIMIT_MS, interval: 200 }).toBe(status);

test('it answers from a stack that two share, and the stack ends with the second', {
  timeout: 3 * LIMIT_MS,
}, async () => {
  const [one, two] = [await freePort(), await freePort()];
  const first = wrangler('dev', '--port', String(one));
  await answers(`http://127.0.0.1:${one}/api/public/devcard-demo`, 200);
  expect(first.output).toContain(`The Worker takes itself for http://localhost:${one}.`);
  // Signing in has a provider.
  const signIn = await fetch(`http://127.0.0.1:${one}/auth/github`, { redirect: 'manual' });
  expect(signIn.headers.get('Location')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/github\/authorize/);

  const variables = parseEnv(readFileSync(join(clone, '.dev.vars'), 'utf8'));
  const second = wrangler('dev', '--port', String(two));
  await answers(`http://127.0.0.1:${two}/api/public/devcard-demo`, 200);
  expect(second.output).not.toContain('Starting the local stack');
  expect(parseEnv(readFileSync(join(clone, '.dev.vars'), 'utf8'))).toEqual(variables);

  const engine = variables.UPSTASH_REDIS_REST_URL as string;
  await stop(first);
  expect(await statusOf(`http://127.0.0.1:${two}/readyz`)).toBe(200);
  await stop(second);
  await answers(engine, 0);
});

test('--remote is refused in one sentence', { timeout: LIMIT_MS }, async () => {
  const command = wrangler('dev', '--remote');
  expect(await command.ended).toBe(1);
  expect(command.output).toContain('A Worker at Cloudflare cannot reach the local stack: leave --remote out');
});

test('values of one’s own in .dev.vars are left alone', { timeout: LIMIT_MS }, async () => {
  const own = "DATABASE_URL='postgres://me:secret@db.example/devcard'\n";
  writeFileSync(join(clone, '.dev.vars'), own);
  const port = await freePort();
  const command = wrangler('dev', '--port', String(port));
  await answers(`http://127.0.0.1:${port}/healthz`, 500);
  expect(command.output).toContain('.dev.vars has values of your own: no local stack is started.');
  await stop(command);
  expect(readFileSync(join(clone, '.dev.vars'), 'utf8')).toBe(own);
});
