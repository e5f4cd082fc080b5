/** The camera: shows what it sees and looks for a code in it. */
import { NO_READER, ReaderError, readCode } from './code-reader.ts';

/** Between two looks, so that the page stays quick and the phone cool. */
const PAUSE_MS = 100;

const CAMERA: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
};

/**
 * Looks through the camera until it sees a code.
 * @returns the code's text, or undefined when the signal ended the search
 * @throws DOMException when there is no camera or it may not be used; ReaderError
 */
export async function scanWithCamera(
  video: HTMLVideoElement,
  signal: AbortSignal,
): Promise<string | undefined> {
  const stream = await navigator.mediaDevices.getUserMedia(CAMERA);
  try {
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      const text = await readCode(video);
      if (text && !signal.aborted) return text;
      await new Promise((resume) => setTimeout(resume, PAUSE_MS));
    }
    return undefined;
  } finally {
    video.srcObject = null;
    for (const track of stream.getTracks()) track.stop();
  }
}

/** What went wrong, for people. */
export function cameraTrouble(error: unknown): string {
  if (error instanceof ReaderError) return NO_READER;
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError')
    return 'The camera may not be used. Allow it in the settings of the browser, or choose a picture.';
  if (name === 'NotReadableError') return 'Another app uses the camera. Close that, or choose a picture.';
  return 'There is no camera here. Choose a picture, or paste the code.';
}
