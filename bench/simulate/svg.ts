/** Just enough SVG for four plots: a frame that follows the reader's light or dark scheme, axes and a legend. */

/** Colours by their place: in light and in dark, each 4.5 : 1 or more against its ground. */
const COLOURS = [
  ['#1d4ed8', '#7aa7ff'],
  ['#0f766e', '#4fd1c5'],
  ['#b45309', '#fbbf62'],
  ['#be123c', '#ff8fa3'],
] as const;

const STYLE = `text{font:13px system-ui,sans-serif;fill:var(--ink)}
.title{font-weight:600;font-size:15px}.end{text-anchor:end}.mid{text-anchor:middle}
svg{--ground:#fff;--ink:#1f2937;--rule:#d1d5db;${variables(0)}}
@media(prefers-color-scheme:dark){svg{--ground:#111827;--ink:#e5e7eb;--rule:#374151;${variables(1)}}}
.ground{fill:var(--ground)}.rule{stroke:var(--rule);stroke-width:1}.bound{stroke:var(--ink);stroke-dasharray:4 4}
.line{fill:none;stroke-width:2.5;stroke-linejoin:round}
.line.s1{stroke-dasharray:9 4}.line.s2{stroke-dasharray:2 4}.line.s3{stroke-dasharray:9 4 2 4}
${COLOURS.map((_, i) => `.f${i}{fill:var(--c${i})}.s${i}{stroke:var(--c${i})}`).join('')}`;

function variables(scheme: 0 | 1): string {
  return COLOURS.map((pair, i) => `--c${i}:${pair[scheme]}`).join(';');
}

/** The plot's ground in the picture. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

const WIDTH = 760;

/** A whole picture. @param description what somebody who cannot see it should know */
export function picture(
  title: string,
  description: string,
  height: number,
  parts: readonly string[],
): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="t d">
<title id="t">${title}</title>
<desc id="d">${description}</desc>
<style>${STYLE}</style>
<rect class="ground" width="${WIDTH}" height="${height}"/>
<text class="title" x="16" y="26">${title}</text>
${parts.join('\n')}
</svg>
`;
}

export function text(x: number, y: number, content: string, className = ''): string {
  return `<text${className && ` class="${className}"`} x="${round(x)}" y="${round(y)}">${content}</text>`;
}

/** Horizontal rules with their labels, from bottom to top. @param ticks places between 0 and 1 */
export function rules(
  { left, top, width, height }: Area,
  ticks: readonly { at: number; label: string }[],
): string {
  return ticks
    .map(({ at, label }) => {
      const y = top + height * (1 - at);
      return `<line class="rule" x1="${left}" x2="${left + width}" y1="${round(y)}" y2="${round(y)}"/>${text(left - 8, y + 4, label, 'end')}`;
    })
    .join('\n');
}

/** Labels under the ground. @param ticks places between 0 and 1 */
export function labels(
  { left, top, width, height }: Area,
  ticks: readonly { at: number; label: string }[],
): string {
  return ticks.map(({ at, label }) => text(left + at * width, top + height + 20, label, 'mid')).join('\n');
}

/** Names of the colours, in a row. @param mark how the plot uses them */
export function legend(mark: 'shape' | 'line', names: readonly string[]): string {
  let left = 64;
  return names
    .map((name, i) => {
      const at = left;
      // About 7.2 units a letter of this size.
      left += 48 + name.length * 7.2;
      const sample =
        mark === 'line'
          ? `<path class="line s${i}" d="M${round(at)} 50h28"/>`
          : `<rect class="f${i}" x="${round(at)}" y="44" width="28" height="12" rx="2"/>`;
      return `${sample}${text(at + 34, 54, name)}`;
    })
    .join('\n');
}

/** A line through points between 0 and 1. */
export function line(area: Area, colour: number, points: readonly (readonly [number, number])[]): string {
  return `<path class="line s${colour}" d="M${points.map((point) => place(area, point)).join('L')}"/>`;
}

/** A filled shape through points between 0 and 1. */
export function shape(area: Area, colour: number, points: readonly (readonly [number, number])[]): string {
  return `<path class="f${colour}" d="M${points.map((point) => place(area, point)).join('L')}Z"/>`;
}

function place({ left, top, width, height }: Area, [x, y]: readonly [number, number]): string {
  return `${round(left + x * width)} ${round(top + (1 - y) * height)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
