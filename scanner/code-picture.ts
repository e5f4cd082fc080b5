/** The picture of a QR code as an element: dark on white, whatever the page's colours, with its quiet zone. */
import type { QrGrid } from '../src/domain/qr/grid.ts';
import { darkRuns } from '../src/domain/qr/svg.ts';

/** Light modules around a code (ISO/IEC 18004 section 9.1). */
export const QUIET_ZONE = 4;

/** A picture that fills what it stands in; each module is a unit of its own coordinates. */
export function codePicture(grid: QrGrid): SVGElement {
  const side = grid.size + 2 * QUIET_ZONE;
  const svg = svgElement('svg', {
    viewBox: `${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`,
    'shape-rendering': 'crispEdges',
  });
  const ground = `M${-QUIET_ZONE} ${-QUIET_ZONE}h${side}v${side}h${-side}z`;
  svg.append(
    svgElement('path', { d: ground, fill: '#fff', stroke: 'none' }),
    svgElement('path', {
      d: darkRuns(grid),
      stroke: '#000',
      'stroke-width': '1',
      'stroke-linecap': 'butt',
    }),
  );
  return svg;
}

function svgElement(name: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
