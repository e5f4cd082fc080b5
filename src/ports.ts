/** What the services need from the outside, in the words of the domain; `drivers/` provides it. */
import type { Change } from './domain/change.ts';
import type { FoundRecord } from './domain/found-record.ts';
import type { NameRecord } from './domain/name-record.ts';
import type { Owner, OwnProfile, OwnProfileWithLinks, ProfilePatch } from './domain/owner.ts';
import type { Tally } from './domain/view-log.ts';
import type { ViewNumbers, ViewRow } from './domain/view-report.ts';

/** Public reads. Rejects with `Problem('unavailable')` when the database cannot be reached in time. */
export interface ProfileStore {
  /** One statement, whatever the name stands for. @param key username in lower case */
  readByName(key: string): Promise<NameRecord>;
  /** The record of the owner of a card that is not PRIVATE, or unknown. One statement. */
  readByCard(cardId: string): Promise<NameRecord>;
}

/** Reads and writes of an owner's own things; each is one statement, so that it happens whole or not at all. */
export interface OwnerStore {
  readProfile(owner: Owner): Promise<OwnProfileWithLinks | 'signed-out'>;
  updateProfile(
    owner: Owner,
    patch: ProfilePatch,
  ): Promise<Change<OwnProfile | 'signed-out' | 'username-taken'>>;
}

/** What Upstash knew of a name when it was asked. */
export interface CachedText {
  /** The value as it was stored, or null. */
  text: string | null;
  /** The fence at that moment, or null: shown again when a copy is stored, so that an older copy is refused. */
  fence: string | null;
}

/** The shared cache. Every method rejects when it fails or takes too long: a failure never looks like a miss. */
export interface RecordCache {
  /** One round trip. */
  read(key: string): Promise<CachedText>;
  readOutageCopy(key: string): Promise<string | null>;
  /** Stores a copy unless the fence has moved since it was read. @returns whether it was stored */
  store(key: string, fence: string | null, text: string, ttl: StoreTtl): Promise<boolean>;
  /** Removes all copies of these names and moves their fences, in one atomic step. */
  invalidate(keys: readonly string[]): Promise<void>;
}

/** The cache of the data centre in front of the shared one. */
export interface EdgeCache {
  /** Reads through to the shared tiers. Rejects with `Problem('unavailable')` as they do, otherwise when it fails itself. */
  read(key: string): Promise<FoundRecord>;
  /** Rejects when the platform refuses. */
  purge(keys: readonly string[]): Promise<void>;
}

export interface StoreTtl {
  freshSeconds: number;
  /** 0: no outage copy, and one that is there is removed. */
  outageSeconds: number;
}

/** A stretch of the log of views, and where it stands. */
export interface ViewLogPart {
  /** Names this log: a log that was lost is followed by one of another name. */
  id: string;
  /** How many entries have left the log before these. */
  position: number;
  entries: string[];
}

/**
 * Views that wait to be summed: entries leave it at the front, and only after their sums are in the ViewStore.
 * Every method rejects when it fails or takes too long.
 */
export interface ViewLog {
  /** One command. @throws when too many entries wait already */
  append(entry: string): Promise<void>;
  /** The oldest entries, at most `most`; they stay where they are. */
  read(most: number): Promise<ViewLogPart>;
  /** Those of a day's visitors who were remembered before. */
  known(day: string, visitors: readonly string[]): Promise<Set<string>>;
  /** Remembers visitors by day, then lets go of the entries of a part before position `end`, unless that was done. */
  release(part: ViewLogPart, end: number, visitors: ReadonlyMap<string, ReadonlySet<string>>): Promise<void>;
  /** The random key of a day, the same for all who ask; made by the first, and forgotten soon after the day. */
  dayKey(day: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** Sums of views. */
export interface ViewStore {
  /**
   * Adds the sums of a part of the log, in one statement with the position that they reach to, unless entries of the
   * part were added before. @returns the position reached by now, this time or before
   */
  add(part: Pick<ViewLogPart, 'id' | 'position'>, end: number, sums: Tally): Promise<number>;
  /** @param from,today days in UTC, `YYYY-MM-DD`: the numbers of each day between them, both included */
  numbers(owner: Owner, from: string, today: string): Promise<ViewNumbers | 'signed-out'>;
  /** The latest rows first. @param page from 1 on @param cardId of one card alone, unless null */
  list(owner: Owner, page: number, cardId: string | null): Promise<ViewPage | 'signed-out'>;
}

export interface ViewPage {
  rows: ViewRow[];
  /** Rows on all pages. */
  total: number;
}

/** Lets work go on after the response (`waitUntil` of the Workers runtime). */
export type InBackground = (work: Promise<unknown>) => void;

/** One structured line of log: no personal data, no secret. */
export type Log = (event: string, fields?: Record<string, unknown>) => void;
