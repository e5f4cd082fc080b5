/** Tells from what somebody pasted on which platform it is. */

import { PLATFORMS } from '../../../verify/platforms.ts';
import { trimInvisible } from '../text.ts';
import { isMastodonHost } from './mastodon-hosts.ts';
import { phoneNumber } from './phone-number.ts';
import { handleRule } from './platform-handles.ts';
import { bareHandle, handleIn, isFederated, isOn, kindOf } from './profile-address.ts';
import { parseWebAddress, withHttps } from './web-address.ts';

const MASTODON = 'mastodon';

/** Those whose addresses are on hosts of their own. */
const CENTRAL = PLATFORMS.filter((platform) => !isFederated(platform));

/**
 * The id of the platform of a pasted address: of a profile, of an email account (`ada@example.org`), of a federated one
 * (`@ada@example.org`), of a phone number with its country code, or `custom` for any other page. Undefined for what is
 * no address: a bare handle could be anywhere.
 */
export function platformOf(pasted: string): string | undefined {
  const text = trimInvisible(pasted);
  if (/^@[^@\s/]+@[^@\s/]+$/.test(text)) return MASTODON;
  if (/^@[^@:\s/]+:[^@:\s/]+\.[^@:\s/]+$/.test(text)) return 'matrix';
  if (isHandleOf('email', text.replace(/^mailto:/i, '').replace(/\?.*$/s, ''))) return 'email';
  if (/^(?:tel|\+|＋|00)/i.test(text) && phoneNumber(text)) return 'phone';
  const address = parseWebAddress(isOnPlatform(text) ? withHttps(text) : text);
  return address.ok ? profilePlatform(address.value) : undefined;
}

/** Whether an address is on a host of any platform, all of which have https. */
export function isOnPlatform(text: string): boolean {
  const url = URL.parse(withHttps(text));
  return url !== null && (isMastodonHost(url.host) || CENTRAL.some((platform) => isOn(platform, url)));
}

function profilePlatform(url: URL): string {
  if (isMastodonHost(url.host)) {
    const mastodon = PLATFORMS.find(({ id }) => id === MASTODON);
    const [, server = ''] = (mastodon && handleIn(mastodon, url)?.split('@')) ?? [];
    // Of accounts elsewhere this is another server's copy.
    return isMastodonHost(server) ? MASTODON : 'custom';
  }
  return CENTRAL.find((one) => isOn(one, url) && handleIn(one, url) !== undefined)?.id ?? 'custom';
}

function isHandleOf(id: string, text: string): boolean {
  const platform = PLATFORMS.find((one) => one.id === id);
  const rule = handleRule(id);
  return (
    platform !== undefined && rule !== undefined && kindOf(rule, bareHandle(platform, text)) !== undefined
  );
}
