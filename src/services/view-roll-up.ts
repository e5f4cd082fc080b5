/** Moves views from the log into the database, each exactly once whatever breaks on the way; docs/views.md argues why. */
import { decodeEntry, tally, visitorsByDay } from '../domain/views/view-log.ts';
import type { ViewLog, ViewStore } from '../view-ports.ts';

interface Deps {
  viewLog: ViewLog;
  store: ViewStore;
}

/** Entries that are summed into one statement. */
const PART_ENTRIES = 500;
/** From this length on the log is summed between the runs of the cron trigger, which come once an hour. */
const LONG_LOG_ENTRIES = 5_000;
/** Of so many appends to a long log one looks whether a roll-up is under way. */
const APPENDS_PER_LOOK = 100;
/** What fits into the 30 s for which work after a response may go on, with a second a part. */
const PARTS_PER_CLAIM = 25;

export class ViewRollUp {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Empties the log, part by part. Rejects when anything fails: the next run goes on from there. */
  async run(maxParts = Number.POSITIVE_INFINITY): Promise<void> {
    for (let part = 0; part < maxParts; part++) if (!(await this.#moveOnePart())) return;
  }

  /** Sums the log when it has grown long, one at a time in all isolates. @param length of the log after an append */
  async keepUp(length: number): Promise<void> {
    const { viewLog } = this.#deps;
    if (length < LONG_LOG_ENTRIES || length % APPENDS_PER_LOOK !== 0) return;
    if (!(await viewLog.claimRollUp())) return;
    try {
      await this.run(PARTS_PER_CLAIM);
    } finally {
      await viewLog.leaveRollUp();
    }
  }

  /** @returns whether more may be waiting */
  async #moveOnePart(): Promise<boolean> {
    const { viewLog, store } = this.#deps;
    const part = await viewLog.read(PART_ENTRIES);
    if (part.entries.length === 0) return false;
    const entries = part.entries.map(decodeEntry);
    const known = new Map<string, Set<string>>();
    for (const [day, visitors] of visitorsByDay(entries.flat()))
      known.set(day, await viewLog.known(day, [...visitors]));
    const end = part.position + part.entries.length;
    const reached = await store.add(part, end, tally(entries.flat(), known));
    // Less than `end` when an earlier run, cut off after this step, saw fewer entries: only those are in the sums.
    const moved = Math.min(reached, end) - part.position;
    if (moved <= 0) return false;
    await viewLog.release(part, part.position + moved, visitorsByDay(entries.slice(0, moved).flat()));
    return true;
  }
}
