/**
 * The styles of the pages.
 *
 * They stand in the page itself, allowed by their hash in the Content-Security-Policy: one round trip shows
 * everything, and at 3 KB compressed a cached file of its own would save less than its request costs.
 */
import { ground, mix, readableOn, textOn } from '../domain/color.ts';
import card from './card.css';
import frame from './frame.css';
import paper from './paper.css';
import start from './start.css';

/** The darkest ground of the light looks and the lightest of the dark ones, on which accent-coloured text stands. */
const LIGHT_GROUND = '#f0e9dc';
const DARK_GROUND = '#2b2824';

/** Share of black in the far end of the band, and in the ground of the vivid look in the dark. */
const DEEPER = 0.3;

/** The style sheet without comments and needless spaces; paper comes last, to win over what screens show. */
const STYLE_SHEET = minified([frame, card, start, paper].join(' '));

/** A style sheet without comments and needless spaces. */
export function minified(styles: string): string {
  return styles
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
    .trim();
}

/** What a page makes of an accent colour, `#rrggbb`: a ground with its text, and shades that read as text themselves. */
export function accentShades(accent: string) {
  const { ground: fill, text: onFill } = ground(accent);
  return {
    fill,
    onFill,
    onLight: readableOn(LIGHT_GROUND, accent),
    onDark: readableOn(DARK_GROUND, accent),
  };
}

/** The style elements of a page with an accent colour, `#rrggbb`: the sheet, and what follows from the colour. */
export function stylesFor(accent: string): readonly [sheet: string, accents: string] {
  const { fill, onFill, onLight, onDark } = accentShades(accent);
  const deep = mix(fill, '#000000', DEEPER);
  const colors = {
    '--accent': fill,
    '--on-accent': onFill,
    '--accent-deep': deep,
    '--on-accent-deep': textOn(deep),
    '--accent-on-light': onLight,
    '--accent-on-dark': onDark,
  };
  const declarations = Object.entries(colors).map(([name, color]) => `${name}:${color}`);
  return [STYLE_SHEET, `:root{${declarations.join(';')}}`];
}
