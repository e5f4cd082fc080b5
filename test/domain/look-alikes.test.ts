/** Names that look alike, and names that pretend to speak for the service. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { skeleton } from '../../src/domain/look-alikes.ts';
import { checkOwnUsername, checkUsername } from '../../src/domain/usernames.ts';

const RESERVED = { ok: false, message: 'This username is reserved. Choose another one.' };

test.each([
  ['alice', 'aIice'],
  ['alice', 'a1ice'],
  ['alice', 'a-l_i-c-e'],
  ['alice', 'ALICE'],
  ['bob', 'b0b'],
  ['Otto', '0tt0'],
  ['morgan', 'rnorgan'],
  ['morgan', 'r-n-organ'],
  ['wanda', 'vvanda'],
  ['sam', '5am'],
  ['illi', '1111'],
  ['___', '---'],
])('%s and %s have one skeleton', (one, other) => {
  expect(skeleton(one)).toBe(skeleton(other));
});

test.each([
  ['alice', 'alicia'],
  ['ada', 'ada2'],
  ['anna', 'hanna'],
  ['tom7', 'tomt'],
  ['clara', 'dara'],
])('%s and %s do not', (one, other) => {
  expect(skeleton(one)).not.toBe(skeleton(other));
});

test('case and separators never make a difference, and a skeleton is its own', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{3,50}$/), (name) => {
      expect(skeleton(name.toUpperCase())).toBe(skeleton(name));
      expect(skeleton(name.replace(/[-_]/g, ''))).toBe(skeleton(name));
      expect(skeleton(name)).not.toMatch(/[A-Z_10i5-]/);
    }),
  );
});

describe('nobody can take', () => {
  test.each([
    ...[
      'dev-card',
      'adm1n',
      'devcard-support',
      '0fficial',
      'admin',
      'ADM1N',
      'a-d-m-i-n',
      'Adrnin',
      'adm1n1strator',
    ],
    ...[
      'supp0rt',
      '5upport',
      'support-team',
      'SupportTeam',
      'ada-support',
      'official-ada',
      'ada_official',
      'officia1',
    ],
    ...[
      'devcard',
      'd3vcard',
      'devcard-fan',
      'the_dev_card',
      'DevCardTeam',
      'help-team',
      'account-security',
      'billinghelp',
    ],
    ...[
      'moderator2',
      'mod-ada',
      'ada-staff',
      'staff_ada',
      'security-ada',
      'root-root',
      'l0gin',
      'we11-known',
      'rnanifest',
    ],
    ...[
      'superadmin',
      'admin123',
      'verified-ada',
      'ada-verified',
      'custorner-service',
      'no_reply',
      'noreply',
      'uSer5',
    ],
  ])('%s', (name) => {
    expect(checkUsername(name)).toEqual(RESERVED);
  });
});

describe('people can take', () => {
  test.each([
    ...[
      'alice',
      'badminton',
      'modesto',
      'Stafford',
      'rootbeer',
      'Christeam',
      'newton',
      'Carda',
      'Cardano',
      'Ada_Lovelace-1815',
    ],
    ...[
      'johnny5',
      'h4x0r',
      'walter',
      'william',
      'helper',
      'teamwork',
      'infomaniac',
      'mailo',
      'newman',
      'securitas',
      'supply',
    ],
    ...[
      '123',
      '___',
      'devon',
      'cardiff',
      'officer',
      'worker-bee',
      'blogger',
      'pressler',
      'feedly',
      'editha',
      'userland',
    ],
  ])('%s', (name) => {
    expect(checkUsername(name)).toEqual({ ok: true, value: name });
  });
});

test('who has such a name from before keeps it', () => {
  expect(checkOwnUsername('devcard-demo')).toEqual({ ok: true, value: 'devcard-demo' });
  expect(checkOwnUsername('admin')).toEqual(RESERVED);
});
