/** Contacts: the details that visitors leave with an owner. */
import type { ParsedLink } from '../links/parse-link.ts';

/** Days for which owners may keep contacts at the most. */
export const MAX_CONTACT_DAYS = 730;

/** To which a visitor agrees who could not see what the owner has chosen: an app without a network. */
export const USUAL_CONTACT_DAYS = 365;

/** Longest texts, in Unicode code points, and most contacts an owner may have, altogether and by time. */
export const CONTACT_LIMITS = {
  name: 100,
  reach: 300,
  place: 100,
  note: 500,
  contacts: 2_000,
  perDay: 500,
  perMinute: 30,
} as const;

/** What a visitor leaves. Only this is sealed. */
export interface ContactDetails {
  name: string;
  /** The one way to reach them: an email address, a telephone number, a page, or an account somewhere. */
  reach: ParsedLink;
  /** Where they met. */
  place: string | null;
  note: string | null;
}

/** When a contact came, and until when it is kept. */
export interface ContactDates {
  id: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  keptUntil: string;
}

/** `GET /api/contacts`: all details are null where the key that sealed them is lost. */
export type Contact = ContactDates & (ContactDetails | { [Detail in keyof ContactDetails]: null });

/** Where a page of contacts ends: the next one begins after it. */
export interface ContactCursor {
  createdAt: string;
  id: string;
}

/** A page of contacts, the newest first. */
export interface ContactPage {
  data: Contact[];
  meta: {
    /** All contacts of the owner, whatever was searched for. */
    total: number;
    limit: number;
    /** For the page after this one; null on the last. */
    nextCursor: string | null;
  };
}

/** A cursor as clients send it back. */
export function writeCursor({ createdAt, id }: ContactDates): string {
  return `${Date.parse(createdAt).toString(36)}.${id}`;
}

/** The cursor in a text, or undefined where it is none. */
export function readCursor(text: string): ContactCursor | undefined {
  const [, time, id] = /^([\da-z]{1,9})\.([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/.exec(text) ?? [];
  const date = new Date(Number.parseInt(time ?? '', 36));
  return id === undefined || Number.isNaN(date.getTime()) ? undefined : { createdAt: date.toISOString(), id };
}

/** Whether name, note and place together have every word of a search, whatever their case and accents. */
export function matches({ name, note, place }: Contact, search: string): boolean {
  const text = plain([name, note, place].join(' '));
  return plain(search)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
