/** QR codes on pages, to hold up to another phone or to print. */
import { raw } from 'hono/html';
import type { QrGrid } from '../domain/qr/grid.ts';
import type { Outline } from '../domain/qr/logo.ts';
import { ownStyle, PLAIN_STYLE, type QrStyle, styledCode } from '../domain/qr/style.ts';
import { styledPaths } from '../domain/qr/styled.ts';
import { darkRuns } from '../domain/qr/svg.ts';
import { scannedAddress } from '../domain/views/view.ts';
import type { Texts } from './texts/texts.ts';

/** Light modules around a code (ISO/IEC 18004 section 9.1). */
const QUIET_ZONE = 4;

/** How an owner's codes look on a page. */
export interface CodeLook {
  style: QrStyle;
  /** Where the style has initials and a font has their letters. */
  initials: Outline | undefined;
}

/** The drawing of a code; dark on white, whatever the look of the page, unless its owner chose other colours. */
export function QrPicture({
  code,
  label,
  look,
}: {
  code: QrGrid;
  label: string;
  look?: CodeLook | undefined;
}) {
  const side = code.size + 2 * QUIET_ZONE;
  if (look) {
    const ground = `<path fill="${look.style.bg}" stroke="none" d="M-${QUIET_ZONE}-${QUIET_ZONE}h${side}v${side}h-${side}z"/>`;
    return (
      <svg
        viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`}
        width="200"
        height="200"
        role="img"
        aria-label={label}
      >
        {raw(ground + styledPaths(code, look.style, look.initials))}
      </svg>
    );
  }
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
export function AddressQr({ url, text, look }: { url: string; text: Texts; look?: CodeLook | undefined }) {
  const { code, look: fitting } = addressOnPage(url, look);
  return (
    <figure class="qr">
      <QrPicture code={code} label={text('qrLabel', { url })} look={fitting} />
      <figcaption>
        {text('scan')}
        <bdi class="url">{url.replace(/^https?:\/\//, '')}</bdi>
      </figcaption>
    </figure>
  );
}

/** The code of an address on a page, and its look as far as a code of this length has room for it. */
export function addressOnPage(
  url: string,
  look: CodeLook | undefined,
): { code: QrGrid; look: CodeLook | undefined } {
  const address = scannedAddress(url);
  if (!look) return { code: styledCode(address, PLAIN_STYLE), look };
  const style = ownStyle(look.style, address, Number.POSITIVE_INFINITY);
  return { code: styledCode(address, style), look: { ...look, style } };
}
