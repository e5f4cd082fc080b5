/** The verifier's outcome for every vector, and that it asks nothing of keys and tokens that it should not. */

import { describe, expect, test, vi } from 'vitest';
import { verify } from '../../verify/verify.ts';
import { CARRIERS, KEYS, VERDICTS } from './vectors.ts';

const { issuer, now, jwks } = KEYS;
const carrier = CARRIERS.find(({ name }) => name === 'typical')!;

describe('vectors', () => {
  test.each(VERDICTS)('$name', async ({ input, now, verdict }) => {
    expect(await verify(input, jwks, { now, issuer })).toEqual(verdict);
  });

  test('every outcome and every reason has a vector', () => {
    expect(new Set(VERDICTS.map(({ verdict }) => verdict.outcome))).toEqual(
      new Set(['fresh', 'expired', 'unknown-key', 'not-authentic']),
    );
    const reasons = VERDICTS.flatMap(({ verdict }) => ('reason' in verdict ? [verdict.reason] : []));
    expect(new Set(reasons)).toEqual(
      new Set([
        'no-token',
        'bad-header',
        'wrong-algorithm',
        'wrong-type',
        'bad-signature',
        'bad-payload',
        'wrong-issuer',
        'wrong-audience',
      ]),
    );
  });
});

describe('verify', () => {
  test('refuses what is too long before it looks inside', async () => {
    const input = `${carrier.token}${'A'.repeat(256 * 1024)}`;
    expect(await verify(input, jwks, { now, issuer })).toEqual({
      outcome: 'not-authentic',
      reason: 'too-long',
    });
  });

  test('forgives the white space of a pasted text', async () => {
    expect(await verify(` ${carrier.digits}\n`, jwks, { now, issuer })).toMatchObject({ outcome: 'fresh' });
  });

  test('inflates nothing before the signature holds', async () => {
    const inflate = vi.spyOn(globalThis, 'DecompressionStream');
    const forged = VERDICTS.find(({ name }) => name === 'forged under a known kid')!;
    await verify(forged.input, jwks, { now, issuer });
    expect(inflate).not.toHaveBeenCalled();
    await verify(carrier.token, jwks, { now, issuer });
    expect(inflate).toHaveBeenCalledTimes(1);
    inflate.mockRestore();
  });

  test.each([
    ['no keys at all', []],
    ['a key of another type under the same kid', [{ kty: 'oct', k: 'AAAA', kid: 't001' }]],
    ['a key on another curve', [{ ...jwks.keys[0]!, crv: 'P-384' }]],
    ['a key that is no point of the curve', [{ ...jwks.keys[0]!, x: jwks.keys[0]!.y! }]],
  ])('calls the key unknown given %s', async (_, keys) => {
    expect(await verify(carrier.token, { keys }, { now, issuer })).toEqual({
      outcome: 'unknown-key',
      kid: 't001',
    });
  });

  test('refuses critical header parameters, which it does not understand (RFC 7515 section 4.1.11)', async () => {
    const [, payload, signature] = carrier.token.split('.');
    const header = { alg: 'ES256', kid: 't001', typ: 'dcq', zip: 'DEF', crit: ['exp'], exp: 1 };
    const token = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.${signature}`;
    expect(await verify(token, jwks, { now, issuer })).toEqual({
      outcome: 'not-authentic',
      reason: 'bad-header',
    });
  });

  test.each(['crypto', 'DecompressionStream'])('says so where the device has no %s', async (missing) => {
    vi.stubGlobal(missing, undefined);
    await expect(verify(carrier.token, jwks, { now, issuer })).rejects.toThrow();
    vi.unstubAllGlobals();
  });

  test('a single changed character is noticed, wherever it stands', async () => {
    const { token } = carrier;
    for (let i = 0; i < token.length; i += 7) {
      if (token[i] === '.') continue;
      const changed = `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`;
      expect((await verify(changed, jwks, { now, issuer })).outcome, `character ${i}`).not.toBe('fresh');
    }
  });
});
