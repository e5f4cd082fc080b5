/** Reads QR codes where the browser has no BarcodeDetector; a chunk of its own. */
import decode from 'qr/decode.js';

/** Longest side that is looked at; more pixels cost time and help little. */
const MAX_SIDE = 1280;
/** A picture may take its time, a frame of the camera is followed by another. */
const PICTURE_LIMIT_MS = 1500;
const FRAME_LIMIT_MS = 60;

const canvas = document.createElement('canvas');
const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;

/** The text of the QR code in the source; undefined where none is found. */
export function decodeSource(source: ImageBitmap | HTMLVideoElement): string | undefined {
  const isFrame = source instanceof HTMLVideoElement;
  const [width, height] = isFrame ? [source.videoWidth, source.videoHeight] : [source.width, source.height];
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  // Transparent pictures are meant for white paper.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  try {
    return decode(context.getImageData(0, 0, canvas.width, canvas.height), {
      timeLimit: isFrame ? FRAME_LIMIT_MS : PICTURE_LIMIT_MS,
    });
  } catch {
    return undefined;
  }
}
