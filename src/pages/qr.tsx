/** QR codes on pages, to hold up to another phone or to print. */
import { addressCode } from '../domain/qr/encode.ts';
import type { QrGrid } from '../domain/qr/grid.ts';
import { darkRuns } from '../domain/qr/svg.ts';
import { scannedAddress } from '../domain/views/view.ts';
import type { Texts } from './texts/texts.ts';

/** Light modules around a code (ISO/IEC 18004 section 9.1). */
const QUIET_ZONE = 4;

/** The drawing of a code; dark on white, whatever the look. */
export function QrPicture({ code, label }: { code: QrGrid; label: string }) {
  const side = code.size + 2 * QUIET_ZONE;
  return (
    <svg
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`}
      width="200"
      height="200"
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={darkRuns(code)} />
    </svg>
  );
}

/** A figure with the code and the address in letters, which can be selected as a whole. */
export function AddressQr({ url, text }: { url: string; text: Texts }) {
  return (
    <figure class="qr">
      <QrPicture code={addressCode(scannedAddress(url))} label={text('qrLabel', { url })} />
      <figcaption>
        {text('scan')}
        <bdi class="url">{url.replace(/^https?:\/\//, '')}</bdi>
      </figcaption>
    </figure>
  );
}
