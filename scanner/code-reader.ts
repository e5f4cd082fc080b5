/** Finds the text of a QR code in a picture or a video, with the browser's own detector where it has one. */

import { findCandidates } from '../verify/find-token.ts';

type Source = ImageBitmap | HTMLVideoElement;
type ReadCode = (source: Source) => Promise<string | undefined>;

/** Not part of TypeScript's DOM yet (W3C Shape Detection). */
declare class BarcodeDetector {
  static getSupportedFormats(): Promise<string[]>;
  constructor(options: { formats: string[] });
  detect(source: Source): Promise<{ rawValue: string }[]>;
}

/** What reads codes is not there, as where its file could not be loaded. */
export class ReaderError extends Error {}

/** The same for people. */
export const NO_READER = 'What reads codes could not be loaded. Look at the connection, and try again.';

let reader: Promise<ReadCode> | undefined;

/** Whether a code is a signed card, or the address of a profile: others, as of the Wi-Fi, may stand beside it. */
function isWanted(text: string): boolean {
  return findCandidates(text).length > 0 || text.startsWith(`${location.origin}/u/`);
}

/** The text of the QR code in the source, ours where there are several; undefined where none is found. @throws ReaderError */
export async function readCode(source: Source): Promise<string | undefined> {
  return (await prepareReader())(source);
}

/** Loads what reads codes, so that a later release cannot take it away from an open page. @throws ReaderError */
export function prepareReader(): Promise<ReadCode> {
  reader ??= chooseReader().catch(() => {
    reader = undefined;
    throw new ReaderError();
  });
  return reader;
}

async function chooseReader(): Promise<ReadCode> {
  const isNative =
    'BarcodeDetector' in globalThis && (await BarcodeDetector.getSupportedFormats()).includes('qr_code');
  if (isNative) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    return async (source) => {
      const texts = (await detector.detect(source)).map(({ rawValue }) => rawValue);
      return texts.find(isWanted) ?? texts[0];
    };
  }
  const { decodeSource } = await import('./decoder.ts');
  return async (source) => decodeSource(source, isWanted);
}
