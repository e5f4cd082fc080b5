/** QR codes as SVG: one path, a stroke along every run of dark modules, which is the shortest of the forms tried. */

import type { QrGrid } from './grid.ts';
import { type QrColors, qrLayout } from './picture.ts';

/** A standalone SVG document of `size` × `size` pixels. Throws as `qrLayout` does. */
export function qrSvg(code: QrGrid, requested: number, { fg, bg }: QrColors): string {
  const { size, scale, margin } = qrLayout(code, requested);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<path fill="${bg}" d="M0 0h${size}v${size}H0z"/>` +
    `<path transform="translate(${margin} ${margin})scale(${scale})" stroke="${fg}" d="${darkRuns(code)}"/></svg>\n`
  );
}

/** Path data with a stroke of width 1 through the middle of every horizontal run of dark modules. */
export function darkRuns(code: QrGrid): string {
  let path = '';
  for (let y = 0; y < code.size; y++) {
    let end = -1;
    for (let x = 0; x < code.size; x++) {
      if (!code.has(x, y)) continue;
      const start = x;
      while (x < code.size && code.has(x, y)) x++;
      path += end < 0 ? `M${start} ${y}.5h${x - start}` : `m${start - end} 0h${x - start}`;
      end = x;
    }
  }
  return path;
}
