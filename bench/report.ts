/** Medians, ranges and ratios of what was measured, as the table that the bench prints. */
import { markdown } from './markdown.ts';
import type { Sample } from './measure.ts';
import { BARS, type Bar, type Scenario } from './scenarios.ts';

type Results = Map<Scenario, Sample[]>;

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** The table, in Markdown that also reads well in a terminal. */
export function table(results: Results): string {
  const rows = [...results].map(([scenario, samples]) => {
    const of = (pick: (sample: Sample) => number) => median(samples.map(pick));
    const cpu = samples.map((sample) => sample.cpuMicroseconds);
    const isOurs = scenario.server === 'edge';
    return [
      scenario.name,
      scenario.server,
      of((s) => s.p50).toFixed(2),
      of((s) => s.p99).toFixed(2),
      median(cpu).toFixed(0),
      interval(bootstrap(cpu, median), 0),
      isOurs ? ratioTo(results, scenario, 'reference', scenario.name) : '',
      isOurs ? ratioTo(results, scenario, 'hono', 'JSON') : '',
      isOurs ? of((s) => s.upstash).toFixed(2) : '',
      isOurs ? of((s) => s.neon).toFixed(2) : '',
    ];
  });
  return markdown(
    [
      'scenario',
      'server',
      'p50 ms',
      'p99 ms',
      'CPU µs',
      '[90 %]',
      '× reference',
      '× Hono',
      'Upstash',
      'Neon',
    ],
    rows,
  );
}

function ratioTo(results: Results, scenario: Scenario, server: string, name: string): string {
  const ratio = ratioOf(results, [scenario.server, scenario.name], [server, name]);
  return ratio ? ratio.median.toFixed(2) : '';
}

/** A median with the interval in which it lies in 90 of 100 resamplings. */
interface Ratio {
  median: number;
  between: [number, number];
}

/** CPU of one scenario over that of another, round by round. */
function ratioOf(
  results: Results,
  of: readonly [string, string],
  than: readonly [string, string],
): Ratio | undefined {
  const samplesOf = ([server, name]: readonly [string, string]) =>
    [...results].find(([scenario]) => scenario.server === server && scenario.name === name)?.[1];
  const [ours, theirs] = [samplesOf(of), samplesOf(than)];
  if (!ours || !theirs) return undefined;
  const ratios = ours.map((sample, i) => sample.cpuMicroseconds / (theirs[i] as Sample).cpuMicroseconds);
  return { median: median(ratios), between: bootstrap(ratios, median) };
}

const RESAMPLINGS = 1_000;

/** The 5th and the 95th percentile of a statistic over samples that are drawn with replacement (Efron 1979). */
function bootstrap(values: number[], statistic: (values: number[]) => number): [number, number] {
  const draw = () => values[Math.floor(Math.random() * values.length)] as number;
  const drawn = Array.from({ length: RESAMPLINGS }, () => statistic(values.map(draw))).sort((a, b) => a - b);
  return [drawn[RESAMPLINGS * 0.05] as number, drawn[RESAMPLINGS * 0.95] as number];
}

function interval([low, high]: [number, number], digits: number): string {
  return `[${low.toFixed(digits)}–${high.toFixed(digits)}]`;
}

/** What became of a bar. */
export interface Verdict {
  text: string;
  cleared: boolean;
}

/** Judges the bars by the medians of paired ratios. */
export function judge(results: Results): Verdict[] {
  return BARS.flatMap((bar) => {
    const ratio = ratioOf(results, bar.of, bar.than);
    if (!ratio) return [];
    const cleared = ratio.median <= bar.most && ratio.median >= (bar.least ?? 0);
    return [{ cleared, text: `${sentence(bar, ratio)}: ${bar.why}` }];
  });
}

function sentence({ of, than, most, least }: Bar, { median, between }: Ratio): string {
  const limit = least === undefined ? `≤ ${most}` : `${least.toFixed(1)}–${most.toFixed(1)}`;
  return `${of.join(' ')} costs ${median.toFixed(2)} ${interval(between, 2)} × ${than.join(' ')}, bar ${limit}`;
}
