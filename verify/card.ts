/** The card that a verified token shows, read from either kind of token. */

import { platformByCode } from './platforms.ts';

/** A public profile as a verifier may show it. A carrier may hold shortened texts, which end in an ellipsis. */
export interface Card {
  username: string;
  displayName: string;
  bio: string | null;
  pronouns: string | null;
  role: string | null;
  company: string | null;
  /** https, or null */
  avatarUrl: string | null;
  /** `#rrggbb` */
  accentColor: string;
  /** in the owner's order */
  links: CardLink[];
  /** how many of the owner's links did not fit into the code */
  linksLeftOut: number;
}

/** One link of a card. */
export interface CardLink {
  /** the platform's id in the registry, `custom` where this copy does not know it */
  platform: string;
  username: string;
  /** https, mailto or tel; `''` where there is nothing to open and the handle is shown as text */
  url: string;
}

/** The address of `[code, handle]` in a carrier: what the registry makes of the handle, or `''`. */
export function linkAddress(code: number, handle: string): string {
  try {
    return safeUrl(platformByCode(code)?.url(handle) ?? '');
  } catch {
    return '';
  }
}

/** Reads the short claims of a carrier. Throws where they are not a card. */
export function cardFromOfflineCode(claims: Claims): Card {
  const username = text(claims.sub);
  const links = list(claims.l ?? []).map((link) => {
    const [code, handle = username, url] = list(link);
    if (typeof code !== 'number') throw new TypeError('a link without a code');
    return {
      platform: platformByCode(code)?.id ?? 'custom',
      username: text(handle),
      url: url === undefined ? linkAddress(code, text(handle)) : safeUrl(text(url)),
    };
  });
  return {
    username,
    displayName: text(claims.n),
    bio: textOrNull(claims.b),
    pronouns: textOrNull(claims.p),
    role: textOrNull(claims.r),
    company: textOrNull(claims.c),
    avatarUrl: httpsOrNull(claims.v),
    accentColor: color(`#${text(claims.a)}`),
    links,
    linksLeftOut: wholeNumber(claims.x ?? 0),
  };
}

/** Reads the `profile` claim of a QR session JWT. Throws where it is not a card. */
export function cardFromProfile(profile: Claims): Card {
  return {
    username: text(profile.username),
    displayName: text(profile.displayName),
    bio: textOrNull(profile.bio),
    pronouns: textOrNull(profile.pronouns),
    role: textOrNull(profile.role),
    company: textOrNull(profile.company),
    avatarUrl: httpsOrNull(profile.avatarUrl),
    accentColor: color(profile.accentColor),
    links: list(profile.links).map((link) => {
      const { platform, username, url } = record(link);
      return { platform: text(platform), username: text(username), url: safeUrl(text(url)) };
    }),
    linksLeftOut: 0,
  };
}

/** A JSON object whose members are still to be checked. */
export type Claims = Readonly<Record<string, unknown>>;

/** The value as a JSON object. Throws where it is anything else. */
export function record(value: unknown): Claims {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('not an object');
  return value as Claims;
}

/** The value as a whole number from 0. Throws where it is anything else. */
export function wholeNumber(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new TypeError('not a whole number');
  return value as number;
}

/** The value as a text. Throws where it is anything else. */
export function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('not a text');
  return value;
}

function textOrNull(value: unknown): string | null {
  return value === undefined || value === null ? null : text(value);
}

/** The value as a list. Throws where it is anything else. */
export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('not a list');
  return value;
}

function color(value: unknown): string {
  if (!/^#[0-9a-f]{6}$/i.test(text(value))) throw new TypeError('not a colour');
  return text(value);
}

function httpsOrNull(value: unknown): string | null {
  const url = textOrNull(value);
  return url !== null && safeUrl(url).startsWith('https:') ? url : null;
}

/** The address as it is if it is https, mailto or tel; `''` for anything else, so that nothing else is ever opened. */
function safeUrl(url: string): string {
  return /^(?:https:\/\/|mailto:|tel:\+\d{7,15}$)/.test(url) ? url : '';
}
