/** What growth did to statements and to the Worker: the tables that the bench prints, and whether the bars are cleared. */
import { fullScans, pagesOf, SMALL_TABLES, tablesOf } from './growth-plans.ts';
import type { Observed } from './growth-probe.ts';
import { markdown } from './markdown.ts';
import { median, type Verdict } from './report.ts';

/** Where a thousand profiles need a tree of two levels, a million need one of three or four. */
const MAX_PAGES_RATIO = 2;
const MAX_CPU_RATIO = 1.2;
/** Below this a plan that reads a table whole may be the best one. */
const MIN_JUDGED_SIZE = 100_000;

/** The statements of all sizes side by side: pages by size, and how they grew. */
export function statementTable(sizes: number[], observed: Observed[][]): string {
  const head = ['operation', 'tables', ...sizes.map((size) => `pages at ${count(size)}`), '×', 'ms'];
  const rows = sideBySide(observed).map((same) => {
    const { operation, explained } = same.at(-1) as Observed;
    const pages = same.map((one) => pagesOf(one.explained));
    return [
      operation,
      tablesOf(explained).join(', '),
      ...pages.map(String),
      ratioOf(same).toFixed(2),
      (explained[0]['Execution Time'] ?? 0).toFixed(1),
    ];
  });
  return markdown(head, rows);
}

/** Processor time of a MISS by size. @param misses µs: a list for each size, in the order of the rounds */
export function missTable(sizes: number[], misses: number[][]): string {
  const [base = []] = misses;
  const rows = misses.map((samples, i) => [
    count(sizes[i] as number),
    median(samples).toFixed(0),
    `${Math.min(...samples).toFixed(0)}–${Math.max(...samples).toFixed(0)}`,
    median(samples.map((cpu, round) => cpu / (base[round] as number))).toFixed(2),
  ]);
  return markdown(['profiles', 'CPU µs per MISS', 'range', '×'], rows);
}

/** No statement reads a growing table as a whole, and none touches many more pages than among few profiles. */
export function judgeStatements(sizes: number[], observed: Observed[][]): Verdict[] {
  const whole = observed.flatMap((statements, i) => {
    const size = sizes[i] as number;
    if (size < MIN_JUDGED_SIZE) return [];
    return statements.flatMap(({ operation, explained, inSequence }) => {
      const tables = inSequence
        .filter((table) => !(table in SMALL_TABLES))
        .map((table) => `${table} in sequence`);
      const scans = [...new Set([...fullScans(explained[0].Plan), ...tables])];
      return scans.map((scan) => `\n   ${count(size)} profiles, ${operation}: ${scan}`);
    });
  });
  const same = sideBySide(observed);
  const worst = same.reduce((a, b) => (ratioOf(b) > ratioOf(a) ? b : a));
  const { operation } = worst[0] as Observed;
  return [
    {
      cleared: whole.length === 0,
      text: `None of ${same.length} statements reads a table as a whole${whole.length ? `, except${whole.join('')}` : ''}`,
    },
    {
      cleared: ratioOf(worst) <= MAX_PAGES_RATIO,
      text: `No statement touches more than ${ratioOf(worst).toFixed(2)} × the pages, bar ≤ ${MAX_PAGES_RATIO} (${operation})`,
    },
  ];
}

/** By the median of the ratios within rounds. */
export function judgeMisses(sizes: number[], misses: number[][]): Verdict {
  const [base = []] = misses;
  const ratio = median((misses.at(-1) as number[]).map((cpu, round) => cpu / (base[round] as number)));
  return {
    cleared: ratio <= MAX_CPU_RATIO,
    text: `A MISS costs the Worker ${ratio.toFixed(2)} × at ${count(sizes.at(-1) as number)} profiles, bar ≤ ${MAX_CPU_RATIO}`,
  };
}

/** Each statement as it was observed at every size, smallest first. */
function sideBySide(observed: Observed[][]): Observed[][] {
  const [first = []] = observed;
  return first.map(({ key }) =>
    observed.map((statements) => {
      const found = statements.find((one) => one.key === key);
      if (!found) throw new Error(`A statement came at one size and not at another: ${key}`);
      return found;
    }),
  );
}

function ratioOf(same: Observed[]): number {
  return pagesOf((same.at(-1) as Observed).explained) / Math.max(pagesOf((same[0] as Observed).explained), 1);
}

/** Such as `1,000,000`. */
export function count(number: number): string {
  return number.toLocaleString('en');
}
