/** A film of a code for Chromium's fake camera: YUV4MPEG2, one still frame. */

import { qrCode } from '../../src/domain/qr/encode.ts';
import { offlineCodeSegments } from '../../src/domain/tokens/offline-code.ts';

const WIDTH = 640;
const HEIGHT = 480;
/** Pixels of a module: version 15 then fills most of the height. */
const MODULE = 5;
const WHITE = 235;
const BLACK = 16;
const NEUTRAL = 128;

/** The film's bytes. */
export function codeVideo(origin: string, token: string): Buffer {
  const code = qrCode(offlineCodeSegments(`${origin}/q#${token}`), 'L');
  const luma = Buffer.alloc(WIDTH * HEIGHT, WHITE);
  const [left, top] = [WIDTH, HEIGHT].map((side) => Math.floor((side - code.size * MODULE) / 2)) as [
    number,
    number,
  ];
  for (let y = 0; y < code.size * MODULE; y++) {
    for (let x = 0; x < code.size * MODULE; x++) {
      if (code.has(Math.floor(x / MODULE), Math.floor(y / MODULE)))
        luma[(top + y) * WIDTH + left + x] = BLACK;
    }
  }
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, NEUTRAL);
  const head = `YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\nFRAME\n`;
  return Buffer.concat([Buffer.from(head), luma, chroma]);
}
