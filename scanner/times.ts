/** Times in words. All arguments are seconds since the epoch. */

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

const relative = new Intl.RelativeTimeFormat('en');
const time = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const date = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const dateAndYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });

/** Such as `14:05`, or `Nov 22, 14:05` on another day than today, or with the year in another year. */
export function clock(then: number, now: number): string {
  const [thenDate, nowDate] = [new Date(then * 1000), new Date(now * 1000)];
  if (thenDate.toDateString() === nowDate.toDateString()) return time.format(thenDate);
  const day = thenDate.getFullYear() === nowDate.getFullYear() ? date : dateAndYear;
  return `${day.format(thenDate)}, ${time.format(thenDate)}`;
}

/** Such as `20 minutes ago` or `in 2 hours`; `just now` below a minute either way. */
export function distance(then: number, now: number): string {
  const seconds = then - now;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? [];
  return unit ? relative.format(Math.trunc(seconds / size), unit) : 'just now';
}
