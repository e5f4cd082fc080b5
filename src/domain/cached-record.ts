/** A name's record with the time at which it was read, and the cache tier that returned it. */
import type { NameRecord } from './name-record.ts';

/** A record as it was read from Postgres. */
export interface StampedRecord {
  record: NameRecord;
  /** Milliseconds since the epoch at which Postgres was read. */
  readAt: number;
  /** Identifies the content of the record, for ETags. */
  tag: string;
  /** Characters of its text, which is what it weighs in a bounded cache. */
  size: number;
}

/** The value of `X-Cache`: a cache answered, Postgres was read, or a stale-if-error copy stood in for Postgres. */
export type Freshness = 'HIT' | 'MISS' | 'STALE';

/** A record and the cache tier that returned it. */
export interface CachedRecord extends StampedRecord {
  freshness: Freshness;
  /** The tier that answered, and the seconds that its copy has left: negative for one that is being read anew. */
  tier: 'isolate' | 'upstash' | 'postgres' | 'outage';
  ttlSeconds: number;
}
