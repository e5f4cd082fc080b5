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
  let originals: string[];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'distorted-'));
    originals = await Promise.all(
      LAYOUT_2.map(async ({ digits }, number) => {
        const file = join(folder, `${number}.png`);
        const code = sturdyCode(offlineCodeSegments(urlOf(digits)));
        writeFileSync(file, await qrPng(code, FRAME_PIXELS, BLACK_ON_WHITE));
        return file;
      }),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const urlOf = (digits: string) => `${KEYS.issuer}/c#${digits}`;
  // Several threads wait for each other longer than they work on pictures of this size.
  const magick = (args: string[]) =>
    execFileSync(MAGICK!, args, {
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, MAGICK_THREAD_LIMIT: '1' },
    });

  /** The files of all codes distorted, and their pixels. All in one: a program for each takes longer to start than to work. */
  function photograph(distortion: string[]): { files: string[]; pixels: Pixels[] } {
    const suffix = distortion.includes('-quality') ? 'jpg' : 'png';
    const output = join(folder, `distorted-%d.${suffix}`);
    magick([...originals, '-type', 'TrueColor', ...distortion, output]);
    const files = originals.map((_, number) => join(folder, `distorted-${number}.${suffix}`));
    const rgba = magick([...files, '-depth', '8', 'rgba:-']);
    // All pictures are square and as large as each other, also when they were turned.
    const bytes = rgba.length / files.length;
    const side = Math.sqrt(bytes / 4);
    const pixels = files.map((_, number) => ({
      data: new Uint8ClampedArray(rgba.subarray(number * bytes, (number + 1) * bytes)),
      width: side,
      height: side,
    }));
    return { files, pixels };
  }

  /** What zbar reads in each file, in order. */
  function zbar(files: string[]): string[] {
    const options = ['--quiet', '--raw', '--nodbus', '-Sdisable', '-Sqrcode.enable'];
    return execFileSync('zbarimg', [...options, ...files])
      .toString()
      .trim()
      .split('\n');
  }

  describe.each(Object.entries(DISTORTIONS))('%s', (_, distortion) => {
    let pixels: Pixels[];
    let texts: string[];
    beforeAll(() => {
      const photographs = photograph(distortion);
      pixels = photographs.pixels;
      texts = zbar(photographs.files);
    });

    test.each(LAYOUT_2.map((one, number) => ({ ...one, number })))('$name', async ({ digits, number }) => {
      expect(texts[number]).toBe(urlOf(digits));
      for (const [name, read] of Object.entries(READERS))
        expect(await read(pixels[number] as Pixels), name).toBe(urlOf(digits));
    });
  });
});
