/** The isolate tier: bounded in time, entries and bytes, and closed to copies from before a drop. */
import { expect, test } from 'vitest';
import { IsolateTier } from '../../src/cache/isolate-tier.ts';
import type { StampedRecord } from '../../src/domain/cached-record.ts';

function setUp() {
  const clock = { now: 0 };
  const tier = new IsolateTier({ ttlMs: 5_000, maxEntries: 3, maxCharacters: 100, now: () => clock.now });
  const put = (key: string, size = 10) => tier.put(key, { ...copy(key), size }, tier.generation);
  return { clock, tier, put };
}

const copy = (tag: string): StampedRecord => ({ record: { kind: 'unknown' }, readAt: 0, tag, size: 10 });

test('answers until the moment its time is over', () => {
  const { clock, tier, put } = setUp();
  put('ada');
  clock.now = 4_999;
  expect(tier.get('ada')).toEqual({ stamped: copy('ada'), leftMs: 1 });
  clock.now = 5_000;
  expect(tier.get('ada')).toBeUndefined();
  expect(tier.size).toEqual({ entries: 0, characters: 0 });
});

test('lets the oldest go when there are too many', () => {
  const { tier, put } = setUp();
  for (const key of ['a', 'b', 'c', 'd']) put(key);
  expect(tier.get('a')).toBeUndefined();
  expect(tier.get('d')).toBeDefined();
  expect(tier.size).toEqual({ entries: 3, characters: 30 });
});

test('lets the oldest go when they weigh too much, and refuses what is too heavy alone', () => {
  const { tier, put } = setUp();
  put('a', 60);
  put('b', 60);
  expect(tier.get('a')).toBeUndefined();
  put('c', 101);
  expect(tier.get('c')).toBeUndefined();
  expect(tier.size).toEqual({ entries: 1, characters: 60 });
});

test('replacing an entry does not count it twice', () => {
  const { tier, put } = setUp();
  put('a', 20);
  put('a', 30);
  expect(tier.size).toEqual({ entries: 1, characters: 30 });
});

test('a drop forgets, and refuses copies that were read before it', () => {
  const { tier, put } = setUp();
  put('a');
  const before = tier.generation;
  tier.drop(['a']);
  expect(tier.get('a')).toBeUndefined();
  tier.put('a', copy('old'), before);
  expect(tier.get('a')).toBeUndefined();
  put('a');
  expect(tier.get('a')).toBeDefined();
});
