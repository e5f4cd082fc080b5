/** The plots of the simulations. */
import type { Cost } from './cost.ts';
import { REGIONS } from './network.ts';
import { powerOfTen } from './numbers.ts';
import { staleSeconds, TIER_TITLES } from './report.ts';
import type { Outcome } from './simulate.ts';
import { type Area, labels, legend, line, picture, rules, shape, text } from './svg.ts';
import { quantile, TIERS } from './tally.ts';

const AREA: Area = { left: 64, top: 76, width: 664, height: 250 };
const HEIGHT = 372;
const PERCENTS = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: `${100 * at} %` }));

/** Who answered over the day of the conference, as shares that are stacked. */
export function tierPlot({ tally, scenario }: Outcome): string {
  const last = tally.slots.length - 1;
  const shapes = TIERS.map((_, i) => {
    const edge = (upTo: number) =>
      tally.slots.map((slot, x) => {
        const all = TIERS.reduce((sum, tier) => sum + slot[tier], 0);
        const below = TIERS.slice(0, upTo).reduce((sum, tier) => sum + slot[tier], 0);
        return [x / last, below / Math.max(1, all)] as const;
      });
    return shape(AREA, i, [...edge(i), ...edge(i + 1).toReversed()]);
  });
  const hours = scenario.seconds / 3600;
  return picture(
    'Who answers on the day of a conference',
    'Shares of the tiers over eight hours, stacked. In the three breaks Postgres answers about a fifth of the views, between them about half.',
    HEIGHT,
    [
      legend(
        'shape',
        TIERS.map((tier) => TIER_TITLES[tier]),
      ),
      rules(AREA, PERCENTS),
      ...shapes,
      labels(
        AREA,
        Array.from({ length: hours + 1 }, (_, hour) => ({ at: hour / hours, label: `${9 + hour}:00` })),
      ),
    ],
  );
}

const SHARES = [0.5, 0.9, 0.99];
const MOST_MS = 400;

/** What visitors wait for, by region, in two scenarios one above the other. */
export function latencyPlot(outcomes: readonly Outcome[]): string {
  const panels = outcomes.flatMap(({ scenario, tally }, panel) => {
    const area = { ...AREA, top: 96 + panel * 230, height: 160 };
    const slot = area.width / REGIONS.length;
    const width = slot / 4;
    const bars = REGIONS.flatMap(({ id }, region) =>
      SHARES.map((share, i) => {
        const height = (Math.min(MOST_MS, quantile(tally.latencies(id), share)) / MOST_MS) * area.height;
        const x = area.left + region * slot + (i + 0.5) * width;
        return `<rect class="f${i}" x="${x.toFixed(1)}" y="${(area.top + area.height - height).toFixed(1)}" width="${(width - 3).toFixed(1)}" height="${height.toFixed(1)}"/>`;
      }),
    );
    return [
      text(area.left, area.top - 12, scenario.title),
      rules(
        area,
        [0, 100, 200, 300, 400].map((label) => ({ at: label / MOST_MS, label: String(label) })),
      ),
      ...bars,
      labels(
        area,
        REGIONS.map(({ title }, region) => ({ at: (region + 0.5) / REGIONS.length, label: title })),
      ),
    ];
  });
  return picture(
    'What visitors wait for, in milliseconds',
    'Bars of the median, the 90th and the 99th percentile in seven regions. A viral profile is answered in about 20 ms everywhere, half of the time; with few views the way to Postgres in Virginia decides.',
    96 + outcomes.length * 230 - 24,
    [legend('shape', ['half of them', '90 of 100', '99 of 100']), ...panels],
  );
}

const MOST_SECONDS = 22;
const BOUND_SECONDS = 20;

/** How long after its acknowledgement a change was still missed: shares of all changes. */
export function stalenessPlot(outcomes: readonly Outcome[]): string {
  const lines = outcomes.map(({ tally }, i) => {
    const seconds = staleSeconds(tally.edits).sort((a, b) => a - b);
    const steps = seconds.flatMap((second, n): [number, number][] => [
      [second / MOST_SECONDS, n / seconds.length],
      [second / MOST_SECONDS, (n + 1) / seconds.length],
    ]);
    return line(AREA, i, [[0, 0], ...steps, [1, 1]]);
  });
  const bound = AREA.left + (BOUND_SECONDS / MOST_SECONDS) * AREA.width;
  return picture(
    'When the last visitor has seen the last of the old profile',
    'Shares of all changes over the seconds since their acknowledgement. All curves reach 100 % before 20 seconds.',
    HEIGHT + 20,
    [
      legend(
        'line',
        outcomes.map(({ scenario }) => scenario.title),
      ),
      rules(AREA, PERCENTS),
      `<line class="bound" x1="${bound}" x2="${bound}" y1="${AREA.top}" y2="${AREA.top + AREA.height}"/>`,
      text(bound - 6, AREA.top + AREA.height - 10, 'isolate 5 s + data centre 15 s', 'end'),
      ...lines,
      labels(
        AREA,
        [0, 5, 10, 15, 20].map((second) => ({ at: second / MOST_SECONDS, label: String(second) })),
      ),
      text(
        AREA.left + AREA.width / 2,
        AREA.top + AREA.height + 42,
        'seconds after the acknowledgement',
        'mid',
      ),
    ],
  );
}

const COST_DECADES = [0, 1, 2, 3, 4];

/** A month's costs over a month's views, both in powers of ten. */
export function costPlot(costs: readonly { views: number; cost: Cost }[]): string {
  const sum = (parts: object) =>
    Object.values(parts).reduce((total: number, part) => total + (typeof part === 'number' ? part : 0), 0);
  const curves = [
    ({ total }: Cost) => total,
    ({ cloudflare }: Cost) => sum(cloudflare),
    ({ upstash }: Cost) => sum(upstash),
    ({ neon }: Cost) => sum(neon),
  ];
  const first = Math.log10(costs[0]!.views);
  const decades = Math.log10(costs.at(-1)!.views) - first;
  const y = (dollars: number) => Math.max(0, Math.log10(Math.max(dollars, 1)) / COST_DECADES.at(-1)!);
  return picture(
    'What a month costs, in US dollars',
    'Costs by provider over views a month, both axes in powers of ten: nearly flat up to ten million views, then in proportion.',
    HEIGHT + 20,
    [
      legend('line', ['together', 'Cloudflare', 'Upstash', 'Neon']),
      rules(
        AREA,
        COST_DECADES.map((decade) => ({
          at: decade / COST_DECADES.at(-1)!,
          label: (10 ** decade).toLocaleString('en'),
        })),
      ),
      ...curves.map((curve, i) =>
        line(
          AREA,
          i,
          costs.map(({ views, cost }) => [(Math.log10(views) - first) / decades, y(curve(cost))] as const),
        ),
      ),
      labels(
        AREA,
        costs.map(({ views }) => ({ at: (Math.log10(views) - first) / decades, label: powerOfTen(views) })),
      ),
      text(AREA.left + AREA.width / 2, AREA.top + AREA.height + 42, 'views a month', 'mid'),
    ],
  );
}
