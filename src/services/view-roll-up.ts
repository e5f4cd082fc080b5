/** Moves views from the log into the database, each exactly once whatever breaks on the way; docs/views.md argues why. */
import { decodeEntry, tally, visitorsByDay } from '../domain/views/view-log.ts';
import type { ViewLog, ViewStore } from '../ports.ts';

interface Deps {
  viewLog: ViewLog;
  store: ViewStore;
}

/** Entries that are summed into one statement. */
const PART_ENTRIES = 500;

export class ViewRollUp {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Empties the log, part by part. Rejects when anything fails: the next run goes on from there. */
  async run(maxParts = Number.POSITIVE_INFINITY): Promise<void> {
    for (let part = 0; part < maxParts; part++) if (!(await this.#moveOnePart())) return;
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
