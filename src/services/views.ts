/** What owners see of the views of their cards. */
import type { Owner } from '../domain/owner.ts';
import { Problem } from '../domain/problem.ts';
import { lastDays } from '../domain/view.ts';
import {
  type ReportDays,
  type ViewNumbers,
  type ViewReport,
  viewCsv,
  viewReport,
} from '../domain/view-report.ts';
import type { ViewPage, ViewStore } from '../ports.ts';
import type { ViewRollUp } from './view-roll-up.ts';

interface Parts {
  store: ViewStore;
  rollUp: ViewRollUp;
  now: () => number;
}

/** Parts of the log that are summed for an owner who looks; the cron trigger sums the rest. */
const PARTS_PER_READ = 1;

export class Views {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws Problem `unauthorized`, `unavailable` */
  async report(owner: Owner, days: ReportDays): Promise<ViewReport> {
    return viewReport(await this.#numbers(owner, days), days, this.#parts.now());
  }

  /** The report's numbers as CSV. @throws Problem `unauthorized`, `unavailable` */
  async csv(owner: Owner, days: ReportDays): Promise<string> {
    return viewCsv((await this.#numbers(owner, days)).days);
  }

  /** A page of rows, the latest first. @throws Problem `unauthorized`, `unavailable` */
  async list(owner: Owner, page: number, cardId: string | null): Promise<ViewPage> {
    await this.#parts.rollUp.run(PARTS_PER_READ);
    return signedIn(await this.#parts.store.list(owner, page, cardId));
  }

  async #numbers(owner: Owner, days: ReportDays): Promise<ViewNumbers> {
    const { rollUp, store, now } = this.#parts;
    await rollUp.run(PARTS_PER_READ);
    const [from, today] = [lastDays(days, now())[0], lastDays(1, now())[0]] as [string, string];
    return signedIn(await store.numbers(owner, from, today));
  }
}

function signedIn<T>(answer: T | 'signed-out'): T {
  if (answer === 'signed-out') throw new Problem('unauthorized');
  return answer;
}
