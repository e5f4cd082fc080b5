/** The tables of the simulations, in Markdown that also reads well in a terminal. */
import { markdown } from '../markdown.ts';
import { type Cost, monthlyCost } from './cost.ts';
import { REGIONS } from './network.ts';
import { powerOfTen } from './numbers.ts';
import type { Outcome } from './simulate.ts';
import { ALL_TIERS, type Edit, quantile, TIERS, type Tier } from './tally.ts';
import type { WorldOptions } from './world.ts';

/** Who answered. */
export function tierTable(outcomes: readonly Outcome[]): string {
  const head = ['', 'views', 'isolate', 'Upstash', 'Postgres'];
  const rows = outcomes.map(({ scenario, tally }) => {
    const share = (tier: Tier) => percent(tally.tiers[tier] / tally.requests);
    return [scenario.title, count(tally.requests), share('isolate'), share('upstash'), share('postgres')];
  });
  return markdown(head, rows, 1);
}

/** What visitors of each region wait for: half of them, 90 and 99 in 100. */
export function latencyTable(outcomes: readonly Outcome[]): string {
  const head = ['p50 / p90 / p99, ms', ...outcomes.map(({ scenario }) => scenario.title)];
  const rows = REGIONS.map(({ id, title }) => [
    title,
    ...outcomes.map(({ tally }) => {
      const latencies = tally.latencies(id);
      return latencies.length > 0
        ? [0.5, 0.9, 0.99].map((share) => ms(quantile(latencies, share))).join(' / ')
        : '–';
    }),
  ]);
  return markdown(head, rows, 1);
}

/** Requests to Upstash and Postgres that an answer of each tier has to wait for. */
const ROUND_TRIPS: Record<Tier, number> = { isolate: 0, edge: 0, upstash: 1, postgres: 2, outage: 2 };

/** What an answer of each tier takes, half of the time. */
export function wayTable({ tally }: Outcome): string {
  const head = [
    'p50, ms (round trips)',
    ...TIERS.map((tier) => `${TIER_TITLES[tier]} (${ROUND_TRIPS[tier]})`),
  ];
  const rows = REGIONS.map(({ id, title }) => [
    title,
    ...TIERS.map((tier) => {
      const latencies = tally.latencies(id, [tier]);
      return latencies.length > 0 ? ms(quantile(latencies, 0.5)) : '–';
    }),
  ]);
  return markdown(head, rows, 1);
}

/** One scenario with the tiers built in other ways. */
export function variantTable(outcomes: readonly Outcome[]): string {
  const head = ['', 'isolate', 'Upstash', 'Postgres', '429', 'p50 ms', 'p99 ms'];
  const rows = outcomes.map(({ scenario, tally }) => {
    const latencies = REGIONS.flatMap(({ id }) => tally.latencies(id));
    return [
      scenario.title,
      ...TIERS.map((tier) => percent(tally.tiers[tier] / tally.requests)),
      percent(tally.refused / tally.requests),
      ms(quantile(latencies, 0.5)),
      ms(quantile(latencies, 0.99)),
    ];
  });
  return markdown(head, rows, 1);
}

/** One scenario with one way to build a data centres' tier. */
export interface Comparison {
  edge: WorldOptions['edge'];
  /** A month, or undefined where the scenario is none. */
  views: number | undefined;
  outcome: Outcome;
}

export const EDGE_TITLES: Record<WorldOptions['edge'], string> = {
  none: 'none',
  flat: 'Cache API',
  tiered: 'Workers Caching',
};

/** What a data centres' tier is worth. */
export function dataCentreTable(comparisons: readonly Comparison[]): string {
  const head = [
    '',
    'tier',
    'of it answered',
    'p50 / p90 / p99 ms',
    'Upstash reads a view',
    'Postgres',
    '$ a month',
  ];
  const rows = comparisons.map(({ edge, views, outcome }) => {
    const { scenario, tally, used } = outcome;
    const latencies = REGIONS.flatMap(({ id }) => tally.latencies(id, ALL_TIERS));
    return [
      edge === 'none' ? scenario.title.replace(/, .*/, '') : '',
      EDGE_TITLES[edge],
      percent(tally.tiers.edge / tally.requests),
      [0.5, 0.9, 0.99].map((share) => ms(quantile(latencies, share))).join(' / '),
      (used.read / tally.requests).toFixed(2),
      percent(tally.tiers.postgres / tally.requests),
      views === undefined ? '–' : dollars(monthlyCost(views, outcome).total),
    ];
  });
  return markdown(head, rows, 2);
}

/** How long after its acknowledgement a change was still missed by somebody. */
export function stalenessTable(outcomes: readonly Outcome[]): string {
  const head = [
    '',
    'changes',
    'somebody saw the old one',
    'p50 s',
    'p90 s',
    'longest s',
    'old of all answers',
  ];
  const rows = outcomes.flatMap(({ scenario, tally }) =>
    (['done', 'deferred'] as const).flatMap((outcome) => {
      const edits = tally.edits.filter((edit) => edit.outcome === outcome);
      if (edits.length === 0) return [];
      const seconds = staleSeconds(edits);
      return [
        [
          `${scenario.title}, ${outcome}`,
          count(edits.length),
          percent(seconds.filter((each) => each > 0).length / edits.length),
          quantile(seconds, 0.5).toFixed(1),
          quantile(seconds, 0.9).toFixed(1),
          Math.max(...seconds).toFixed(1),
          percent(tally.stale / tally.requests, 2),
        ],
      ];
    }),
  );
  return markdown(head, rows, 1);
}

/** What a month costs, in US dollars. */
export function costTable(costs: readonly { views: number; cost: Cost }[]): string {
  const line = (title: string, amount: (cost: Cost) => number | string) => [
    title,
    ...costs.map(({ cost }) => {
      const value = amount(cost);
      return typeof value === 'number' ? dollars(value) : value;
    }),
  ];
  return markdown(
    ['US dollars a month', ...costs.map(({ views }) => `${powerOfTen(views)} views`)],
    [
      line('Cloudflare: plan and requests', ({ cloudflare }) => cloudflare.requests),
      line('Cloudflare: CPU', ({ cloudflare }) => cloudflare.cpu),
      line('Cloudflare: logs', ({ cloudflare }) => cloudflare.logs),
      line('Upstash: reading copies', ({ upstash }) => upstash.reads),
      line('Upstash: storing and invalidating', ({ upstash }) => upstash.copies),
      line('Upstash: counting views', ({ upstash }) => upstash.views),
      line('Upstash: storage, transfer', ({ upstash }) => upstash.storage),
      line('Upstash: cheapest plan', ({ upstash }) => upstash.plan),
      line('Neon: compute', ({ neon }) => neon.compute),
      line('Neon: storage after a year, transfer', ({ neon }) => neon.storage + neon.transfer),
      line('**together**', ({ total }) => total),
    ],
    1,
  );
}

/** How the tiers are called where people read of them. */
export const TIER_TITLES: Record<Tier, string> = {
  isolate: 'isolate',
  edge: 'data centre',
  upstash: 'Upstash',
  postgres: 'Postgres',
  outage: 'outage copy',
};

/** How long after its acknowledgement each change was last missed, s. */
export function staleSeconds(edits: readonly Edit[]): number[] {
  return edits.map(({ staleMs }) => staleMs / 1000);
}

function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function ms(value: number): string {
  return value.toFixed(0);
}

function dollars(value: number): string {
  return value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en');
}
