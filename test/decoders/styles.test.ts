/** Codes with a face: every combination that is let through is read by four decoders that nobody here wrote. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BOLD } from '../../src/domain/preview/harfbuzz.ts';
import { sturdyCode } from '../../src/domain/qr/encode.ts';
import type { QrGrid } from '../../src/domain/qr/grid.ts';
import {
  parseQrStyle,
  QR_LEVELS,
  QR_LOGOS,
  QR_SHAPES,
  type QrStyle,
  styledCode,
  styledLayout,
} from '../../src/domain/qr/style.ts';
import { styledPng } from '../../src/domain/qr/styled.ts';
import { offlineCodeSegments } from '../../src/domain/tokens/offline-code.ts';
import { typesetterFor } from '../domain/preview/open-fonts.ts';
import { KEYS, LAYOUT_2 } from '../verify/vectors.ts';
import { readPng } from './png.ts';
import { READERS } from './readers.ts';

const hasZbar = spawnSync('zbarimg', ['--version']).status === 0;
const ORIGIN = 'https://devcard-edge.example.workers.dev';
const MAX_NAME = 50;

/** Nearly the least contrast that is let through, and a light ground that is not white. */
const FAINT = { fg: '#686868', bg: '#ffffff' };
const COLORFUL = { fg: '#1a237e', bg: '#ffd54f' };

const STYLES: Partial<QrStyle>[] = QR_SHAPES.flatMap((shape) =>
  QR_LOGOS.flatMap((logo) => QR_LEVELS.map((level) => ({ shape, logo, level }))),
).filter(({ logo, level }) => logo === 'none' || level === 'Q' || level === 'H');

/** Whether the API draws an address in a style. */
function isLetThrough(url: string, style: QrStyle): boolean {
  try {
    styledLayout(styledCode(url, style), 2048, style);
    return true;
  } catch {
    return false;
  }
}

function outlineOf(letters: string) {
  return typesetterFor([letters]).typesetter.line(letters, BOLD);
}

/** What each decoder reads of a picture. */
async function readings(code: QrGrid, size: number, style: QrStyle, letters = 'AL') {
  const png = await styledPng(code, size, style, outlineOf(letters));
  const pixels = readPng(png);
  const read = await Promise.all(
    Object.entries(READERS).map(async ([name, reader]) => [name, await reader(pixels)] as const),
  );
  return Object.fromEntries(hasZbar ? [...read, ['zbar', zbar(png)]] : read);
}

function zbar(png: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'styles-'));
  const file = join(folder, 'code.png');
  writeFileSync(file, png);
  const options = ['--quiet', '--raw', '--nodbus', '-Sdisable', '-Sqrcode.enable'];
  try {
    return execFileSync('zbarimg', [...options, file])
      .toString()
      .trim();
  } catch {
    return '';
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const allRead = (url: string) =>
  Object.fromEntries([...Object.keys(READERS), ...(hasZbar ? ['zbar'] : [])].map((name) => [name, url]));

describe.each(STYLES)('$shape modules, logo $logo, level $level', (some) => {
  test.each([
    ['a short name, as small as it may be', 3, { ...FAINT, scale: 4 }],
    ['the longest name that has room', MAX_NAME, { ...COLORFUL, scale: 7 }],
  ])('%s', async (_, longest, { scale, ...colors }) => {
    const style = parseQrStyle({ ...colors, ...some });
    let length = longest;
    const urlOf = () => `${ORIGIN}/u/${'Ab3-_x'.repeat(9).slice(0, length)}`;
    while (!isLetThrough(urlOf(), style)) length -= 1;
    expect(length).toBeGreaterThanOrEqual(3);
    const code = styledCode(urlOf(), style);
    expect(await readings(code, scale * (code.size + 8) + 1, style)).toEqual(allRead(urlOf()));
  });
});

test.each(['W', 'MM', 'Q\u00c5', '山', 'أ\u200cم', 'ß', '1'])('initials %s', async (letters) => {
  const style = parseQrStyle({ logo: 'initials', shape: 'dots' });
  const url = `${ORIGIN}/u/ada`;
  expect(await readings(styledCode(url, style), 400, style, letters)).toEqual(allRead(url));
});

test.each(
  QR_SHAPES.flatMap((shape) => LAYOUT_2.filter((_, i) => i % 3 === 2).map((code) => ({ ...code, shape }))),
)('the offline code $name of $shape modules', async ({ digits, shape }) => {
  const url = `${KEYS.issuer}/c#${digits}`;
  const code = sturdyCode(offlineCodeSegments(url));
  const style = parseQrStyle({ ...FAINT, shape });
  expect(await readings(code, 4 * (code.size + 8), style)).toEqual(allRead(url));
});
