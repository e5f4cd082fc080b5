/**
 * Codes as cameras see them: smaller, blurred, turned, as JPEG, read by four decoders that nobody here wrote.
 * Runs where zbarimg (zbar-tools) and ImageMagick are installed; CI installs both.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sturdyCode } from '../../src/domain/qr/encode.ts';
import { BLACK_ON_WHITE } from '../../src/domain/qr/picture.ts';
import { qrPng } from '../../src/domain/qr/png.ts';
import { offlineCodeSegments } from '../../src/domain/tokens/offline-code.ts';
import { KEYS, LAYOUT_2 } from '../verify/vectors.ts';
import { type Pixels, READERS } from './readers.ts';

/** Short side of a camera frame that every phone delivers. */
const FRAME_PIXELS = 640;

/** ImageMagick 7, and 6 under the name that Debian gives it. */
const MAGICK = ['magick', 'convert-im6.q16'].find((command) => spawnSync(command, ['-version']).status === 0);
const hasZbar = spawnSync('zbarimg', ['--version']).status === 0;

const DISTORTIONS: Readonly<Record<string, string[]>> = {
  'as it is': [],
  'at 60 %': ['-resize', '60%'],
  blurred: ['-blur', '0x1.2'],
  'turned by 5°': ['-background', 'white', '-rotate', '5'],
  'as JPEG of quality 60': ['-quality', '60'],
};

describe.runIf(MAGICK && hasZbar)('distorted', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'distorted-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Writes the distorted code as a JPEG or PNG file and gives its path. */
  async function photograph(url: string, distortion: string[]): Promise<string> {
    const original = join(folder, 'original.png');
    const code = sturdyCode(offlineCodeSegments(url));
    writeFileSync(original, await qrPng(code, FRAME_PIXELS, BLACK_ON_WHITE));
    const file = join(folder, distortion.includes('-quality') ? 'distorted.jpg' : 'distorted.png');
    execFileSync(MAGICK!, [original, '-type', 'TrueColor', ...distortion, file]);
    return file;
  }

  function pixelsOf(file: string): Pixels {
    const size = execFileSync(MAGICK!, [file, '-format', '%w %h', 'info:']).toString();
    const [width = 0, height = 0] = size.split(' ').map(Number);
    const rgba = execFileSync(MAGICK!, [file, '-depth', '8', 'rgba:-'], { maxBuffer: 16 * 1024 * 1024 });
    return { data: new Uint8ClampedArray(rgba), width, height };
  }

  function zbar(file: string): string {
    const options = ['--quiet', '--raw', '--nodbus', '-Sdisable', '-Sqrcode.enable'];
    return execFileSync('zbarimg', [...options, file])
      .toString()
      .trim();
  }

  describe.each(Object.entries(DISTORTIONS))('%s', (_, distortion) => {
    test.each(LAYOUT_2)('$name', async ({ digits }) => {
      const url = `${KEYS.issuer}/c#${digits}`;
      const file = await photograph(url, distortion);
      expect(zbar(file)).toBe(url);
      const pixels = pixelsOf(file);
      for (const [name, read] of Object.entries(READERS)) expect(await read(pixels), name).toBe(url);
    });
  });
});
