/** A badge for READMEs: `DevCard | @name` as an SVG in the flat style that such badges have. */
import { ground } from './color.ts';

const LABEL = 'DevCard';
const HEIGHT = 20;
const PADDING = 6;
/** Average of a letter of Verdana at 11 px; `textLength` makes every font keep to it. */
const LETTER_WIDTH = 6.8;

/** @param username letters, digits, `-` and `_`, which need no escaping @param accent `#rrggbb` */
export function badge(username: string, accent: string): string {
  const message = `@${username}`;
  const left = widthOf(LABEL);
  const right = widthOf(message);
  const { ground: background, text } = ground(accent);
  const title = `${LABEL}: ${message}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT}" role="img" aria-label="${title}"><title>${title}</title><clipPath id="r"><rect width="${left + right}" height="${HEIGHT}" rx="3"/></clipPath><g clip-path="url(#r)"><path fill="#444" d="M0 0h${left}v${HEIGHT}H0z"/><path fill="${background}" d="M${left} 0h${right}v${HEIGHT}H${left}z"/></g><g text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">${word(LABEL, 0, left, '#fff')}${word(message, left, right, text)}</g></svg>`;
}

const widthOf = (text: string) => Math.round(text.length * LETTER_WIDTH) + 2 * PADDING;

const word = (text: string, from: number, width: number, color: string) =>
  `<text x="${from + width / 2}" y="14" fill="${color}" textLength="${width - 2 * PADDING}">${text}</text>`;
