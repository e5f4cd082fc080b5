/** Owner sessions: only what we signed, for owners, and not expired (RFC 8725). */
import { randomBytes } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { parseKeyRing } from '../../../src/domain/tokens/key-ring.ts';
import {
  isDueForRenewal,
  OWNER_SESSION_LIFETIME_SECONDS,
  SIGNED_IN_SECONDS,
  signOwnerSession,
  verifyOwnerSession,
} from '../../../src/domain/tokens/owner-session.ts';

const NOW = 1_800_000_000;
const key = { kty: 'oct', k: randomBytes(32).toString('base64url'), alg: 'HS256', kid: 'sess', nbf: 0 };
const ring = parseKeyRing(JSON.stringify({ keys: [key] }), 'HS256');
const context = { ring, origin: 'https://cards.example', now: NOW };
const owner = {
  id: '0190b3c5-0000-7000-8000-000000000001',
  epoch: 3,
  session: '6b1f4a0e-5d0c-4f5e-9a57-0d8a0c7b9e11',
};

const session = { owner, issuedAt: NOW, signedInAt: NOW };

/** A token that differs from a good one in one point only. */
function crafted({ header = {}, claims = {} }: { header?: object; claims?: Record<string, unknown> }) {
  return new SignJWT({
    iss: 'https://cards.example',
    aud: 'devcard:owner',
    sub: owner.id,
    epoch: 3,
    sid: owner.session,
    auth_time: NOW,
    iat: NOW,
    exp: NOW + 60,
    ...claims,
  })
    .setProtectedHeader({ alg: 'HS256', kid: 'sess', typ: 'devcard-owner+jwt', ...header })
    .sign(Buffer.from(key.k, 'base64url'));
}

test('a session names its owner until it expires', async () => {
  const token = await signOwnerSession(owner, context);
  expect(await verifyOwnerSession(token, context)).toEqual(session);
  const end = NOW + OWNER_SESSION_LIFETIME_SECONDS;
  expect(await verifyOwnerSession(token, { ...context, now: end - 1 })).toEqual(session);
  expect(await verifyOwnerSession(token, { ...context, now: end })).toBeUndefined();
});

test('a session is renewed past half of its life, until it is time to sign in again', async () => {
  const half = OWNER_SESSION_LIFETIME_SECONDS / 2;
  expect(isDueForRenewal(session, NOW + half)).toBe(false);
  expect(isDueForRenewal(session, NOW + half + 1)).toBe(true);
  const later = { ...context, now: NOW + SIGNED_IN_SECONDS - half - 1 };
  const renewed = await verifyOwnerSession(await signOwnerSession(owner, later, NOW), later);
  expect(renewed).toEqual({ owner, issuedAt: later.now, signedInAt: NOW });
  expect(isDueForRenewal({ owner, issuedAt: later.now, signedInAt: NOW }, NOW + SIGNED_IN_SECONDS)).toBe(
    false,
  );
});

describe('refuses', () => {
  test('nothing of a token that is right in every point', async () => {
    expect(await verifyOwnerSession(await crafted({}), context)).toEqual(session);
  });

  test.each([
    ['another type', { header: { typ: 'JWT' } }],
    ['a QR token’s type', { header: { typ: 'devcard-qr+jwt' } }],
    ['an unknown kid', { header: { kid: 'else' } }],
    ['another audience', { claims: { aud: 'devcard:qr' } }],
    ['another issuer', { claims: { iss: 'https://evil.example' } }],
    ['no subject', { claims: { sub: undefined } }],
    ['no expiry', { claims: { exp: undefined } }],
    ['no time of signing in', { claims: { auth_time: undefined } }],
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
      auth_time: NOW,
      iat: NOW,
      exp: NOW + 60,
    };
    expect(await verifyOwnerSession(new UnsecuredJWT(claims).encode(), context)).toBeUndefined();
    for (const text of ['', 'a.b.c', '..', 'x'])
      expect(await verifyOwnerSession(text, context)).toBeUndefined();
  });
});
