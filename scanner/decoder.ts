/** Reads QR codes where the browser has no BarcodeDetector; a chunk of its own. */
import { readPixels } from './codes-in-pixels.ts';

/** Longest side that is looked at; more pixels cost time and help little. */
const MAX_SIDE = 1280;
/** A picture may take its time, a frame of the camera is followed by another. */
const PICTURE_LIMIT_MS = 1500;
const FRAME_LIMIT_MS = 60;

const canvas = document.createElement('canvas');
const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;

/** Every other frame is looked at in the mirror as well: some cameras and shop windows turn codes round. */
let isMirrorsTurn = false;

/** The text of the QR code in the source, of one that is wanted where there are several; undefined where none is found. */
export function decodeSource(
  source: ImageBitmap | HTMLVideoElement,
  isWanted: (text: string) => boolean,
): string | undefined {
  const isFrame = source instanceof HTMLVideoElement;
  const [width, height] = isFrame ? [source.videoWidth, source.videoHeight] : [source.width, source.height];
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  // Transparent pictures are meant for white paper.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  isMirrorsTurn = !isMirrorsTurn;
  return readPixels(
    context.getImageData(0, 0, canvas.width, canvas.height),
    isWanted,
    isFrame ? FRAME_LIMIT_MS : PICTURE_LIMIT_MS,
    !isFrame || isMirrorsTurn,
  );
}
