/** A view of a card: where its viewer came from, on what device, and whether it is one to count. */

import { isProgram } from './program.ts';

/** What was looked at. */
export const VIEW_KINDS = ['profile', 'card', 'qr', 'vcard'] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

/** How the viewer got there: by a code, a link that was sent or typed, a web page, an NFC tag, an app. */
export const SOURCES = ['qr', 'link', 'web', 'nfc', 'app'] as const;
export type Source = (typeof SOURCES)[number];

/** The address of a page as our own pages' codes say it, so that its views count as scans. */
export function scannedAddress(url: string): string {
  return `${url}?source=${'qr' satisfies Source}`;
}

/** The address as NFC tags say it. */
export function taggedAddress(url: string): string {
  return `${url}?source=${'nfc' satisfies Source}`;
}

export const DEVICES = ['phone', 'tablet', 'desktop', 'other'] as const;
type Device = (typeof DEVICES)[number];

/** Stands for a country that Cloudflare does not know. */
export const UNKNOWN_COUNTRY = 'XX';

/** What an answer shows. */
export interface Shown {
  kind: ViewKind;
  ownerId: string;
  /** Of kind `card` alone. */
  cardId: string | null;
}

/** What a request says about its viewer. It stays in memory until it becomes a View, and is never written. */
export interface Visit {
  /** Milliseconds since the epoch. */
  at: number;
  address: string;
  userAgent: string;
  referrer: string | undefined;
  /** The parameter `source`, as it was sent. */
  source: string | null;
  country: string | undefined;
}

/** All that is kept of one view. */
export interface View extends Shown {
  /** Hours since the epoch: no finer time is kept, so that a view cannot be matched with somebody's log. */
  hour: number;
  source: Source;
  /** ISO 3166-1 alpha-2, or `XX` unknown, `T1` Tor. */
  country: string;
  device: Device;
  /** A keyed hash whose key is forgotten after the day. */
  visitor: string;
}

const HOUR_MS = 3_600_000;
const HOURS_PER_DAY = 24;

/** The visible part of a view; `visitor` is made elsewhere, with the day's key. */
export function viewOf(shown: Shown, visit: Visit, visitor: string): View {
  return {
    ...shown,
    hour: Math.floor(visit.at / HOUR_MS),
    source: sourceOf(visit),
    country: /^[A-Z][A-Z\d]$/.test(visit.country ?? '') ? (visit.country as string) : UNKNOWN_COUNTRY,
    device: deviceOf(visit.userAgent),
    visitor,
  };
}

/** The day in UTC, `YYYY-MM-DD`, of a time in milliseconds. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The day in UTC, `YYYY-MM-DD`, of an hour since the epoch. */
export function dayOfHour(hour: number): string {
  return dayOf(hour * HOUR_MS);
}

/** ISO 8601 of an hour since the epoch. */
export function timeOfHour(hour: number): string {
  return new Date(hour * HOUR_MS).toISOString();
}

/** The last `days` days in UTC, oldest first, today included. */
export function lastDays(days: number, now: number): string[] {
  return Array.from({ length: days }, (_, i) => dayOf(now - (days - 1 - i) * HOURS_PER_DAY * HOUR_MS));
}

function sourceOf({ source, referrer }: Visit): Source {
  if (SOURCES.includes(source as Source)) return source as Source;
  if (!referrer) return 'link';
  // Android names the app that opened a browser, such as android-app://org.telegram.messenger.
  return /^https?:/i.test(referrer) ? 'web' : 'app';
}

function deviceOf(userAgent: string): Device {
  if (/iPad|Tablet|Android(?!.*Mobile)/i.test(userAgent)) return 'tablet';
  // The last three are the HTTP libraries of phone apps.
  if (/Mobi|iPhone|iPod|okhttp|CFNetwork|Dart\//i.test(userAgent)) return 'phone';
  return /Windows|Macintosh|X11|CrOS|Linux/.test(userAgent) ? 'desktop' : 'other';
}

/** Reads one header of a request. */
export type ReadHeader = (name: string) => string | undefined;

/**
 * Whether a request is one that this service does not count: its sender asked not to be followed, is a program,
 * or fetched the page before anybody looked at it.
 * @param isProgramAgent `isProgram`, or what remembers its answers
 */
export function isLeftOut(header: ReadHeader, isProgramAgent = isProgram): boolean {
  const userAgent = header('User-Agent');
  return (
    header('DNT') === '1' ||
    header('Sec-GPC') === '1' ||
    /prefetch|prerender/.test(header('Sec-Purpose') ?? header('Purpose') ?? header('X-Moz') ?? '') ||
    // A picture on a page of ours is part of a view that has been counted.
    (header('Sec-Fetch-Dest') === 'image' && header('Sec-Fetch-Site') === 'same-origin') ||
    !userAgent ||
    isProgramAgent(userAgent)
  );
}
