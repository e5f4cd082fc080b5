/** `npm run keys`: what it does to the file, what it says, and that no key is ever printed. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readKeys } from '../../dev/keys.ts';
import { keysCommand } from '../../dev/keys-cli.ts';
import { type KeyAlgorithm, parseKeyRing, signingKey } from '../../src/domain/tokens/key-ring.ts';

const NOW = 1_795_000_000;
const HOUR = 3600;

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'devcard-keys-'));
  file = join(dir, 'keys.json');
});
afterEach(() => rm(dir, { recursive: true }));

const ring = async (variable: string, alg: KeyAlgorithm) =>
  parseKeyRing(JSON.parse(await readFile(file, 'utf8'))[variable], alg);

/** Runs commands one after the other and gives what the last one printed, which must be free of secrets. */
async function run(...commands: [words: string, now?: number][]): Promise<string> {
  let output = '';
  for (const [words, now = NOW] of commands) {
    output = await keysCommand(words.split(' '), file, now);
    for (const { d } of await ring('QR_SIGNING_KEYS', 'ES256')) expect(output).not.toContain(d);
    for (const { k } of await ring('SESSION_KEYS', 'HS256')) expect(output).not.toContain(k);
    for (const { k } of await ring('CONTACTS_KEYS', 'A256GCM')) expect(output).not.toContain(k);
  }
  return output;
}

test('init makes a key of each kind that signs at once, in a file for its owner alone', async () => {
  const output = await run(['init']);
  const [qr] = await ring('QR_SIGNING_KEYS', 'ES256');
  const [session] = await ring('SESSION_KEYS', 'HS256');
  const [contacts] = await ring('CONTACTS_KEYS', 'A256GCM');
  expect(output).toBe(`QR_SIGNING_KEYS
  ${qr!.kid}  signs
SESSION_KEYS
  ${session!.kid}  signs
CONTACTS_KEYS
  ${contacts!.kid}  signs


  npx wrangler secret bulk ${file} --env ''

Keep the file safe: Cloudflare never gives the keys back.`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("the keys of staging go to staging's secrets", async () => {
  const stagingFile = file.replace(/[^/]*$/, 'staging-keys.json');
  expect(await keysCommand(['init'], stagingFile, NOW)).toContain(
    `npx wrangler secret bulk ${stagingFile} --env 'staging'`,
  );
});

test('rotate says when to deploy, when the new key signs, and how long the old one verifies', async () => {
  const output = await run(['init'], ['rotate']);
  const [old, young] = await ring('QR_SIGNING_KEYS', 'ES256');
  expect(young!.nbf).toBe(NOW + 2 * HOUR);
  expect(old!.exp).toBe(NOW + 170 * HOUR);
  const time = (hours: number) => new Date((NOW + hours * HOUR) * 1000).toISOString();
  expect(output).toContain(
    `  ${old!.kid}  signs, verifies until ${time(170)}\n  ${young!.kid}  signs from ${time(2)}\n`,
  );
  expect(output).toContain(`Deploy before ${time(1)}`);
  expect(await run(['list', NOW + 2 * HOUR])).toContain(
    `  ${old!.kid}  signs no more, verifies until ${time(170)}\n`,
  );
});

test('sessions rotate by themselves, and their old key goes after half a day', async () => {
  await run(['init'], ['rotate sessions']);
  expect((await ring('SESSION_KEYS', 'HS256'))[0]!.exp).toBe(NOW + 14 * HOUR);
  expect(await ring('QR_SIGNING_KEYS', 'ES256')).toHaveLength(1);
});

test('a new key of contacts leaves the old one good until it is retired', async () => {
  const output = await run(['init'], ['rotate contacts']);
  const [old, young] = await ring('CONTACTS_KEYS', 'A256GCM');
  expect([old?.exp, young?.exp]).toEqual([undefined, undefined]);
  expect(output).toContain(`CONTACTS_KEYS\n  ${old!.kid}  signs\n  ${young!.kid}  signs from `);
  await run([`retire ${old!.kid}`, NOW + 3 * 3600]);
  expect((await ring('CONTACTS_KEYS', 'A256GCM')).map(({ kid }) => kid)).toEqual([young!.kid]);
});

test('a file from before there were contacts gets a key for them, and keeps it', async () => {
  await run(['init']);
  const { CONTACTS_KEYS: _, ...before } = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify(before));
  const keys = await readKeys(file);
  expect(keys).toMatchObject(before);
  expect(await readKeys(file)).toEqual(keys);
});

test('retire takes a key away at once; another signs from the same second', async () => {
  await run(['init']);
  const [leaked] = await ring('QR_SIGNING_KEYS', 'ES256');
  expect(await run([`retire ${leaked!.kid}`, NOW + 5])).toContain('Deploy now');
  const after = await ring('QR_SIGNING_KEYS', 'ES256');
  expect(after.map(({ kid }) => kid)).not.toContain(leaked!.kid);
  expect(signingKey(after, NOW + 5)).toBeDefined();
});

test.each([
  [['init'], 'holds keys already'],
  [['retire', 'none'], 'There is no key «none»'],
  [['retire'], 'There is no key «»'],
  [['rotate', 'cars'], 'npm run keys -- init'],
  [['destroy'], 'npm run keys -- init'],
  [[], 'npm run keys -- init'],
])('%j is refused in a sentence', async (words, message) => {
  await run(['init']);
  const before = await readFile(file, 'utf8');
  await expect(keysCommand(words, file, NOW)).rejects.toThrow(message);
  expect(await readFile(file, 'utf8')).toBe(before);
});

test('without a file, or with another one, nothing is made up', async () => {
  await expect(keysCommand(['rotate'], file, NOW)).rejects.toThrow('is not there: make it with `init`');
  await writeFile(file, '{"QR_SIGNING_KEYS":"{}"}');
  await expect(keysCommand(['rotate'], file, NOW)).rejects.toThrow('holds no keys');
});

test('as a command: complaints are one sentence, without a stack', () => {
  const { status, stderr } = spawnSync(process.execPath, ['dev/keys-cli.ts', 'list', '--what'], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Unknown option '--what'[^\n]*\n$/);
});
