/** Taking the shown code along: as a picture, by sharing it, or as a page of badges or business cards. */
import type { QrGrid } from '../src/domain/qr/grid.ts';
import { codePicture, QUIET_ZONE } from './code-picture.ts';
import { el, find, saveFile } from './dom.ts';

/** What is shown, and what it is called. */
export interface Shown {
  grid: QrGrid;
  /** Opens in a browser; also what is copied where nothing can be shared. */
  address: string;
  name: string;
  /** Below the name on paper. */
  detail: string;
  fileName: string;
}

const size = find<HTMLSelectElement>('#size');
const sheet = find<HTMLSelectElement>('#sheet');
const done = find('#taken');

/** Makes the buttons work. @param shown what they work on */
export function prepareTakeAlong(shown: () => Shown | undefined): void {
  const onClick = (id: string, act: (shown: Shown) => unknown) => {
    find(id).onclick = () => {
      const now = shown();
      if (now) act(now);
    };
  };
  onClick('#save-png', async (now) =>
    saveFile(`${now.fileName}.png`, await pngOf(now.grid, Number(size.value))),
  );
  onClick('#save-svg', ({ fileName, grid }) => saveFile(`${fileName}.svg`, svgFile(grid, size.value)));
  onClick('#share', share);
  onClick('#print', print);
}

/** Whole pixels a module, at least as many in all as were asked for. */
function pngOf(grid: QrGrid, pixels: number): Promise<Blob> {
  const side = grid.size + 2 * QUIET_ZONE;
  const scale = Math.ceil(pixels / side);
  const canvas = el('canvas', { width: side * scale, height: side * scale });
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  for (let y = 0; y < grid.size; y++)
    for (let x = 0; x < grid.size; x++)
      if (grid.has(x, y)) context.fillRect((x + QUIET_ZONE) * scale, (y + QUIET_ZONE) * scale, scale, scale);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob as Blob), 'image/png'));
}

function svgFile(grid: QrGrid, pixels: string): Blob {
  const picture = codePicture(grid);
  picture.setAttribute('width', pixels);
  picture.setAttribute('height', pixels);
  return new Blob([new XMLSerializer().serializeToString(picture)], { type: 'image/svg+xml' });
}

/** The picture to another app; where that cannot be, the address to the clipboard. */
async function share({ grid, address, name, fileName }: Shown): Promise<void> {
  const file = new File([await pngOf(grid, Number(size.value))], `${fileName}.png`, { type: 'image/png' });
  const data = { files: [file], title: name };
  if (navigator.canShare?.(data)) {
    // Who closes the sheet without sharing has changed their mind: no error.
    await navigator.share(data).catch(() => undefined);
    return;
  }
  await navigator.clipboard.writeText(address);
  done.textContent = 'The address was copied.';
}

/** Fills the page that only printers see; its measures are in take-along.css. */
function print({ grid, name, detail }: Shown): void {
  const [paper = '', count = ''] = sheet.value.split(' ');
  const one = () =>
    el('div', {}, codePicture(grid), el('p', {}, el('b', { dir: 'auto' }, name), el('bdi', {}, detail)));
  const page = find('#paper');
  page.className = `${paper} of-${count}`;
  page.replaceChildren(...Array.from({ length: Number(count) }, one));
  window.print();
}
