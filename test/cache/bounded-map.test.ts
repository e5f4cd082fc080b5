import { expect, test } from 'vitest';
import { BoundedMap } from '../../src/cache/bounded-map.ts';

test('makes a value once, and keeps no more of them than it may', async () => {
  const recent = new BoundedMap<string>(2);
  const made: string[] = [];
  const get = (key: string) =>
    recent.get(key, async () => {
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
  const recent = new BoundedMap<string>(2);
  await expect(recent.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await recent.get('a', () => 'A')).toBe('A');
});
