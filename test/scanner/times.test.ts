/** Times in words. */
import { expect, test } from 'vitest';
import { clock, distance } from '../../scanner/times.ts';

const seconds = (year: number, month: number, day: number, hour: number, minute: number) =>
  new Date(year, month - 1, day, hour, minute).getTime() / 1000;
const NOW = seconds(2026, 11, 23, 14, 25);

test.each([
  [seconds(2026, 11, 23, 14, 5), '14:05'],
  [seconds(2026, 11, 23, 0, 0), '00:00'],
  [seconds(2026, 11, 22, 23, 59), 'Nov 22, 23:59'],
  [seconds(2025, 12, 31, 9, 30), 'Dec 31, 2025, 09:30'],
])('clock %#', (then, words) => {
  expect(clock(then, NOW)).toBe(words);
});

test.each([
  [0, 'just now'],
  [-59, 'just now'],
  [59, 'just now'],
  [-60, '1 minute ago'],
  [-20 * 60, '20 minutes ago'],
  [-3599, '59 minutes ago'],
  [-3600, '1 hour ago'],
  [-86_400, '1 day ago'],
  [-7 * 86_400, '7 days ago'],
  [2 * 3600, 'in 2 hours'],
])('a distance of %i s', (offset, words) => {
  expect(distance(NOW + offset, NOW)).toBe(words);
});
