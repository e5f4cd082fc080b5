/** Reports of the views of an owner's cards. */
import { type BreakerPolicy, CircuitBreaker } from '../cache/circuit-breaker.ts';
import type { Owner } from '../domain/owner.ts';
import { Problem } from '../domain/problem.ts';
import { lastDays } from '../domain/views/view.ts';
import {
  type CardViews,
  type ReportDays,
  type ViewNumbers,
  type ViewReport,
  viewCsv,
  viewReport,
} from '../domain/views/view-report.ts';
import type { ViewPage, ViewStore } from '../view-ports.ts';
import type { ViewRollUp } from './view-roll-up.ts';

interface Deps {
  store: ViewStore;
  rollUp: ViewRollUp;
  now: () => number;
  upstashPolicy: BreakerPolicy;
}

/** Parts of the log that are summed when an owner opens the report; the cron trigger sums the rest. */
const PARTS_PER_READ = 1;

export class Views {
  readonly #deps: Deps;
  readonly #breaker: CircuitBreaker;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker(deps.upstashPolicy, { opened: 'views.behind' });
  }

  /** @throws Problem `unauthorized`, `unavailable` */
  async report(owner: Owner, days: ReportDays): Promise<ViewReport> {
    return viewReport(await this.#numbers(owner, days), days, this.#deps.now());
  }

  /** The report's numbers as CSV. @throws Problem `unauthorized`, `unavailable` */
  async csv(owner: Owner, days: ReportDays): Promise<string> {
    return viewCsv((await this.#numbers(owner, days)).days);
  }

  /** All views of one card. @throws Problem `unauthorized`, `unavailable` */
  async ofCard(owner: Owner, cardId: string): Promise<CardViews> {
    await this.#catchUp();
    return orUnauthorized(await this.#deps.store.ofCard(owner, cardId));
  }

  /** A page of rows, the latest first. @throws Problem `unauthorized`, `unavailable` */
  async list(owner: Owner, page: number, cardId: string | null): Promise<ViewPage> {
    await this.#catchUp();
    return orUnauthorized(await this.#deps.store.list(owner, page, cardId));
  }

  async #numbers(owner: Owner, days: ReportDays): Promise<ViewNumbers> {
    const { store, now } = this.#deps;
    await this.#catchUp();
    const [from, today] = [lastDays(days, now())[0], lastDays(1, now())[0]] as [string, string];
    return orUnauthorized(await store.numbers(owner, from, today));
  }

  /** Sums the waiting views if possible; otherwise the numbers are as old as the last roll-up. */
  async #catchUp(): Promise<void> {
    await this.#breaker.run(() => this.#deps.rollUp.run(PARTS_PER_READ)).catch(() => undefined);
  }
}

function orUnauthorized<T>(answer: T | 'signed-out'): T {
  if (answer === 'signed-out') throw new Problem('unauthorized');
  return answer;
}
