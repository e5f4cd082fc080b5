/** Usernames: their shape, the key under which they are unique and found, and those nobody can take. */

import { reservedReading } from './look-alikes.ts';
import { error, ok, type Result } from './result.ts';
import { trimInvisible } from './text.ts';

const MIN_LENGTH = 3;
const MAX_LENGTH = 50;
const SHAPE = new RegExp(`^[A-Za-z0-9_-]{${MIN_LENGTH},${MAX_LENGTH}}$`);

/** In lower case. Names that would look like a part of the service, or like its operator. */
const RESERVED: ReadonlySet<string> = new Set(
  `api auth card cards docs health healthz readyz openapi well-known qr-session qr-code jwks public scan scanner stats token
  scanner-worker assets files static images fonts icons apple-touch-icon apple-touch-icon-precomposed styles scripts favicon robots sitemap manifest sw service-worker worker cdn
  login logout log-in log-out signin signout signup sign-in sign-out sign-up register join invite callback oauth
  account accounts settings preferences dashboard profile profiles user users username usernames owner owners
  link links platform platforms analytics views export import offline offline-pass verify verified vcard vcf avatar
  og-image embed oembed feed rss search explore discover new edit delete update create home index landing
  about blog news press jobs careers contact help faq support status security abuse legal privacy terms tos
  imprint impressum cookies dmca license billing payment payments pricing plans shop store
  admin admins administrator root system sysadmin superuser staff team official moderator mod owner-support
  devcard devcard-edge devcards postmaster hostmaster webmaster info mail email noreply no-reply mailer-daemon
  badge badges www ftp dns mx smtp imap localhost localdomain
  null undefined true false nan none anonymous unknown nobody everyone deleted`.split(/\s+/),
);

/** The form under which a name is unique and looked up: lower case. Names are ASCII, so no locale has a say. */
export function usernameKey(name: string): string {
  return name.toLowerCase();
}

/** Whether a name has the shape of a username; for look-ups, where a reserved name is simply unknown. */
export function isPossibleUsername(raw: string): boolean {
  return SHAPE.test(raw);
}

export const RESERVED_MESSAGE = 'This username is reserved. Choose another one.';

/** Checks the name of an owner, who keeps an old one that is reserved by now. */
export function checkOwnUsername(raw: string): Result<string> {
  const name = trimInvisible(raw);
  if (name.length < MIN_LENGTH || name.length > MAX_LENGTH) {
    return error(`A username has ${MIN_LENGTH} to ${MAX_LENGTH} characters.`);
  }
  if (!SHAPE.test(name)) {
    return error('A username has only the letters A to Z, digits, hyphens and underscores.');
  }
  return RESERVED.has(usernameKey(name)) ? error(RESERVED_MESSAGE) : ok(name);
}

/** Whether a name reads as a part of the service or as its voice: no new name may. */
export const readsAsReserved = reservedReading(RESERVED);

/** Checks a name that somebody wants to have, and keeps its case. Whether it is taken, only the store knows. */
export function checkUsername(raw: string): Result<string> {
  const checked = checkOwnUsername(raw);
  return checked.ok && readsAsReserved(checked.value) ? error(RESERVED_MESSAGE) : checked;
}
