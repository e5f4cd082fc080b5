/** A name's record as a request gets it: with the time at which it was true, and the tier that had it. */
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

/** Where an answer came from, in the words of `X-Cache`: a cache, Postgres, or a copy kept for its outage. */
export type Freshness = 'HIT' | 'MISS' | 'STALE';

/** A record with the story of how it was found. */
export interface CachedRecord extends StampedRecord {
  freshness: Freshness;
  /** The tier that answered, and the seconds that its copy has left. */
  tier: 'isolate' | 'upstash' | 'postgres' | 'outage';
  ttlSeconds: number;
}
