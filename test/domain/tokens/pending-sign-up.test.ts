/** Newcomers: what of a provider's profile becomes part of an account. */
import { expect, test } from 'vitest';
import { parseKeyRing } from '../../../src/domain/tokens/key-ring.ts';
import { pendingSignUpOf, signPendingSignUp } from '../../../src/domain/tokens/pending-sign-up.ts';

const PERSON = {
  provider: 'github',
  providerId: '583231',
  login: 'octo-cat',
  name: 'Octo  Cat',
  avatarUrl: 'https://avatars.example/u/583231',
  link: { platform: 'github', username: 'octo-cat' },
};

test('name, picture and link are taken over', () => {
  expect(pendingSignUpOf(PERSON)).toEqual({
    provider: 'github',
    providerId: '583231',
    login: 'octo-cat',
    displayName: 'Octo  Cat',
    avatarUrl: 'https://avatars.example/u/583231',
    link: { platform: 'github', username: 'octo-cat', url: 'https://github.com/octo-cat' },
  });
});

test.each([
  [null, 'octo-cat'],
  ['', 'octo-cat'],
  ['\u200b', 'octo-cat'],
  ['a\u202eb', 'octo-cat'],
  ['x'.repeat(101), 'octo-cat'],
])('a name that cannot stand on a card (%j) gives way to the login', (name, displayName) => {
  expect(pendingSignUpOf({ ...PERSON, name }).displayName).toBe(displayName);
});

test.each(['\u202aAda\u202c', '\tAda\u200b', '\u2068Ada\u2069'])(
  'of a name (%j) what nobody sees is dropped',
  (name) => {
    expect(pendingSignUpOf({ ...PERSON, name }).displayName).toBe('Ada');
  },
);

test('somebody without any name has a name to change', () => {
  expect(pendingSignUpOf({ ...PERSON, name: null, login: null }).displayName).toBe('Somebody new');
});

test.each([
  'http://plain.example/x',
  'javascript:alert(1)',
  'data:image/png,',
  'x',
  `https://a.example/${'x'.repeat(500)}`,
])('a picture at %s is left out', (avatarUrl) => {
  expect(pendingSignUpOf({ ...PERSON, avatarUrl }).avatarUrl).toBeNull();
});

test('a link that our rules refuse is left out', () => {
  expect(pendingSignUpOf({ ...PERSON, link: { platform: 'github', username: 'a/b c' } }).link).toBeNull();
});

test('the longest parts that are let in fit into a cookie together', async () => {
  const key = { kty: 'oct', k: 'k'.repeat(43), alg: 'HS256', kid: 'sess', nbf: 0 };
  const ring = parseKeyRing(JSON.stringify({ keys: [key] }), 'HS256');
  const origin = `https://${'o'.repeat(60)}.example`;
  const pendingSignUp = pendingSignUpOf({
    provider: 'github',
    providerId: '7'.repeat(253),
    login: 'x'.repeat(98),
    name: '😀'.repeat(100),
    avatarUrl: `https://a.example/${'x'.repeat(482)}`,
    link: { platform: 'custom', username: 'x'.repeat(150), url: `https://a.example/${'x'.repeat(170)}` },
  });
  for (const part of Object.values(pendingSignUp)) expect(part).not.toBeNull();
  const claims = { pendingSignUp, confirmedAt: Date.now(), returnTo: `${origin}/me?${'x'.repeat(508)}` };
  const token = await signPendingSignUp(claims, { ring, origin, now: 1_800_000_000 });
  const attributes = '__Host-devcard-sign-up=; Max-Age=1800; Path=/; HttpOnly; Secure; SameSite=Lax';
  expect(token.length + attributes.length).toBeLessThan(4096);
});

test('a login or a link that would not fit is left out', () => {
  const long = { ...PERSON, name: null, login: 'x'.repeat(99) };
  expect(pendingSignUpOf(long)).toMatchObject({ login: null, displayName: 'Somebody new' });
  const link = { platform: 'custom', username: 'Page', url: `https://a.example/${'x'.repeat(400)}` };
  expect(pendingSignUpOf({ ...PERSON, link }).link).toBeNull();
});
