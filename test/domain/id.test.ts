/** Stretches of ids: without gap or overlap, from the first id to the last. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idRange, isId } from '../../src/domain/id.ts';

test('all ids in one stretch, and cut in four', () => {
  expect(idRange(1, 1)).toEqual([
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
  ]);
  expect(idRange(3, 4)).toEqual([
    '80000000-0000-0000-0000-000000000000',
    'bfffffff-ffff-ffff-ffff-ffffffffffff',
  ]);
});

test('every stretch begins one after the end of the one before', () => {
  const number = (id: string) => BigInt(`0x${id.replaceAll('-', '')}`);
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 50_000 }), fc.nat(), (parts, chance) => {
      const part = 1 + (chance % (parts - 1));
      const [, last] = idRange(part, parts);
      const [next] = idRange(part + 1, parts);
      expect([isId(last), isId(next)]).toEqual([true, true]);
      expect(number(next)).toBe(number(last) + 1n);
    }),
  );
});
