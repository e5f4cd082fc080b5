import { expect, test } from 'vitest';
import { BoundedMap } from '../../src/cache/bounded-map.ts';

test('makes a value once, and keeps no more of them than it may', async () => {
  const recent = new BoundedMap<string>({ maxEntries: 2 });
  const made: string[] = [];
  const get = (key: string) =>
    recent.getOrMake(key, async () => {
      made.push(key);
      return key.toUpperCase();
    });
  expect([await get('a'), await get('a'), await get('b')]).toEqual(['A', 'A', 'B']);
  expect(made).toEqual(['a', 'b']);
  await get('c');
  expect([await get('b'), await get('c')]).toEqual(['B', 'C']);
  expect(made).toEqual(['a', 'b', 'c']);
  await get('a');
  expect(made).toEqual(['a', 'b', 'c', 'a']);
});

test('keeps nothing of what failed', async () => {
  const recent = new BoundedMap<string>({ maxEntries: 2 });
  await expect(recent.getOrMake('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await recent.getOrMake('a', () => 'A')).toBe('A');
});

test('lets the oldest go when they weigh too much, and keeps nothing that is too heavy alone', () => {
  const map = new BoundedMap<string>({ maxEntries: 9, weight: { of: ({ length }) => length, max: 5 } });
  map.set('a', 'xxx');
  map.set('b', 'xxx');
  expect([map.get('a'), map.get('b'), map.size, map.weight]).toEqual([undefined, 'xxx', 1, 3]);
  map.set('b', 'xxxxxx');
  expect([map.get('b'), map.size, map.weight]).toEqual([undefined, 0, 0]);
});

test('forgets when the time of an entry is over, which setting it again begins anew', () => {
  const clock = { now: 0 };
  const map = new BoundedMap<string>({ maxEntries: 9, ttl: { ms: 100, now: () => clock.now } });
  map.set('a', 'A');
  clock.now = 99;
  expect([map.get('a'), map.leftMs('a')]).toEqual(['A', 1]);
  map.set('a', 'B');
  clock.now = 198;
  expect([map.get('a'), map.leftMs('a')]).toEqual(['B', 1]);
  clock.now = 199;
  expect([map.get('a'), map.leftMs('a'), map.size]).toEqual([undefined, 0, 0]);
});

test('what is set again is the newest', () => {
  const map = new BoundedMap<string>({ maxEntries: 2 });
  for (const key of ['a', 'b', 'a', 'c']) map.set(key, key.toUpperCase());
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual(['A', undefined, 'C']);
});
