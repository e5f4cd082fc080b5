/** Both layouts verified by what docs/offline-qr.md says, with node:crypto and node:zlib and nothing of ours; and in Python. */

import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DICTIONARY } from '../../verify/layout2.ts';

const read = (file: string) => readFileSync(new URL(`../vectors/${file}`, import.meta.url));
const json = (file: string) => JSON.parse(read(file).toString());

const { issuer, now, jwks } = json('keys.json');
const carriers: {
  name: string;
  layout: 1 | 2;
  digits: string;
  token: string;
  card: { username: string; links: unknown[] };
}[] = json('carriers.json');
const dictionary = read('dictionary.bin');

test('the dictionary is the one that the specification names, in the vectors and in the verifier', () => {
  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const named = /SHA-256 is\s+`([0-9a-f]{64})`/.exec(read('../../docs/offline-qr.md').toString())?.[1];
  expect(digest(dictionary)).toBe('f1d37cfb63e91c25addf2f3ad3367e248299e8c9a5590f203e91bc178c111b26');
  expect(digest(DICTIONARY)).toBe(digest(dictionary));
  expect(named).toBe(digest(dictionary));
});

/** Each character of a compact JWS is two digits. */
function readLayout1(digits: string): string {
  const pairs = digits.match(/\d\d/g) ?? [];
  return pairs.map((pair) => String.fromCharCode(Number(pair) + 45)).join('');
}

/** One number: length of the key's name, the name, the signature, the payload. */
function readLayout2(digits: string): string {
  const length = Math.floor(digits.length / Math.log10(256));
  const bytes = Buffer.from(
    BigInt(digits)
      .toString(16)
      .padStart(2 * length, '0'),
    'hex',
  );
  const start = 1 + bytes[0]!;
  const kid = bytes.subarray(1, start).toString('ascii');
  const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid, typ: 'dcq2' }));
  const parts = [header, bytes.subarray(start + 64), bytes.subarray(start, start + 64)];
  return parts.map((part) => part.toString('base64url')).join('.');
}

test.each(carriers)('layout $layout: $name', ({ layout, digits, token, card }) => {
  const text = layout === 1 ? readLayout1(digits) : readLayout2(digits);
  expect(text).toBe(token);

  const [header = '', payload = '', signature = ''] = text.split('.');
  const { kid, ...rest } = JSON.parse(Buffer.from(header, 'base64url').toString());
  expect({ kid, ...rest }).toEqual({
    alg: 'ES256',
    kid: 't001',
    ...(layout === 1 ? { typ: 'dcq', zip: 'DEF' } : { typ: 'dcq2' }),
  });

  const jwk = jwks.keys.find((key: { kid: string }) => key.kid === kid);
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const signed = Buffer.from(`${header}.${payload}`);
  const isAuthentic = verify(
    'sha256',
    signed,
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  expect(isAuthentic).toBe(true);

  const inflated = inflateRawSync(Buffer.from(payload, 'base64url'), {
    maxOutputLength: 8192,
    ...(layout === 2 && { dictionary }),
  });
  const claims = JSON.parse(inflated.toString());
  expect(claims).toMatchObject({ iss: issuer, iat: now, exp: now + 600, sub: card.username });
  expect(claims.l?.length ?? 0).toBe(card.links.length);
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

test.runIf(hasPython)('a verifier in Python comes to the same verdict on every vector', () => {
  const script = fileURLToPath(new URL('../vectors/verify.py', import.meta.url));
  expect(execFileSync('python3', [script]).toString()).toMatch(/^\d+ vectors, 0 differ\n$/);
});
