/** Which name somebody of an existing DevCard gets here. */
import { expect, test } from 'vitest';
import { candidatesFor, chooseName, isPlain, nameFinding } from '../../../dev/import-devcard/names.ts';
import { checkUsername } from '../../../src/domain/usernames.ts';

const wish = (old: string, rank = 1) => ({ old, userId: '11111111-0000-4000-8000-000000000001', rank });
const nameOf = (old: string, rank = 1, taken: string[] = []) => {
  const name =
    isPlain(wish(old, rank)) && !taken.includes(old.toLowerCase())
      ? old
      : chooseName(candidatesFor(wish(old, rank)), new Set(taken));
  return [name, name === undefined ? undefined : nameFinding(wish(old, rank), name)?.reason];
};

test.each([
  ['ada', 'ada', undefined],
  ['Ada_Lovelace-1', 'Ada_Lovelace-1', undefined],
  ['_ada', '_ada', undefined],
  ['janedoex_mwwr28v3', 'janedoex_mwwr28v3', undefined],
  ['me', 'me-2', 'name-too-short'],
  ['x', 'x-2', 'name-too-short'],
  ['a'.repeat(73), 'a'.repeat(50), 'name-too-long'],
  [`${'a'.repeat(49)}_${'b'.repeat(8)}`, 'a'.repeat(49), 'name-too-long'],
  ['card', 'card-2', 'name-reserved'],
  ['API', 'API-2', 'name-reserved'],
  ['admin', 'u-admin-2', 'name-reserved'],
  ['support_team', 'u-support_team-2', 'name-reserved'],
  ['jane.doe', 'jane-doe', 'name-characters'],
  ['Jürgen Groß', 'Jurgen-Gross', 'name-characters'],
  ['.jane.', 'jane', 'name-characters'],
])('%s becomes %s', (old, name, reason) => {
  expect(nameOf(old)).toEqual([name, reason]);
});

test('names of other scripts, of the brand and of nothing become one made of the id', () => {
  for (const old of ['名前', '', '…', 'devcard-demo'])
    expect(nameOf(old)[0]).toMatch(/^(?:u-[\da-f]{12}|-[\da-f]{6}|u--\w+)$/);
});

test('the younger of two that differ by case gets a suffix, past those that are taken', () => {
  expect(nameOf('ADA', 2)).toEqual(['ADA-2', 'name-same-but-for-case']);
  expect(nameOf('ADA', 3, ['ada-2', 'ada-3'])).toEqual(['ADA-4', 'name-same-but-for-case']);
  const numbers = Array.from({ length: 8 }, (_, i) => `ada-${i + 2}`);
  expect(nameOf('ada', 2, numbers)[0]).toMatch(/^ada-[\da-f]{6}$/);
});

test('a name that somebody has here gets a suffix; a long one is cut for it', () => {
  expect(nameOf('ada', 1, ['ada'])).toEqual(['ada-2', 'name-taken-here']);
  const long = 'b'.repeat(50);
  expect(nameOf(long, 1, [long])).toEqual([`${'b'.repeat(48)}-2`, 'name-taken-here']);
});

test('every candidate is a name that may be taken, and is the same in every run', () => {
  for (const old of ['card', 'ada', 'official', 'devcard', 'é', 'a'.repeat(80)]) {
    const candidates = candidatesFor(wish(old, 2));
    expect(candidates.length).toBeGreaterThan(0);
    expect(candidates.filter((name) => !checkUsername(name).ok)).toEqual([]);
    expect(candidatesFor(wish(old, 2))).toEqual(candidates);
  }
});
