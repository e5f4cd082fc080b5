/** Colours and their contrast (WCAG 2.2): text on an owner's accent colour, and the accent colour as text. */

/** `#rrggbb` */
type Hex = string;

/** Contrast that text needs at level AA. */
export const TEXT_CONTRAST = 4.5;

/** The three channels of `#rrggbb`, 0 to 255. */
export function rgb(color: Hex): [red: number, green: number, blue: number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

/** Relative luminance of an sRGB colour, 0 to 1. */
export function luminance(color: Hex): number {
  const [red, green, blue] = rgb(color).map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours, 1 to 21. */
export function contrast(one: Hex, other: Hex): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Black or white, whichever reads better on a colour: at worst the contrast is 4.58. */
export function textOn(background: Hex): Hex {
  return contrast('#ffffff', background) >= contrast('#000000', background) ? '#ffffff' : '#000000';
}

/** White text on a darker shade is preferred to black text where the colour itself is at least this far from white. */
const NEARLY_READABLE = 3;

/**
 * The ground for a text in the spirit of a colour, and the text's own colour. A middling colour becomes a little
 * darker under white text; a light one stays as it is under black text.
 */
export function ground(color: Hex): { ground: Hex; text: Hex } {
  if (contrast('#ffffff', color) < NEARLY_READABLE) return { ground: color, text: '#000000' };
  return { ground: readableOn('#ffffff', color), text: '#ffffff' };
}

/**
 * The nearest shade of a colour that reads as text on a background: mixed in small steps with black on a light
 * background and with white on a dark one, so that its hue stays.
 */
export function readableOn(background: Hex, color: Hex): Hex {
  const end = textOn(background);
  for (let step = 0; step < MIX_STEPS; step++) {
    const shade = mix(color, end, step / MIX_STEPS);
    if (contrast(shade, background) >= TEXT_CONTRAST) return shade;
  }
  return end;
}

const MIX_STEPS = 20;

/** @param share of `other`, 0 to 1 */
export function mix(color: Hex, other: Hex, share: number): Hex {
  const to = rgb(other);
  const channels = rgb(color).map((from, i) => Math.round(from + ((to[i] ?? 0) - from) * share));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
