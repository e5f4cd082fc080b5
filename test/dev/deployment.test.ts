/** The rehearsal of a deployment: real commands against the stand-ins; only Cloudflare's account is imitated. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../dev/http.ts';
import { startIdentityProvider } from '../../dev/identity-provider.ts';
import { startStack } from '../../dev/stack.ts';
import { startWorker } from '../../dev/worker-process.ts';
import { REQUIRED_SECRETS } from '../../dev/wrangler.ts';
import { DEV_OAUTH_CLIENT } from '../../src/env.ts';

/** Keeps each environment's secrets in a file instead of an account, and notes what it was asked for. */
const FAKE_WRANGLER = `
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
const words = process.argv.slice(2);
const { ACCOUNT, LOGGED_IN } = process.env;
if (LOGGED_IN === 'no') {
  console.error("In a non-interactive environment, it's necessary to set a CLOUDFLARE_API_TOKEN");
  process.exit(1);
}
const file = ACCOUNT + '/secrets' + words.at(words.indexOf('--env') + 1) + '.json';
const kept = existsSync(file) ? JSON.parse(readFileSync(file)) : undefined;
appendFileSync(ACCOUNT + '/calls', words.join(' ').trim() + '\\n');
if (words[1] === 'bulk') writeFileSync(file, JSON.stringify({ ...kept, ...JSON.parse(readFileSync(0)) }));
if (words[1] === 'list' && !kept) {
  console.error('Worker "devcard-edge" not found.');
  process.exit(1);
}
if (words[1] === 'list') console.log(JSON.stringify(Object.keys(kept).map((name) => ({ name }))));
if (words[0] === 'deploy') console.log('Deployed');
if (words[0] === 'deploy' && words.includes('staging')) console.error('WARNING of wrangler');
`;

const { clientId, clientSecret } = DEV_OAUTH_CLIENT;
const GITHUB = { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret };
const SECRET_VALUES = /wrong-token|secret-password|development/;

const parts = new AsyncDisposableStack();
let dir: string;
let environment: Record<string, string>;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'devcard-deploy-'));
  parts.defer(() => rm(dir, { recursive: true }));
  const stack = await startStack();
  parts.defer(() => stack.close());
  const identityProvider = await startIdentityProvider();
  parts.defer(() => identityProvider.close());
  await writeFile(join(dir, 'wrangler.mjs'), FAKE_WRANGLER);
  environment = {
    ACCOUNT: dir,
    WRANGLER: join(dir, 'wrangler.mjs'),
    DATABASE_URL: 'postgres://devcard:secret-password@localhost/devcard',
    NEON_FETCH_ENDPOINT: `${stack.neonUrl}/sql`,
    UPSTASH_REDIS_REST_URL: stack.upstashUrl,
    UPSTASH_REDIS_REST_TOKEN: stack.upstashToken,
    PUBLIC_ORIGIN: 'https://cards.example',
    OAUTH_DEV_ISSUER: identityProvider.url,
  };
});

afterAll(() => parts.disposeAsync());

interface Conditions {
  /** Variables in place of the usual ones. */
  change?: Record<string, string>;
  /** Variables that are typed instead, line by line. */
  typed?: string[];
  /** What is typed, where it is not what those variables would have. */
  lines?: string[];
  args?: string[];
}

function run(command: 'setup' | 'deploy', { change = {}, typed = [], lines, args = [] }: Conditions = {}) {
  const keys = command === 'setup' ? ['--keys', join(dir, 'keys.json')] : [];
  const given = Object.entries({ ...environment, ...change }).filter(([name]) => !typed.includes(name));
  const child = spawn(process.execPath, [`dev/${command}.ts`, ...keys, ...args], {
    env: { PATH: process.env.PATH ?? '', ...Object.fromEntries(given) },
  });
  const words = lines ?? typed.map((name) => ({ ...environment, ...change })[name] ?? '');
  child.stdin.end(words.map((word) => `${word}\n`).join(''));
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output }));
  });
}

const secretsOf = async (name = '') => JSON.parse(await readFile(join(dir, `secrets${name}.json`), 'utf8'));
const calls = () => readFile(join(dir, 'calls'), 'utf8');

test('a deployment without secrets is refused, and nothing is deployed', async () => {
  const { code, output } = await run('deploy');
  expect([code, output]).toEqual([
    1,
    `Not deployed. Missing: ${REQUIRED_SECRETS.join(', ')}. Run \`npm run setup\`.\n`,
  ]);
  expect(await calls()).not.toContain('deploy');
});

test('what remains to be done for staging is said for staging', async () => {
  const { output } = await run('deploy', { args: ['--env', 'staging'] });
  expect(output).toContain('Run `npm run setup -- --env staging`.');
});

test.each(['setup', 'deploy'] as const)('%s says at once that nobody is logged in', async (command) => {
  const { code, output } = await run(command, { change: { LOGGED_IN: 'no' } });
  expect([code, output]).toEqual([
    1,
    'Nobody is logged in at Cloudflare: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.\n',
  ]);
});

test.for([
  ['DATABASE_URL', 'not-a-url'],
  ['NEON_FETCH_ENDPOINT', 'http://127.0.0.1:9/sql', 'DATABASE_URL: Neon cannot be reached at its host'],
  ['UPSTASH_REDIS_REST_URL', 'http://127.0.0.1:9'],
  ['UPSTASH_REDIS_REST_TOKEN', 'wrong-token', 'UPSTASH_REDIS_REST_TOKEN: Upstash refuses it.'],
  ['PUBLIC_ORIGIN', 'https://cards.example/'],
  ['PUBLIC_ORIGIN', 'http://cards.example'],
  ['GITHUB_CLIENT_ID', 'devcard-edge', 'GITHUB_CLIENT_SECRET is missing'],
])('setup names a wrong %s, and prints no value', async ([name, value, sentence]) => {
  const { code, output } = await run('setup', { change: { [name as string]: value as string } });
  expect(code).toBe(1);
  expect(output.trim().split('\n').at(-1)).toContain(sentence ?? name);
  expect(output).not.toMatch(SECRET_VALUES);
});

test('setup names a client that the provider refuses', async () => {
  const { code, output } = await run('setup', { change: { ...GITHUB, GITHUB_CLIENT_SECRET: 'wrong-token' } });
  expect([code, output]).toEqual([
    1,
    '✓ Neon answers\n✓ Upstash answers\nGITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET: GitHub refuses them.\n',
  ]);
});

test('setup, then deploy: the secrets are stored, the database is migrated, and a Worker starts with them', async () => {
  const setup = await run('setup', { change: GITHUB });
  expect([setup.code, setup.output]).toEqual([
    0,
    expect.stringMatching(
      /✓ GitHub knows the client\n[\s\S]*What remains:\n- Sign in with Google: .* https:\/\/cards\.example\/auth\/google\/callback .*\n- Run `npm run deploy`\.\n$/,
    ),
  ]);
  expect(setup.output).not.toMatch(SECRET_VALUES);
  const secrets = await secretsOf();
  expect(Object.keys(secrets).toSorted()).toEqual([...REQUIRED_SECRETS, ...Object.keys(GITHUB)].toSorted());

  const deploy = await run('deploy');
  expect([deploy.code, deploy.output]).toEqual([0, 'Deployed\n\n']);

  const port = await freePort();
  const { NEON_FETCH_ENDPOINT } = environment;
  const worker = await startWorker(port, { ...secrets, NEON_FETCH_ENDPOINT }, dir);
  try {
    await worker.ready;
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect([ready.status, await ready.json()]).toMatchObject([200, { status: 'ok' }]);
    const unknown = await fetch(`http://127.0.0.1:${port}/api/public/nobody-here`);
    expect(unknown.status).toBe(404);
    const signIn = await fetch(`http://127.0.0.1:${port}/auth/github`, { redirect: 'manual' });
    expect(signIn.headers.get('Location')).toContain('https://github.com/login/oauth/authorize');
  } finally {
    await worker.close();
  }
}, 120_000);

test('a build in the cloud stores what is missing once, makes the keys, and works on the Worker of its own name', async () => {
  const change = { CI: '1', WRANGLER_CI_OVERRIDE_NAME: 'my-cards' };
  const args = ['--env', 'cloud'];
  const refused = await run('deploy', { change: { ...change, UPSTASH_REDIS_REST_TOKEN: '' }, args });
  expect([refused.code, refused.output]).toEqual([
    1,
    'Not deployed. Missing: UPSTASH_REDIS_REST_TOKEN. Set it among the variables of the build.\n',
  ]);
  const first = await run('deploy', { change, args });
  expect([first.code, first.output]).toEqual([
    0,
    `Stored for the first time: ${REQUIRED_SECRETS.join(', ')}.\nDeployed\n\n`,
  ]);
  const secrets = await secretsOf('cloud');
  expect(Object.keys(secrets)).toEqual(REQUIRED_SECRETS);
  expect(JSON.parse(secrets.QR_SIGNING_KEYS).keys).toMatchObject([{ alg: 'ES256' }]);

  const again = await run('deploy', { change: { ...change, UPSTASH_REDIS_REST_TOKEN: '' }, args });
  expect([again.code, again.output]).toEqual([0, 'Deployed\n\n']);
  expect(await secretsOf('cloud')).toEqual(secrets);
  const lines = (await calls()).split('\n').filter((line) => line.includes('--env cloud'));
  expect(lines.map((line) => line.replace('--format json ', ''))).toEqual([
    'secret list --env cloud --name my-cards',
    'secret list --env cloud --name my-cards',
    'secret bulk --env cloud --name my-cards',
    'deploy --env cloud --name my-cards',
    'secret list --env cloud --name my-cards',
    'deploy --env cloud --name my-cards',
  ]);
});

test('setup again keeps the keys; without their file it stops rather than end every session', async () => {
  const { QR_SIGNING_KEYS } = await secretsOf();
  expect((await run('setup')).code).toBe(0);
  expect((await secretsOf()).QR_SIGNING_KEYS).toBe(QR_SIGNING_KEYS);
  await unlink(join(dir, 'keys.json'));
  const { code, output } = await run('setup');
  expect([code, output]).toEqual([1, expect.stringContaining('The deployment has keys, but')]);
  expect((await secretsOf()).QR_SIGNING_KEYS).toBe(QR_SIGNING_KEYS);
});

test('setup asks again for what was typed wrongly, and for nothing else', async () => {
  const { UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } = environment as Record<string, string>;
  const lines = [
    UPSTASH_REDIS_REST_URL,
    'wrong-token',
    UPSTASH_REDIS_REST_URL,
    UPSTASH_REDIS_REST_TOKEN,
    '',
    '',
  ];
  const { code, output } = await run('setup', {
    typed: ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN', 'GITHUB_CLIENT_ID', 'GOOGLE_CLIENT_ID'],
    lines: lines as string[],
    args: ['--env', 'other', '--keys', join(dir, 'other-keys.json')],
  });
  expect(output.match(/UPSTASH_REDIS_REST_TOKEN: Upstash refuses it\.|✓ (Neon|Upstash) answers/g)).toEqual([
    '✓ Neon answers',
    'UPSTASH_REDIS_REST_TOKEN: Upstash refuses it.',
    '✓ Upstash answers',
  ]);
  expect(code).toBe(0);
});

test('staging has secrets of its own, and what is not in the environment is asked for', async () => {
  const typed = [
    'DATABASE_URL',
    'UPSTASH_REDIS_REST_URL',
    'UPSTASH_REDIS_REST_TOKEN',
    'PUBLIC_ORIGIN',
    'GITHUB_CLIENT_ID',
    'GITHUB_CLIENT_SECRET',
    'GOOGLE_CLIENT_ID',
  ];
  const args = ['--env', 'staging'];
  const setup = await run('setup', { change: GITHUB, typed, args });
  expect([setup.code, setup.output]).toEqual([
    0,
    expect.stringContaining('- Run `npm run deploy -- --env staging`.'),
  ]);
  expect((await secretsOf('staging')).QR_SIGNING_KEYS).not.toBe((await secretsOf()).QR_SIGNING_KEYS);
  const deploy = await run('deploy', { typed: ['DATABASE_URL'], args });
  expect(deploy.output).toContain('WARNING of wrangler');
  expect([deploy.code, await calls()]).toEqual([0, expect.stringMatching(/deploy --env staging\n$/)]);
});
