/** Turns what an owner types for a link into the link that is stored. */

import { PLATFORMS, type Platform, platformById } from '../../../verify/platforms.ts';
import type { FieldError } from '../problem.ts';
import { LIMITS } from '../profile.ts';
import { error, ok, type Result } from '../result.ts';
import { checkText } from '../text.ts';
import { hostShownBy, withoutWww } from './label-host.ts';
import { handleRule } from './platform-handles.ts';
import { bareHandle, handleIn, isOn } from './profile-address.ts';
import { looksLikeAddress, parseWebAddress } from './web-address.ts';

/** No handle needs them, and they would make two of one. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/** What clients send: `username` is a handle, an address, or the label of a portfolio or custom link. */
export interface LinkDraft {
  platform: string;
  username: string;
  /** Only where the address does not follow from the handle. */
  url?: string | null | undefined;
}

/** A link in its normal form; `url` is https or mailto, or `''` where the platform has no page for a handle. */
export interface ParsedLink {
  platform: string;
  username: string;
  url: string;
}

export type ParsedLinkResult = { ok: true; link: ParsedLink } | { ok: false; errors: FieldError[] };

/** Checks a link: the platform is known, the handle follows its rule, and the address leads where it says. */
export function parseLink(draft: LinkDraft): ParsedLinkResult {
  const platform = platformById(draft.platform);
  if (!platform) {
    const known = PLATFORMS.map(({ id }) => id).join(', ');
    return failed('platform', `This platform is not known. Choose one of: ${known}.`);
  }
  const username = draft.username.trim();
  const url = draft.url?.trim() ?? '';
  if (!username && !url) return failed('username', 'Fill this in.');
  if (username.length > LIMITS.url) return failed('username', `Use at most ${LIMITS.linkHandle} characters.`);
  if (platform.id === 'email') return emailLink(platform, username, url);
  return handleRule(platform.id) ? handleLink(platform, username, url) : ownLink(platform, username, url);
}

/** Portfolio and custom: an address, with a label if the owner likes. */
function ownLink(platform: Platform, username: string, url: string): ParsedLinkResult {
  const address = parseWebAddress(url || username);
  if (!address.ok) return failed(url ? 'url' : 'username', address.message);
  const { href, host } = address.value;
  // Without a label it is stored under its address, and comes back so.
  if (!url || !username || username === url) return done(platform, href, href);
  const label = checkText(username, { max: LIMITS.linkHandle });
  if (!label.ok) return failed('username', label.message);
  if (looksLikeAddress(label.value)) {
    const shown = parseWebAddress(label.value);
    if (!shown.ok) return failed('username', shown.message);
    if (withoutWww(shown.value.host) !== withoutWww(host))
      return failed('username', `This shows another host than ${host}, to which it leads.`);
  }
  const shownHost = hostShownBy(label.value);
  if (shownHost !== undefined && shownHost !== withoutWww(address.value.hostname))
    return failed('username', `This shows another host than ${host}, to which it leads.`);
  return done(platform, label.value || href, href);
}

function emailLink(platform: Platform, username: string, url: string): ParsedLinkResult {
  const address = checkHandle(platform, addressOfMailto(username || url));
  if (!address.ok)
    return failed(username ? 'username' : 'url', 'Write an email address such as ada@example.org.');
  const follows = platform.url(address.value);
  if (url && url !== follows && addressOfMailto(url).toLowerCase() !== address.value.toLowerCase()) {
    return failed('url', 'This leads to another address. Leave it out: it follows from the email address.');
  }
  return done(platform, address.value, follows);
}

function handleLink(platform: Platform, username: string, url: string): ParsedLinkResult {
  const handle: Result<string> = username ? readHandle(platform, username) : error('Fill this in.');
  if (!url)
    return handle.ok
      ? done(platform, handle.value, platform.url(handle.value))
      : failed('username', handle.message);

  const address = parseWebAddress(withHttps(url));
  if (!address.ok) return failed('url', address.message);
  if (!isOn(platform, address.value)) return failed('url', `This is not an address of ${platform.name}.`);
  const there = handleIn(platform, address.value);
  // Where the address names an account, it is the better witness than a text that is no handle.
  const name = handle.ok || there === undefined ? handle : ok(there);
  if (!name.ok) return failed('username', name.message);
  const hasPage = platform.url(name.value) !== '';
  if (there === undefined || !hasPage) return done(platform, name.value, address.value.href);
  if (!sameAccount(name.value, there)) return failed('url', `This leads to ${there}, not to ${name.value}.`);
  return done(platform, name.value, platform.url(there));
}

/** A handle as typed, or the one in a pasted address. */
function readHandle(platform: Platform, typed: string): Result<string> {
  if (looksLikeAddress(typed)) {
    const address = parseWebAddress(withHttps(typed));
    if (address.ok && isOn(platform, address.value)) {
      const handle = handleIn(platform, address.value);
      if (handle !== undefined) return checkHandle(platform, handle);
      return error(`This is not the address of a profile at ${platform.name}. ${allowedSentence(platform)}`);
    }
    if (typed.includes('//')) {
      return address.ok
        ? error(`This is not an address of ${platform.name}. ${allowedSentence(platform)}`)
        : address;
    }
  }
  return checkHandle(platform, bareHandle(platform, typed));
}

function checkHandle(platform: Platform, typed: string): Result<string> {
  if (typed.length > LIMITS.linkHandle) return error(`Use at most ${LIMITS.linkHandle} characters.`);
  const handle = typed.normalize('NFC');
  const text = checkText(handle, { max: LIMITS.linkHandle });
  const isPlain = text.ok && text.value === handle && !INVISIBLE.test(handle);
  if (!isPlain || !handleRule(platform.id)?.pattern.test(handle)) return error(allowedSentence(platform));
  // A handle with a server in it decides on the host.
  const url = platform.url(handle);
  const address = url.startsWith('https:') ? parseWebAddress(url) : ok(null);
  return address.ok ? ok(handle) : address;
}

function allowedSentence(platform: Platform): string {
  const rule = handleRule(platform.id);
  return `A handle at ${platform.name} has ${rule?.allowed}.`;
}

/** The host decides on the platform, and these all have https. */
function withHttps(address: string): string {
  return address.replace(/^http:/i, 'https:');
}

function addressOfMailto(text: string): string {
  return text.replace(/^mailto:/i, '').replace(/\?.*$/s, '');
}

/** Handles differ in case only by taste; a number with a name after it is the number's account. */
function sameAccount(a: string, b: string): boolean {
  const [one, other] = [a.toLowerCase(), b.toLowerCase()];
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

function done(platform: Platform, username: string, url: string): ParsedLinkResult {
  return { ok: true, link: { platform: platform.id, username, url } };
}

function failed(path: keyof LinkDraft, message: string): ParsedLinkResult {
  return { ok: false, errors: [{ path, message }] };
}
