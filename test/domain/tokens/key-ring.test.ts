/** Key rings: what they accept, which key signs when, and what the public sees. */
import { exportJWK, generateKeyPair } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type KeyRing,
  parseKeyRing,
  publicKeySet,
  signingKey,
  verificationKey,
} from '../../../src/domain/tokens/key-ring.ts';

let jwk: Record<string, unknown>;

beforeAll(async () => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  jwk = { ...(await exportJWK(privateKey)), alg: 'ES256' };
});

function ring(...keys: { kid: string; nbf: number; exp?: number }[]): KeyRing {
  return parseKeyRing(JSON.stringify({ keys: keys.map((key) => ({ ...jwk, ...key })) }), 'ES256');
}

describe('parseKeyRing', () => {
  test.each([
    ['not JSON', 'is not a JWK set in JSON'],
    ['null', 'is not a JWK set in JSON'],
    ['{}', 'has no keys'],
    ['{"keys":[]}', 'has no keys'],
    [
      '{"keys":[{"kty":"oct","alg":"HS256","k":"AAAA","kid":"a","nbf":0}]}',
      'has a key that is not a private ES256 key with a kid',
    ],
    [
      '{"keys":[{"kty":"EC","alg":"ES256","kid":"a","nbf":0}]}',
      'has a key that is not a private ES256 key with a kid',
    ],
    ['{"keys":[null]}', 'has a key that is not a private ES256 key with a kid'],
  ])('refuses %s', (text, message) => {
    expect(() => parseKeyRing(text, 'ES256')).toThrow(message);
  });

  test('refuses a key without a time and two keys of one kid', () => {
    expect(() => parseKeyRing(JSON.stringify({ keys: [{ ...jwk, kid: 'a' }] }), 'ES256')).toThrow(
      'without nbf',
    );
    expect(() => ring({ kid: 'a', nbf: 0 }, { kid: 'a', nbf: 1 })).toThrow('two keys of one kid');
  });
});

describe('the schedule of two keys', () => {
  const two = () => ring({ kid: 'old', nbf: 100, exp: 900 }, { kid: 'new', nbf: 500 });

  test.each([
    [99, undefined, ['old', 'new']],
    [100, 'old', ['old', 'new']],
    [499, 'old', ['old', 'new']],
    [500, 'new', ['old', 'new']],
    [899, 'new', ['old', 'new']],
    [900, 'new', ['new']],
  ])('at %i', (now, signs, published) => {
    expect(signingKey(two(), now)?.kid).toBe(signs);
    expect(publicKeySet(two(), now).keys.map(({ kid }) => kid)).toEqual(published);
    expect(verificationKey(two(), 'old', now)?.kid).toBe(published.includes('old') ? 'old' : undefined);
  });

  test('a kid that is not there verifies nothing', () => {
    expect(verificationKey(two(), 'none', 600)).toBeUndefined();
    expect(verificationKey(two(), undefined, 600)).toBeUndefined();
  });
});

test('the public set has the members of a public key and no other', () => {
  const [key] = publicKeySet(ring({ kid: 'a', nbf: 0 }), 0).keys;
  expect(key).toEqual({ kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y, kid: 'a', alg: 'ES256', use: 'sig' });
});
