/** A film of a code for Chromium's fake camera: YUV4MPEG2, out of focus (σ 2), noisy, and tilted by 25°. */

import { sturdyCode } from '../../src/domain/qr/encode.ts';
import { offlineCodeSegments } from '../../src/domain/tokens/offline-code.ts';
import { blurred, noisy, pictureOf } from '../decoders/picture.ts';

const VIEW = { width: 640, height: 480, codeWidth: 400, tilt: 25 };
const BLUR = 2;
const NOISE = 10;
/** Seeds of the noise, one a frame; the film starts anew after them. */
const FRAMES = [1, 2, 3, 4];
const NEUTRAL = 128;

/** The film's bytes. */
export function codeVideo(origin: string, token: string): Buffer {
  const code = sturdyCode(offlineCodeSegments(`${origin}/c#${token}`));
  const still = blurred(pictureOf(code, VIEW), VIEW.width, BLUR);
  const chroma = Buffer.alloc((VIEW.width * VIEW.height) / 2, NEUTRAL);
  const frames = FRAMES.flatMap((seed) => [
    Buffer.from('FRAME\n'),
    Buffer.from(Uint8ClampedArray.from(noisy(still, NOISE, seed))),
    chroma,
  ]);
  const head = `YUV4MPEG2 W${VIEW.width} H${VIEW.height} F10:1 Ip A1:1 C420jpeg\n`;
  return Buffer.concat([Buffer.from(head), ...frames]);
}
