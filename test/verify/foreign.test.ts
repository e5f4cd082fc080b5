/** The carrier verified by what docs/offline-qr.md says, with node:crypto and node:zlib and nothing of ours. */

import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';

function read(file: string) {
  return JSON.parse(readFileSync(new URL(`../vectors/${file}`, import.meta.url), 'utf8'));
}

const { issuer, now, jwks } = read('keys.json');
const carriers: {
  name: string;
  digits: string;
  token: string;
  card: { username: string; links: unknown[] };
}[] = read('carriers.json');

test.each(carriers)('$name', ({ digits, token, card }) => {
  const pairs = digits.match(/\d\d/g) ?? [];
  const text = pairs.map((pair) => String.fromCharCode(Number(pair) + 45)).join('');
  expect(text).toBe(token);

  const [header = '', payload = '', signature = ''] = text.split('.');
  const { alg, kid, typ, zip } = JSON.parse(Buffer.from(header, 'base64url').toString());
  expect({ alg, kid, typ, zip }).toEqual({ alg: 'ES256', kid: 't001', typ: 'dcq', zip: 'DEF' });

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

  const json = inflateRawSync(Buffer.from(payload, 'base64url'), { maxOutputLength: 8192 }).toString();
  const claims = JSON.parse(json);
  expect(claims).toMatchObject({ iss: issuer, iat: now, exp: now + 600, sub: card.username });
  expect(claims.l?.length ?? 0).toBe(card.links.length);
});
