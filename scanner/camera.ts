/** The camera: shows what it sees and looks for a code in it. */
import { NO_READER, ReaderError, readCode } from './code-reader.ts';
import { HINT_HEIGHT, HINT_WIDTH, hintOf } from './hints.ts';

/** Between two looks, so that the page stays quick and the phone cool. */
const PAUSE_MS = 100;
/** After this without a code there is a hint, and another one after each further pause. */
const HINT_AFTER_MS = 8_000;
const HINT_PAUSE_MS = 3_000;

const CAMERA: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
};

/** What goes on beside the search. */
interface Watch {
  /** Called once where the camera has a light. @param light switches it */
  onTorch(light: (isOn: boolean) => Promise<void>): void;
  /** Called with a sentence when no code was found for a while. */
  onHint(hint: string): void;
}

/** Not part of TypeScript's DOM (Image Capture). */
type WithTorch<T> = T & { torch?: boolean };

/**
 * Looks through the camera until it sees a code.
 * @returns the code's text, or undefined when the signal ended the search
 * @throws DOMException when there is no camera or it may not be used; ReaderError
 */
export async function scanWithCamera(
  video: HTMLVideoElement,
  signal: AbortSignal,
  watch: Watch,
): Promise<string | undefined> {
  const stream = await navigator.mediaDevices.getUserMedia(CAMERA);
  const hints = setTimeout(() => giveHints(video, signal, watch.onHint), HINT_AFTER_MS);
  try {
    video.srcObject = stream;
    await video.play();
    offerTorch(stream.getVideoTracks()[0], watch.onTorch);
    while (!signal.aborted) {
      const text = await readCode(video);
      if (text && !signal.aborted) return text;
      await new Promise((resume) => setTimeout(resume, PAUSE_MS));
    }
    return undefined;
  } finally {
    clearTimeout(hints);
    video.srcObject = null;
    for (const track of stream.getTracks()) track.stop();
  }
}

function offerTorch(track: MediaStreamTrack | undefined, onTorch: Watch['onTorch']): void {
  // Firefox does not know what its cameras can do.
  const abilities: WithTorch<MediaTrackCapabilities> = track?.getCapabilities?.() ?? {};
  if (!abilities.torch) return;
  onTorch(async (isOn) => {
    const constraint: WithTorch<MediaTrackConstraintSet> = { torch: isOn };
    await track?.applyConstraints({ advanced: [constraint] });
  });
}

async function giveHints(
  video: HTMLVideoElement,
  signal: AbortSignal,
  onHint: Watch['onHint'],
): Promise<void> {
  const canvas = Object.assign(document.createElement('canvas'), { width: HINT_WIDTH, height: HINT_HEIGHT });
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  const look = () => {
    context.drawImage(video, 0, 0, HINT_WIDTH, HINT_HEIGHT);
    return context.getImageData(0, 0, HINT_WIDTH, HINT_HEIGHT).data;
  };
  // The stream goes when a code was found or the search was ended.
  while (video.srcObject && !signal.aborted) {
    const before = look();
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
    if (video.srcObject && !signal.aborted) onHint(hintOf(before, look()));
    await new Promise((resume) => setTimeout(resume, HINT_PAUSE_MS));
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
