/** Decoders that nobody here wrote, behind one signature: pixels in, text out. */

import { readFileSync } from 'node:fs';
import jsQr from 'jsqr';
import decodeQr from 'qr/decode.js';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** Pixels, four bytes each: red, green, blue, alpha. */
export interface Pixels {
  data: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
}

/** The text of the QR code in the pixels; undefined where the decoder finds none. */
export type Reader = (pixels: Pixels) => Promise<string | undefined>;

const wasm = readFileSync(new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
prepareZXingModule({ overrides: { wasmBinary: wasm.buffer as ArrayBuffer } });

export const READERS: Readonly<Record<string, Reader>> = {
  'zxing-wasm': async (pixels) => {
    const [found] = await readBarcodes({ ...pixels, colorSpace: 'srgb' } as ImageData, {
      formats: ['QRCode'],
    });
    return found?.text;
  },
  jsqr: async ({ data, width, height }) => jsQr(data, width, height)?.data,
  qr: async (pixels) => {
    try {
      return decodeQr(pixels);
    } catch {
      return undefined;
    }
  },
};
