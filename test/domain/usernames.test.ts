/** Usernames: which can be taken, and under which key they are found. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkUsername, isPossibleUsername, usernameKey } from '../../src/domain/usernames.ts';

const WRONG_LENGTH = 'A username has 3 to 50 characters.';
const WRONG_CHARACTERS = 'A username has only the letters A to Z, digits, hyphens and underscores.';
const RESERVED = 'This username is reserved. Choose another one.';

describe('checkUsername', () => {
  test.each(['ada', 'Ada_Lovelace-1815', '123', '___', 'a'.repeat(50)])('accepts %s as typed', (name) => {
    expect(checkUsername(name)).toEqual({ ok: true, value: name });
  });

  test('drops whitespace around the name', () => {
    expect(checkUsername(' Ada\n')).toEqual({ ok: true, value: 'Ada' });
  });

  test.each([
    ['', WRONG_LENGTH],
    ['me', WRONG_LENGTH],
    ['a'.repeat(51), WRONG_LENGTH],
    ['ada lovelace', WRONG_CHARACTERS],
    ['ada.l', WRONG_CHARACTERS],
    ['@ada', WRONG_CHARACTERS],
    ['аda', WRONG_CHARACTERS], // the first letter is Cyrillic
    ['ada\u0000', WRONG_CHARACTERS],
    ['../etc', WRONG_CHARACTERS],
    ['admin', RESERVED],
    ['Card', RESERVED],
    ['API', RESERVED],
  ])('refuses %j', (name, message) => {
    expect(checkUsername(name)).toEqual({ ok: false, message });
  });

  test.each([
    ...['api', 'auth', 'card', 'docs', 'healthz', 'readyz', 'scan', 'well-known', 'qr-session', 'public'],
    ...['admin', 'support', 'security', 'robots', 'sitemap', 'offline-pass', 'no-reply', 'undefined', 'null'],
  ])('keeps %s for the service', (name) => {
    expect(isPossibleUsername(name)).toBe(true);
    expect(checkUsername(name.toUpperCase())).toEqual({ ok: false, message: RESERVED });
  });
});

describe('isPossibleUsername', () => {
  test.each(['', 'me', 'a'.repeat(51), 'a b', 'ada\n', ' ada', 'ада', 'ada/..', '%61da'])(
    'refuses %j',
    (name) => {
      expect(isPossibleUsername(name)).toBe(false);
    },
  );

  test('agrees with checkUsername on every text but reserved names', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\w-]{0,52}$/)), (raw) => {
        const checked = checkUsername(raw);
        if (checked.ok) expect(isPossibleUsername(checked.value)).toBe(true);
        else if (checked.message !== RESERVED) expect(isPossibleUsername(raw)).toBe(false);
      }),
    );
  });
});

describe('usernameKey', () => {
  test('is the same for every way to write a name, and its own key', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{3,50}$/), (name) => {
        expect(usernameKey(name)).toBe(usernameKey(name.toUpperCase()));
        expect(usernameKey(usernameKey(name))).toBe(usernameKey(name));
        expect(isPossibleUsername(usernameKey(name))).toBe(true);
      }),
    );
  });
});
