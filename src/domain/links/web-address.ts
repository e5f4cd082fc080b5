/** Addresses that people type or paste: only public https pages get through. */

import { LIMITS } from '../profile.ts';
import { error, ok, type Result } from '../result.ts';
import { codeOf, trimInvisible } from '../text.ts';

/** Whitespace, controls and invisible characters, which URL parsers drop or browsers do not show; and `\`. */
const DECEPTIVE = /[\s\p{Cc}\p{Cf}\p{Cs}\p{Co}\\]/u;
const VISIBLE = /[ \\]/;

/** A dot is left out of the scheme, so that `example.org:8443` is a host with a port. */
const SCHEME = /^([a-z][a-z\d+-]*):/i;

/** Names that never lead to a public page (RFC 6761, RFC 6762, RFC 8375, RFC 9476, and ICANN's `internal`). */
const PRIVATE_SUFFIX =
  /(?:^|\.)(?:localhost|local|internal|home\.arpa|arpa|test|invalid|alt|onion|lan|home)$/;

/** A domain name as the URL parser gives it, with a top-level domain: no IP address in any way of writing. */
const DOMAIN_NAME =
  /^(?=.{4,253}$)(?:[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?\.)+(?:[a-z]{2,63}|xn--[a-z\d-]{1,59})$/;

/** A site without a path: nearly every one has https by now. */
const BARE_SITE = /^http:\/\/[^/?#:@]+\/?$/i;

/**
 * Parses an address; one without a scheme is taken as https, and so is `http://` before a bare site. Hosts outside
 * ASCII become punycode (`xn--…`), which shows a look-alike for what it is.
 */
export function parseWebAddress(raw: string): Result<URL> {
  const text = trimInvisible(raw);
  const typed = BARE_SITE.test(text) ? withHttps(text) : text;
  if (typed.length > LIMITS.url) return error(`An address has at most ${LIMITS.url} characters.`);
  const deceptive = DECEPTIVE.exec(typed)?.[0];
  if (deceptive) {
    const which = VISIBLE.test(deceptive) ? '' : `: this one has ${codeOf(deceptive)}`;
    return error(`An address has no spaces, backslashes or invisible characters${which}.`);
  }
  const scheme = SCHEME.exec(typed)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'https') return error('The address must start with https://.');
  const url = URL.parse(scheme ? typed : `https://${typed.replace(/^\/\//, '')}`);
  if (!url) return error('This is not an address. Write one such as https://example.org/me.');
  if (url.username || url.password) return error('An address must not carry a user name or password.');
  if (!isPublicHost(url.hostname))
    return error('The address must have a public host name, such as example.org.');
  if (url.href.length > LIMITS.url) return error(`An address has at most ${LIMITS.url} characters.`);
  return ok(url);
}

/** Whether a text can only be meant as an address: it has a scheme, or a host followed by a path. */
export function looksLikeAddress(text: string): boolean {
  return (
    /^(?:[a-z][a-z\d+-]*:)?\/\//i.test(text) || /^(?:www\.|[^\s/@:]+\.[^\s/@:.]+(?::\d+)?\/)/i.test(text)
  );
}

/** The address with `https:`, where it is known that the host has it. */
export function withHttps(address: string): string {
  return address.replace(/^http:/i, 'https:');
}

function isPublicHost(hostname: string): boolean {
  return DOMAIN_NAME.test(hostname) && !PRIVATE_SUFFIX.test(hostname);
}
