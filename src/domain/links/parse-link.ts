/** Turns what an owner types for a link into the link that is stored. */

import { PLATFORMS, type Platform, platformById } from '../../../verify/platforms.ts';
import type { FieldError } from '../problem.ts';
import { LIMITS } from '../profile.ts';
import { error, ok, type Result } from '../result.ts';
import { checkText, codeOf, trimInvisible } from '../text.ts';
import { hostShownBy, withoutWww } from './label-host.ts';
import { isMastodonHost } from './mastodon-hosts.ts';
import { isOnPlatform, platformOf } from './platform-guess.ts';
import { handleRule } from './platform-handles.ts';
import { addressOf, bareHandle, handleIn, isKeptBySite, isOn, kindOf } from './profile-address.ts';
import { asciiHost } from './unicode-host.ts';
import { looksLikeAddress, parseWebAddress, withHttps } from './web-address.ts';

/** No handle needs them, and they would make two of one. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
/** Dropped inside a handle too, as in every text. */
const PASTE_DEBRIS = /[\u00ad\u200b\u2060\ufeff]/g;
/** What emoji are joined of may stand in one. */
const EMOJI = /\p{RGI_Emoji}/gv;

/** What clients send: `username` is a handle, an address, or the label of a portfolio or custom link. */
export interface LinkDraft {
  platform: string;
  username: string;
  /** Only where the address does not follow from the handle. */
  url?: string | null | undefined;
}

/** A link in its normal form; `url` is https, mailto or tel, or `''` where the platform has no page for a handle. */
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
  const username = trimInvisible(draft.username);
  const url = trimInvisible(draft.url ?? '');
  if (!username && !url) return failed('username', 'Fill this in.');
  if (username.length > LIMITS.url) return failed('username', `Use at most ${LIMITS.linkHandle} characters.`);
  if (url.length > LIMITS.url) return failed('url', `An address has at most ${LIMITS.url} characters.`);
  if (!handleRule(platform.id)) return ownLink(platform, username, url);
  return /^(?:mailto|tel):/.test(platform.address)
    ? contactLink(platform, username, url)
    : handleLink(platform, username, url);
}

/** Portfolio and custom: an address, with a label if the owner likes. */
function ownLink(platform: Platform, username: string, url: string): ParsedLinkResult {
  const typed = url || username;
  const address = parseWebAddress(isOnPlatform(typed) ? withHttps(typed) : typed);
  if (!address.ok) return failed(url ? 'url' : 'username', address.message);
  const { href, host } = address.value;
  // Without a label it is stored under its address, and comes back so.
  if (!url || !username || username === url) return done(platform, href, href);
  const label = checkText(username, { max: LIMITS.linkHandle });
  if (!label.ok) return failed('username', label.message);
  if (looksLikeAddress(label.value)) {
    const shown = parseWebAddress(withHttps(label.value));
    if (!shown.ok) return failed('username', shown.message);
    if (withoutWww(shown.value.host) !== withoutWww(host))
      return failed('username', `This shows another host than ${host}, to which it leads.`);
  }
  const shownHost = hostShownBy(label.value);
  if (shownHost !== undefined && shownHost !== withoutWww(address.value.hostname))
    return failed('username', `This shows another host than ${host}, to which it leads.`);
  return done(platform, label.value || href, href);
}

/** An email address or a telephone number, with or without its scheme. */
function contactLink(platform: Platform, username: string, url: string): ParsedLinkResult {
  const handle = checkHandle(platform, withoutScheme(username || url));
  if (!handle.ok) {
    const message =
      platform.id === 'email' ? 'Write an email address such as ada@example.org.' : handle.message;
    return failed(username ? 'username' : 'url', message);
  }
  const follows = addressOf(platform, handle.value);
  const there = url ? checkHandle(platform, withoutScheme(url)) : handle;
  if (url !== follows && (!there.ok || there.value.toLowerCase() !== handle.value.toLowerCase())) {
    const what = platform.id === 'email' ? 'email address' : 'number';
    return failed('url', `This leads to another address. Leave it out: it follows from the ${what}.`);
  }
  return done(platform, handle.value, follows);
}

function handleLink(platform: Platform, username: string, url: string): ParsedLinkResult {
  if (!url) {
    const found = looksLikeAddress(username) ? handleOfPasted(platform, username) : undefined;
    if (found) return found;
    const handle = checkHandle(platform, bareHandle(platform, username));
    return handle.ok
      ? done(platform, handle.value, addressOf(platform, handle.value))
      : failed('username', handle.message);
  }
  const address = parseWebAddress(withHttps(url));
  if (!address.ok) return failed('url', address.message);
  if (!isOn(platform, address.value)) return failed('url', notThere(platform, address.value));
  const there = handleIn(platform, address.value);
  const typed = username ? readHandle(platform, username) : undefined;
  // Where the address names an account, it is the better witness than a text that is no handle.
  const known = there === undefined ? error('Fill this in.') : ok(shown(platform, there));
  const name = typed?.ok || (typed && there === undefined) ? typed : known;
  if (!name.ok) return failed('username', name.message);
  const hasPage = addressOf(platform, name.value) !== '';
  if (there === undefined || !hasPage) return done(platform, name.value, address.value.href);
  if (sameAccount(name.value, shown(platform, there)))
    return done(platform, name.value, pageOf(platform, there, address.value));
  if (isAccountOfServer(platform, name.value, there)) return done(platform, name.value, address.value.href);
  return failed('url', `This leads to ${shown(platform, there)}, not to ${name.value}.`);
}

/** The link of a pasted address; undefined where the text may be a handle after all. */
function handleOfPasted(platform: Platform, pasted: string): ParsedLinkResult | undefined {
  const address = parseWebAddress(withHttps(pasted));
  if (!address.ok) return pasted.includes('//') ? failed('username', address.message) : undefined;
  const handle = isOn(platform, address.value) ? handleIn(platform, address.value) : undefined;
  if (handle !== undefined) {
    const checked = checkHandle(platform, handle);
    return checked.ok
      ? done(platform, checked.value, pageOf(platform, handle, address.value))
      : failed('username', checked.message);
  }
  if (!isOn(platform, address.value) && !pasted.includes('//')) return undefined;
  return failed('username', notThere(platform, address.value));
}

/** A handle as typed, or the one in a pasted address. */
function readHandle(platform: Platform, typed: string): Result<string> {
  const address = looksLikeAddress(typed) ? parseWebAddress(withHttps(typed)) : undefined;
  const there = address?.ok && isOn(platform, address.value) ? handleIn(platform, address.value) : undefined;
  return checkHandle(platform, there ?? bareHandle(platform, typed));
}

/** @returns the handle as it is shown */
function checkHandle(platform: Platform, typed: string): Result<string> {
  if (typed.length > LIMITS.linkHandle) return error(`Use at most ${LIMITS.linkHandle} characters.`);
  const rule = handleRule(platform.id);
  const handle = bareHandle(platform, typed.replace(PASTE_DEBRIS, '').normalize('NFC'));
  const invisible = INVISIBLE.exec(handle.replace(EMOJI, ''))?.[0];
  if (invisible)
    return error(`The character ${codeOf(invisible)} is not allowed. ${allowedSentence(platform)}`);
  const text = checkText(handle, { max: LIMITS.linkHandle });
  const kind = rule && kindOf(rule, handle);
  if (!text.ok || text.value !== handle || !kind) return error(allowedSentence(platform));
  if (isKeptBySite(platform, rule, handle))
    return error(`“${handle}” is a page of ${platform.name} itself. ${allowedSentence(platform)}`);
  // A handle with a server in it decides on the host.
  const url = addressOf(platform, handle);
  const server = url.startsWith('https:')
    ? url
    : handle.includes('@')
      ? `https://${handle.split('@').at(-1)}`
      : null;
  const address = server ? parseWebAddress(server) : ok(null);
  return address.ok ? ok(shown(platform, handle)) : address;
}

function shown(platform: Platform, handle: string): string {
  return handleRule(platform.id)?.shown?.(handle) ?? handle;
}

function allowedSentence(platform: Platform): string {
  const rule = handleRule(platform.id);
  return platform.id === 'phone'
    ? `A telephone number has ${rule?.allowed}.`
    : `A handle at ${platform.name} has ${rule?.allowed}.`;
}

/** Why an address is not the one of a profile at a platform, and what would be right. */
function notThere(platform: Platform, url: URL): string {
  if (isOn(platform, url)) {
    return `This is another page at ${platform.name} than the one of a profile. Choose “Custom link” to keep its address. ${allowedSentence(platform)}`;
  }
  const other = platformById(platformOf(url.href) ?? 'custom');
  const offer =
    other && other.id !== 'custom'
      ? ` It is one of ${other.name}: choose that.`
      : ` ${allowedSentence(platform)}`;
  return `This is not an address of ${platform.name}.${offer}`;
}

/**
 * Where the page of a handle is that was found in an address. An account of one Mastodon server that is looked at on
 * another is left there, unless its own server is known: its pages may be on another host than its name.
 */
function pageOf(platform: Platform, handle: string, found: URL): string {
  const [, server] = platform.id === 'mastodon' ? handle.split('@') : [];
  const isElsewhere = server !== undefined && server !== found.host && !isMastodonHost(server);
  return isElsewhere ? found.href : addressOf(platform, handle);
}

/** Whether a server could have the account `name@domain` under a name of its own (WebFinger, RFC 7033). */
function isAccountOfServer(platform: Platform, name: string, there: string): boolean {
  if (platform.id !== 'mastodon') return false;
  const [[user = '', domain = ''], [userThere = '']] = [name.split('@'), there.split('@')];
  return user.toLowerCase() === userThere.toLowerCase() && !isMastodonHost(asciiHost(domain) ?? domain);
}

function withoutScheme(text: string): string {
  return text.replace(/^mailto:/i, '').replace(/^([^?]*@[^?]*)\?.*$/s, '$1');
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
