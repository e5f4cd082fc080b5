/** Finds the text of a QR code in a picture or a video, with the browser's own detector where it has one. */

type Source = ImageBitmap | HTMLVideoElement;
type ReadCode = (source: Source) => Promise<string | undefined>;

/** Not part of TypeScript's DOM yet (W3C Shape Detection). */
declare class BarcodeDetector {
  static getSupportedFormats(): Promise<string[]>;
  constructor(options: { formats: string[] });
  detect(source: Source): Promise<{ rawValue: string }[]>;
}

let reader: Promise<ReadCode> | undefined;

/** The text of the QR code in the source; undefined where none is found. */
export async function readCode(source: Source): Promise<string | undefined> {
  reader ??= chooseReader();
  return (await reader)(source);
}

async function chooseReader(): Promise<ReadCode> {
  const isNative =
    'BarcodeDetector' in globalThis && (await BarcodeDetector.getSupportedFormats()).includes('qr_code');
  if (isNative) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    return async (source) => (await detector.detect(source))[0]?.rawValue;
  }
  const { decodeSource } = await import('./decoder.ts');
  return async (source) => decodeSource(source);
}
