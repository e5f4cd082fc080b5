/** Whatever colour an owner chooses, text on it and text in it can be read (WCAG 2.2 AA). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrast, ground, mix, readableOn, TEXT_CONTRAST, textOn } from '../../src/domain/color.ts';

const colors = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('for any colour', () => {
  test('black or white reads on it', () => {
    fc.assert(fc.property(colors, (color) => contrast(textOn(color), color) >= TEXT_CONTRAST));
  });

  test('its ground reads with the text that goes with it', () => {
    fc.assert(
      fc.property(colors, (color) => {
        const { ground: fill, text } = ground(color);
        return contrast(fill, text) >= TEXT_CONTRAST;
      }),
    );
  });

  test('a shade of it reads on any other colour', () => {
    fc.assert(
      fc.property(colors, colors, (color, other) => {
        return contrast(readableOn(other, color), other) >= TEXT_CONTRAST;
      }),
    );
  });
});

test('a colour that reads already stays as it is', () => {
  expect(readableOn('#ffffff', '#0f766e')).toBe('#0f766e');
  expect(ground('#facc15')).toEqual({ ground: '#facc15', text: '#000000' });
});

test('a colour that almost carries white text becomes a little darker', () => {
  expect(ground('#6366f1')).toEqual({ ground: '#5e61e5', text: '#ffffff' });
});

test('contrast and mixture have the known values', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#ffffff', '#777777')).toBeCloseTo(4.48, 2);
  expect(mix('#ff0000', '#0000ff', 0.5)).toBe('#800080');
});
