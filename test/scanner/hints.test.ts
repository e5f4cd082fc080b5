/** Hints to who aims in vain. */
import { expect, test } from 'vitest';
import { HINT_HEIGHT, HINT_WIDTH, hintOf } from '../../scanner/hints.ts';

/** A frame of stripes, moved to the side by some pixels. */
function stripes(dark: number, light: number, shift = 0): Uint8ClampedArray {
  const frame = new Uint8ClampedArray(4 * HINT_WIDTH * HINT_HEIGHT);
  for (let pixel = 0; pixel < frame.length / 4; pixel++) {
    const isDark = ((pixel % HINT_WIDTH) + shift) % 8 < 4;
    frame.fill(isDark ? dark : light, 4 * pixel, 4 * pixel + 3);
    frame[4 * pixel + 3] = 255;
  }
  return frame;
}

test.each([
  ['a dark frame', stripes(0, 60), stripes(0, 60), 'More light helps.'],
  ['a dark frame that moves', stripes(0, 60), stripes(0, 60, 4), 'More light helps.'],
  ['a frame that moves', stripes(20, 200), stripes(20, 200, 3), 'Hold it still for a moment.'],
  ['a frame that rests', stripes(20, 200), stripes(20, 200), 'Move closer, until the code fills the frame.'],
  ['a frame with noise', stripes(20, 200), stripes(28, 192), 'Move closer, until the code fills the frame.'],
])('%s', (_, before, now, hint) => {
  expect(hintOf(before, now)).toBe(hint);
});
