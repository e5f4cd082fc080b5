/** A sign-in under way: only ours, only its own kind, only for a while; and only back to this site. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseKeyRing } from '../../../src/domain/tokens/key-ring.ts';
import { signOwnerSession, verifyOwnerSession } from '../../../src/domain/tokens/owner-session.ts';
import {
  pendingSignUpOf,
  readPendingSignUp,
  signPendingSignUp,
} from '../../../src/domain/tokens/pending-sign-up.ts';
import {
  readAttempt,
  returnUrl,
  SIGN_IN_ATTEMPT_SECONDS,
  signAttempt,
} from '../../../src/domain/tokens/sign-in-attempt.ts';

const NOW = 1_800_000_000;
const key = { kty: 'oct', k: randomBytes(32).toString('base64url'), alg: 'HS256', kid: 'sess', nbf: 0 };
const ring = parseKeyRing(JSON.stringify({ keys: [key] }), 'HS256');
const origin = 'https://cards.example';
const context = { ring, origin, now: NOW };
const attempt = { provider: 'github', state: 's', verifier: 'v', returnTo: `${origin}/me` };
const pendingSignUp = pendingSignUpOf({
  provider: 'github',
  providerId: '7',
  login: 'ada',
  name: null,
  avatarUrl: null,
  link: null,
});

test('an attempt is read back until its time is over', async () => {
  const token = await signAttempt(attempt, context);
  expect(await readAttempt(token, context)).toMatchObject(attempt);
  const end = NOW + SIGN_IN_ATTEMPT_SECONDS;
  expect(await readAttempt(token, { ...context, now: end - 1 })).toMatchObject(attempt);
  expect(await readAttempt(token, { ...context, now: end })).toBeUndefined();
});

test('no kind of token passes for another, though one key signs them all', async () => {
  const tokens = {
    attempt: await signAttempt(attempt, context),
    pendingSignUp: await signPendingSignUp(
      { pendingSignUp, confirmedAt: 1, returnTo: `${origin}/me` },
      context,
    ),
    session: await signOwnerSession({ id: 'x', epoch: 0 }, context),
  };
  const readers = { attempt: readAttempt, pendingSignUp: readPendingSignUp, session: verifyOwnerSession };
  for (const [kind, token] of Object.entries(tokens))
    for (const [reader, read] of Object.entries(readers)) {
      const found = await read(token, context);
      expect([kind, reader, found !== undefined]).toEqual([kind, reader, kind === reader]);
    }
});

test('an attempt of another deployment, or with one character changed, is none', async () => {
  const token = await signAttempt(attempt, context);
  expect(await readAttempt(token, { ...context, origin: 'https://other.example' })).toBeUndefined();
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, state: 't' })).toString('base64url');
  expect(await readAttempt(`${header}.${changed}.${signature}`, context)).toBeUndefined();
  expect(await readAttempt('', context)).toBeUndefined();
});

describe('after signing in', () => {
  test.each([
    ['/me', `${origin}/me`],
    ['/me/stats?days=90#top', `${origin}/me/stats?days=90#top`],
    ['/', `${origin}/`],
    ['/../../me', `${origin}/me`],
    ['/.//evil.example', `${origin}//evil.example`],
    ['/@evil.example', `${origin}/@evil.example`],
  ])('%s leads to %s', (path, url) => {
    expect(returnUrl(path, origin)).toBe(url);
  });

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '///evil.example',
    'javascript:alert(1)',
    'https:evil.example',
    '//cards.example:444/me',
    '//cards.example@evil.example/me',
    'me',
    '',
  ])('%j leads nowhere', (path) => {
    expect(returnUrl(path, origin)).toBeUndefined();
  });
});
