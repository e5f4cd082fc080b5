/** The rehearsal of a deployment: real commands against the stand-ins; only Cloudflare's account is imitated. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStack } from '../../dev/stack.ts';

/** Keeps secrets in a file instead of an account, and notes what it was asked for. */
const FAKE_WRANGLER = `
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
const [command, verb] = process.argv.slice(2);
const file = process.env.ACCOUNT + '/secrets.json';
appendFileSync(process.env.ACCOUNT + '/calls', process.argv.slice(2).join(' ') + '\\n');
if (verb === 'bulk') writeFileSync(file, readFileSync(0));
if (verb === 'list') console.log(JSON.stringify(existsSync(file) ? Object.keys(JSON.parse(readFileSync(file))).map((name) => ({ name })) : []));
if (command === 'deploy') console.log('Deployed');
`;

const parts = new AsyncDisposableStack();
let dir: string;
let environment: Record<string, string>;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'devcard-deploy-'));
  parts.defer(() => rm(dir, { recursive: true }));
  const stack = await startStack();
  parts.defer(() => stack.close());
  await writeFile(join(dir, 'wrangler.mjs'), FAKE_WRANGLER);
  environment = {
    ACCOUNT: dir,
    WRANGLER: join(dir, 'wrangler.mjs'),
    DATABASE_URL: 'postgres://devcard:secret-password@localhost/devcard',
    NEON_FETCH_ENDPOINT: `${stack.neonUrl}/sql`,
    UPSTASH_REDIS_REST_URL: stack.upstashUrl,
    UPSTASH_REDIS_REST_TOKEN: stack.upstashToken,
    PUBLIC_ORIGIN: 'https://cards.example',
  };
});

afterAll(() => parts.disposeAsync());

function run(command: 'setup' | 'deploy', change: Record<string, string> = {}) {
  const args = command === 'setup' ? ['--keys', join(dir, 'keys.json')] : [];
  const child = spawn(process.execPath, [`dev/${command}.ts`, ...args], {
    env: { PATH: process.env.PATH ?? '', ...environment, ...change },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output }));
  });
}

test('a deployment without secrets is refused, and nothing is deployed', async () => {
  const { code, output } = await run('deploy');
  expect(code).toBe(1);
  expect(output).toContain('Missing: DATABASE_URL');
  expect(await readFile(join(dir, 'calls'), 'utf8')).not.toContain('deploy');
});

test.for([
  ['DATABASE_URL', 'not-a-url'],
  ['UPSTASH_REDIS_REST_URL', 'http://127.0.0.1:9'],
  ['UPSTASH_REDIS_REST_TOKEN', 'wrong-token'],
  ['PUBLIC_ORIGIN', 'https://cards.example/'],
] as const)('setup names a wrong %s, and prints no value', async ([name, value]) => {
  const { code, output } = await run('setup', { [name]: value });
  expect([code, output.split(/[ :]/)[0]]).toEqual([1, name]);
  expect(output).not.toMatch(/wrong-token|secret-password/);
});

test('setup, then deploy: the secrets are stored, the database is migrated', async () => {
  const setup = await run('setup');
  expect([setup.code, setup.output]).toEqual([0, expect.stringContaining('What remains: `npm run deploy`')]);
  expect(setup.output).not.toMatch(/secret-password/);
  expect(Object.keys(JSON.parse(await readFile(join(dir, 'secrets.json'), 'utf8'))).sort()).toEqual([
    'DATABASE_URL',
    'PUBLIC_ORIGIN',
    'QR_SIGNING_KEYS',
    'SESSION_KEYS',
    'UPSTASH_REDIS_REST_TOKEN',
    'UPSTASH_REDIS_REST_URL',
  ]);
  const deploy = await run('deploy');
  expect([deploy.code, deploy.output]).toEqual([0, expect.stringContaining('Deployed')]);
});
