/** The list of other deployments whose cards are trusted here. */
import { button, el, find } from './dom.ts';
import { nowSeconds } from './fetch-keys.ts';
import { forgetIssuer, type Issuer, trustedIssuers } from './issuers.ts';
import { clock } from './times.ts';

const section = find('#issuers');

/** Shows the list as it is now. */
export function showIssuers(): void {
  const issuers = trustedIssuers();
  section.hidden = issuers.length === 0;
  find('#issuers ul').replaceChildren(...issuers.map(row));
}

function row({ origin, trustedAt, by }: Issuer): HTMLLIElement {
  const { host } = new URL(origin);
  const who = by === 'user' ? 'trusted by you' : `vouched for by ${location.host}`;
  return el(
    'li',
    {},
    el(
      'p',
      { className: 'kept' },
      el('bdi', {}, host),
      el('span', { className: 'soft' }, `${who}, ${clock(trustedAt, nowSeconds())}`),
    ),
    button(
      'Forget',
      () => {
        forgetIssuer(origin);
        showIssuers();
        find('h2').focus();
      },
      `Forget ${host}`,
    ),
  );
}
