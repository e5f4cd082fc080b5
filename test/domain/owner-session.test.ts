/** Owner sessions: only what we signed, for owners, and not expired (RFC 8725). */
import { randomBytes } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { parseKeyRing } from '../../src/domain/key-ring.ts';
import {
  OWNER_SESSION_LIFETIME_SECONDS,
  signOwnerSession,
  verifyOwnerSession,
} from '../../src/domain/owner-session.ts';

const NOW = 1_800_000_000;
const key = { kty: 'oct', k: randomBytes(32).toString('base64url'), alg: 'HS256', kid: 'sess', nbf: 0 };
const ring = parseKeyRing(JSON.stringify({ keys: [key] }), 'HS256');
const context = { ring, origin: 'https://cards.example', now: NOW };
const owner = { id: '0190b3c5-0000-7000-8000-000000000001', epoch: 3 };

/** A token that differs from a good one in one point only. */
function crafted({ header = {}, claims = {} }: { header?: object; claims?: Record<string, unknown> }) {
  return new SignJWT({
    iss: 'https://cards.example',
    aud: 'devcard:owner',
    sub: owner.id,
    epoch: 3,
    iat: NOW,
    exp: NOW + 60,
    ...claims,
  })
    .setProtectedHeader({ alg: 'HS256', kid: 'sess', typ: 'devcard-owner+jwt', ...header })
    .sign(Buffer.from(key.k, 'base64url'));
}

test('a session names its owner until it expires', async () => {
  const token = await signOwnerSession(owner, context);
  expect(await verifyOwnerSession(token, context)).toEqual(owner);
  const end = NOW + OWNER_SESSION_LIFETIME_SECONDS;
  expect(await verifyOwnerSession(token, { ...context, now: end - 1 })).toEqual(owner);
  expect(await verifyOwnerSession(token, { ...context, now: end })).toBeUndefined();
});

describe('refuses', () => {
  test('nothing of a token that is right in every point', async () => {
    expect(await verifyOwnerSession(await crafted({}), context)).toEqual(owner);
  });

  test.each([
    ['another type', { header: { typ: 'JWT' } }],
    ['a QR token’s type', { header: { typ: 'devcard-qr+jwt' } }],
    ['an unknown kid', { header: { kid: 'else' } }],
    ['another audience', { claims: { aud: 'devcard:qr' } }],
    ['another issuer', { claims: { iss: 'https://evil.example' } }],
    ['no subject', { claims: { sub: undefined } }],
    ['no expiry', { claims: { exp: undefined } }],
    ['no epoch', { claims: { epoch: undefined } }],
    ['an epoch that is no number', { claims: { epoch: '3' } }],
  ])('%s', async (_, difference) => {
    expect(await verifyOwnerSession(await crafted(difference), context)).toBeUndefined();
  });

  test('another key under the same kid', async () => {
    const other = parseKeyRing(
      JSON.stringify({ keys: [{ ...key, k: randomBytes(32).toString('base64url') }] }),
      'HS256',
    );
    expect(
      await verifyOwnerSession(await signOwnerSession(owner, { ...context, ring: other }), context),
    ).toBeUndefined();
  });

  test('alg none, and what is no token at all', async () => {
    const claims = {
      iss: 'https://cards.example',
      aud: 'devcard:owner',
      sub: owner.id,
      epoch: 3,
      iat: NOW,
      exp: NOW + 60,
    };
    expect(await verifyOwnerSession(new UnsecuredJWT(claims).encode(), context)).toBeUndefined();
    for (const text of ['', 'a.b.c', '..', 'x'])
      expect(await verifyOwnerSession(text, context)).toBeUndefined();
  });
});
