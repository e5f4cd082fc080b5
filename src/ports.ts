/** What the services need from the outside, in the words of the domain; `drivers/` provides it. */
import type { Change } from './domain/change.ts';
import type { FoundRecord } from './domain/found-record.ts';
import type { NameRecord } from './domain/name-record.ts';
import type { Owner, OwnProfile, OwnProfileWithLinks, ProfilePatch } from './domain/owner.ts';

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

/** Lets work go on after the response (`waitUntil` of the Workers runtime). */
export type InBackground = (work: Promise<unknown>) => void;

/** One structured line of log: no personal data, no secret. */
export type Log = (event: string, fields?: Record<string, unknown>) => void;
