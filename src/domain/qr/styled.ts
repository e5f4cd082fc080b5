/** Pictures of codes with shapes and logos, as SVG and PNG. Plain codes have quicker ones: `svg.ts`, `png.ts`. */
import { mix } from '../color.ts';
import { encodePng, FILTER_UP } from '../png.ts';
import { Rasterizer } from '../preview/rasterizer.ts';
import type { QrGrid } from './grid.ts';
import { drawInto, MARK_OUTLINE, type Outline, pathPen } from './logo.ts';
import { DOT, modulePaths, moduleTiles, type StyledModules, styledModules } from './shapes.ts';
import { type QrStyle, styledLayout } from './style.ts';

/** Of the free square in the middle: the rest keeps the logo apart from the modules. */
const LOGO_SIZE = 0.76;
/** Steps between the two colours, which smooth edges are made of. */
const SHADES = 16;

/** What is drawn of a code inside its quiet zone, in units of modules. @param initials where the style has them */
export function styledPaths(code: QrGrid, style: QrStyle, initials: Outline | undefined): string {
  const modules = styledModules(code, style);
  const { flat, round } = modulePaths(modules, style.shape);
  const width = style.shape === 'dots' ? ` stroke-width="${DOT}"` : '';
  return (
    (flat && `<path stroke="${style.fg}" d="${flat}"/>`) +
    (round && `<path stroke="${style.fg}" stroke-linecap="round"${width} d="${round}"/>`) +
    logoPath(modules, style, initials)
  );
}

function logoPath(
  { size, hole }: StyledModules,
  { fg, logo }: QrStyle,
  initials: Outline | undefined,
): string {
  if (hole === 0) return '';
  const { pen, path } = pathPen();
  drawInto(outlineOf(logo, initials), size / 2, hole * LOGO_SIZE, pen);
  return `<path fill="${fg}" stroke="none" d="${path()}"/>`;
}

/** Initials that no font has are replaced by the mark. */
function outlineOf(logo: QrStyle['logo'], initials: Outline | undefined): Outline {
  return (logo === 'initials' && initials) || MARK_OUTLINE;
}

/** A standalone SVG document. @throws Problem as `styledLayout` */
export function styledSvg(code: QrGrid, requested: number, style: QrStyle, initials?: Outline): string {
  const { size, scale, margin } = styledLayout(code, requested, style);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}"><path fill="${style.bg}" d="M0 0h${size}v${size}H0z"/><g transform="translate(${margin} ${margin})scale(${scale})">${styledPaths(code, style, initials)}</g></svg>\n`;
}

/** A PNG. @throws Problem as `styledLayout` */
export function styledPng(
  code: QrGrid,
  requested: number,
  style: QrStyle,
  initials?: Outline,
): Promise<Uint8Array<ArrayBuffer>> {
  const { size, scale, margin } = styledLayout(code, requested, style);
  const modules = styledModules(code, style);
  const pixels = new Uint8Array(size * size);
  const put = (x: number, y: number, share: number) => {
    pixels[y * size + x] = Math.round(share * (SHADES - 1));
  };
  const tileOf = moduleTiles(modules, style.shape, scale);
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      if (!modules.has(x, y)) continue;
      const [left, top] = [margin + x * scale, margin + y * scale];
      for (const [i, share] of tileOf(x, y).entries())
        put(left + (i % scale), top + Math.floor(i / scale), share);
    }
  }
  if (modules.hole > 0) {
    const side = modules.hole * scale;
    const corner = margin + ((code.size - modules.hole) / 2) * scale;
    const raster = new Rasterizer(side, side);
    // The rasterizer's pen has y upwards.
    const { moveTo, lineTo, curveTo } = raster.pen(0, 0, 1);
    drawInto(outlineOf(style.logo, initials), side / 2, side * LOGO_SIZE, {
      moveTo: (x, y) => moveTo(x, -y),
      lineTo: (x, y) => lineTo(x, -y),
      curveTo: (cx, cy, x, y) => curveTo(cx, -cy, x, -y),
    });
    raster.visit((x, y, share) => put(corner + x, corner + y, share));
  }
  return encodePng({
    width: size,
    height: size,
    depth: 8,
    palette: Array.from({ length: SHADES }, (_, i) => mix(style.bg, style.fg, i / (SHADES - 1))),
    scanLines: filtered(pixels, size),
  });
}

/** Each row as its difference from the one above, which compresses best. */
function filtered(pixels: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const lines = new Uint8Array(size * (size + 1));
  for (let y = 0; y < size; y++) {
    const start = y * (size + 1);
    lines[start] = FILTER_UP;
    for (let x = 0; x < size; x++)
      lines[start + 1 + x] = pixels[y * size + x]! - (y > 0 ? pixels[(y - 1) * size + x]! : 0);
  }
  return lines;
}
