/** What the services of views need of the outside. */
import type { Owner } from './domain/owner.ts';
import type { Tally } from './domain/views/view-log.ts';
import type { CardViews, ViewNumbers, ViewRow } from './domain/views/view-report.ts';

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
  /** One command. @returns how many entries wait by now @throws when they are too many */
  append(entry: string): Promise<number>;
  /** The oldest entries, at most `most`; they stay where they are. */
  read(most: number): Promise<ViewLogPart>;
  /** Those of a day's visitors who were remembered before. */
  known(day: string, visitors: readonly string[]): Promise<Set<string>>;
  /** Remembers visitors by day, then lets go of the entries of a part before position `end`, unless that was done. */
  release(part: ViewLogPart, end: number, visitors: ReadonlyMap<string, ReadonlySet<string>>): Promise<void>;
  /** Takes the one place of a roll-up that nobody asked for, or answers false while another isolate has it. */
  claimRollUp(): Promise<boolean>;
  leaveRollUp(): Promise<void>;
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
  ofCard(owner: Owner, cardId: string): Promise<CardViews | 'signed-out'>;
  /** The latest rows first. @param page from 1 on @param cardId of one card alone, unless null */
  list(owner: Owner, page: number, cardId: string | null): Promise<ViewPage | 'signed-out'>;
}

export interface ViewPage {
  rows: ViewRow[];
  /** Rows on all pages. */
  total: number;
}
