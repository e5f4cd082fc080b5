/** Tells from what somebody pasted on which platform it is. */

import { PLATFORMS } from '../../../verify/platforms.ts';
import { handleRule } from './platform-handles.ts';
import { handleIn, isOn } from './profile-address.ts';
import { parseWebAddress } from './web-address.ts';

/** Its addresses are on any host, so that it is asked last. */
const FEDERATED = 'mastodon';
const IN_ORDER = PLATFORMS.toSorted((a, b) => Number(a.id === FEDERATED) - Number(b.id === FEDERATED));

/**
 * The id of the platform of a pasted address: of a profile, of an email account (`ada@example.org`), of a federated one
 * (`@ada@example.org`), or `custom` for any other page. Undefined for what is no address: a bare handle could be anywhere.
 */
export function platformOf(pasted: string): string | undefined {
  const text = pasted.trim();
  if (/^@[^@\s/]+@[^@\s/]+$/.test(text)) return FEDERATED;
  if (handleRule('email')?.pattern.test(text.replace(/^mailto:/i, ''))) return 'email';
  const address = parseWebAddress(text.replace(/^http:/i, 'https:'));
  if (!address.ok) return undefined;
  const { value: url } = address;
  return IN_ORDER.find((one) => isOn(one, url) && handleIn(one, url) !== undefined)?.id ?? 'custom';
}
