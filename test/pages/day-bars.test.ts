/** Bars by day: exact pictures. */
import { expect, test } from 'vitest';
import { DayBars } from '../../src/pages/day-bars.tsx';

const draw = (values: number[], max: number) =>
  String(DayBars({ label: 'Views a day', values, max, height: 40 }));

test('a bar a day on a base line, as high as its share of the highest', () => {
  expect(draw([0, 5, 10], 10)).toBe(
    '<svg role="img" aria-label="Views a day" viewBox="0 0 24 41" width="100%" height="40" preserveAspectRatio="none">' +
      '<path d="M8 20h6v20h-6zM16 0h6v40h-6zM0 40h24v1h-24z"></path></svg>',
  );
});

test('one view beside a thousand still shows, and none shows nothing', () => {
  expect(draw([1, 1000], 1000)).toContain('d="M0 38h6v2h-6zM8 0h6v40h-6zM0 40h16v1h-16z"');
  expect(draw([0, 0], 0)).toContain('d="M0 40h16v1h-16z"');
});

test('a label is text', () => {
  expect(String(DayBars({ label: '"><script>', values: [], max: 1, height: 1 }))).not.toContain('<script>');
});
