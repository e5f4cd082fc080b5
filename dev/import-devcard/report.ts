/** The report of an import: a line of JSON for each finding, and a summary to read. */
import { type Finding, REASONS, type Reason } from './findings.ts';

/** What an import has come to so far. */
export interface Tally {
  /** People in the old database. */
  people: number;
  /** Those looked at so far. */
  read: number;
  imported: number;
  hereAlready: number;
  leftOut: number;
  links: number;
  cards: number;
  /** Views, not rows. */
  views: number;
  reasons: Partial<Record<Reason, number>>;
  /** Rows that stay behind by design, by table. */
  leftBehind: Record<string, number>;
  /** Imported names of which a cache could not be told; it forgets them within 30 seconds. */
  notForgotten: number;
}

/** Of whom a finding speaks. */
export interface Whom {
  id: string;
  username: string;
}

/** One finding as a line of JSON. */
export function reportLine({ id, username }: Whom, finding: Finding): string {
  const { outcome, reason, ...rest } = finding;
  return `${JSON.stringify({ person: id, username, outcome, reason, ...rest })}\n`;
}

/** How far an import is, how fast, and when it will be done. */
export function progressLine({ people, read }: Tally, elapsedMs: number): string {
  const rate = elapsedMs > 0 ? (read * 1000) / elapsedMs : 0;
  const left = rate > 0 ? `${duration(Math.max(0, people - read) / rate)} left` : 'starting';
  return `${number(read)} of ${number(people)} people, ${number(Math.round(rate))} a second, ${left}`;
}

/** What a person reads afterwards; the same for a dry run, but for its first line. */
export function summary(
  tally: Tally,
  options: { dryRun: boolean; elapsedMs: number; details: string },
): string {
  const { read, imported, hereAlready, leftOut, links, cards, views, reasons, leftBehind, notForgotten } =
    tally;
  const lines = [
    options.dryRun ? 'Dry run: nothing was written. An import would do this.' : 'The import is done.',
    `People: ${number(read)} read, ${number(imported)} imported, ${number(hereAlready)} here already, ${number(leftOut)} left out`,
    `With them: ${number(links)} links, ${number(cards)} cards, ${number(views)} views`,
    `Time: ${duration(options.elapsedMs / 1000)}`,
    '',
  ];
  const counted = Object.entries(reasons) as [Reason, number][];
  lines.push(counted.length > 0 ? 'To know:' : 'Everything was taken over as it was.');
  for (const [reason, count] of counted.toSorted(([, a], [, b]) => b - a))
    lines.push(`${number(count).padStart(9)} ${REASONS[reason]} (${reason})`);
  const behind = Object.entries(leftBehind).filter(([, rows]) => rows > 0);
  if (behind.length > 0)
    lines.push('', `Stays behind: ${behind.map(([table, rows]) => `${number(rows)} ${table}`).join(', ')}`);
  if (notForgotten > 0)
    lines.push(
      '',
      `Upstash did not acknowledge ${number(notForgotten)} names: for up to 30 seconds they may look unknown.`,
    );
  lines.push('', `Each case: ${options.details}`);
  return `${lines.join('\n')}\n`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 120) return `${whole} s`;
  const minutes = Math.ceil(whole / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
