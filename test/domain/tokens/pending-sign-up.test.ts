/** Newcomers: what of a provider's profile becomes part of an account. */
import { expect, test } from 'vitest';
import { pendingSignUpOf } from '../../../src/domain/tokens/pending-sign-up.ts';

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
