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
      of((s) => s.perSecond).toFixed(0),
      of((s) => s.p50).toFixed(2),
      of((s) => s.p99).toFixed(2),
      median(cpu).toFixed(0),
      `${Math.min(...cpu).toFixed(0)}–${Math.max(...cpu).toFixed(0)}`,
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
      'req/s',
      'p50 ms',
      'p99 ms',
      'CPU µs',
      'range',
      '× reference',
      '× Hono',
      'Upstash',
      'Neon',
    ],
    rows,
  );
}

function ratioTo(results: Results, scenario: Scenario, server: string, name: string): string {
  const ratios = pairedRatios(results, [scenario.server, scenario.name], [server, name]);
  return ratios ? median(ratios).toFixed(2) : '';
}

/** CPU of one scenario over that of another, round by round. */
function pairedRatios(
  results: Results,
  of: readonly [string, string],
  than: readonly [string, string],
): number[] | undefined {
  const samplesOf = ([server, name]: readonly [string, string]) =>
    [...results].find(([scenario]) => scenario.server === server && scenario.name === name)?.[1];
  const [ours, theirs] = [samplesOf(of), samplesOf(than)];
  if (!ours || !theirs) return undefined;
  return ours.map((sample, i) => sample.cpuMicroseconds / (theirs[i] as Sample).cpuMicroseconds);
}

/** What became of a bar. */
export interface Verdict {
  text: string;
  cleared: boolean;
}

/** Judges the bars by the medians of paired ratios. */
export function judge(results: Results): Verdict[] {
  return BARS.flatMap((bar) => {
    const ratios = pairedRatios(results, bar.of, bar.than);
    if (!ratios) return [];
    const ratio = median(ratios);
    const cleared = ratio <= bar.most && ratio >= (bar.least ?? 0);
    return [{ cleared, text: `${sentence(bar, ratio)} (${range(ratios)}): ${bar.why}` }];
  });
}

function sentence({ of, than, most, least }: Bar, ratio: number): string {
  const limit = least === undefined ? `≤ ${most}` : `${least.toFixed(1)}–${most.toFixed(1)}`;
  return `${of.join(' ')} costs ${ratio.toFixed(2)} × ${than.join(' ')}, bar ${limit}`;
}

function range(values: number[]): string {
  return `${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;
}
