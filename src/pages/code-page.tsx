/** `/me/code`: a code to hold up to other phones: as large as the screen, dark on white, so that a screen at its brightest shows it best. */
import type { QrGrid } from '../domain/qr/grid.ts';
import codeStyles from './code.css';
import type { PageParts } from './layout.tsx';
import { type CodeLook, QrPicture } from './qr.tsx';

export interface CodeView {
  /** Whose it is, or the title of the card. */
  name: string;
  code: QrGrid;
  /** How it looks, if not plain. */
  look?: CodeLook | undefined;
  /** The address in letters, for who cannot scan. */
  address: string;
  scriptPath: string;
  /** What there is to know of an offline code; absent for an address. */
  pass?: { expiresAt: string; linksLeftOut: number };
  /** Path of the same code as a picture, where the API has it. */
  picturePath?: string | undefined;
}

/** Pixels of a picture for slides. */
const SLIDE_SIZE = 1080;

const times = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** The page of a code. */
export function codePage({ name, code, look, address, scriptPath, pass, picturePath }: CodeView): PageParts {
  return {
    kind: 'code',
    language: 'en',
    title: `Code of ${name}`,
    styles: codeStyles,
    head: (
      <>
        <meta name="robots" content="noindex" />
        <script src={scriptPath} defer />
      </>
    ),
    body: (
      <main>
        <h1 dir="auto">{name}</h1>
        <QrPicture code={code} look={look} label={`QR code of ${pass ? `the card of ${name}` : address}`} />
        {pass ? (
          <p>
            Works without a network until{' '}
            <time datetime={pass.expiresAt}>{times.format(new Date(pass.expiresAt))} UTC</time>
            {pass.linksLeftOut > 0 && `. ${pass.linksLeftOut} of your links had no room in it`}.
          </p>
        ) : (
          <p>
            <bdi class="url">{address.replace(/^https?:\/\//, '')}</bdi>
          </p>
        )}
        <nav class="buttons" aria-label="Code">
          <a href="/me">Back</a>
          {!pass && <a href="/me#offline">Offline code</a>}
          {picturePath &&
            ['png', 'svg'].map((format) => (
              <a href={`${picturePath}?format=${format}&size=${SLIDE_SIZE}`} download="">
                Save as {format.toUpperCase()}
              </a>
            ))}
          <button type="button" hidden data-fullscreen>
            Full screen
          </button>
        </nav>
        <p class="tip">
          Turn up the brightness of your screen, and hold it still at arm’s length.
          {pass && ' A screenshot of it works as well, when your own phone has no network.'}
        </p>
        <p>
          <a href="/me/carry">Wallets, NFC tags, e-mail signature</a>
        </p>
      </main>
    ),
  };
}
