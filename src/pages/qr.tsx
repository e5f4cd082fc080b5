/** The QR code of a page's own address, to hold up to another phone or to print. */
import { qrCode } from '../domain/qr-code.ts';
import { darkRuns } from '../domain/qr-svg.ts';
import type { Texts } from './texts.ts';

/** Light modules around a code (ISO/IEC 18004 section 9.1). */
const QUIET_ZONE = 4;

/** A figure with the code and the address in letters, which can be selected as a whole. */
export function AddressQr({ url, text }: { url: string; text: Texts }) {
  const code = qrCode([{ mode: 'byte', text: url }], 'M');
  const side = code.size + 2 * QUIET_ZONE;
  return (
    <figure class="qr">
      <svg
        viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`}
        width="200"
        height="200"
        role="img"
        aria-label={text('qrLabel', { url })}
        shape-rendering="crispEdges"
      >
        <path d={darkRuns(code)} />
      </svg>
      <figcaption>
        {text('scan')}
        <bdi class="url">{url.replace(/^https?:\/\//, '')}</bdi>
      </figcaption>
    </figure>
  );
}
