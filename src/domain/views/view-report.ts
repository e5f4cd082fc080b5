/** Reports of the views of an owner's cards. */
import { DEVICES, lastDays, SOURCES, type Source, VIEW_KINDS } from './view.ts';

/** Days that a report may cover; the first unless asked otherwise. */
export const REPORT_DAYS = [30, 90] as const;
export type ReportDays = (typeof REPORT_DAYS)[number];

/** Rows on a page of the list of views. */
export const VIEWS_PER_PAGE = 20;
/** Rows of the list that the overview shows. */
export const RECENT_VIEWS = 5;

/** Rows that the report of one card shows at the most. */
export const VIEWS_OF_CARD = 1_000;

/** The views of one card. */
export interface CardViews {
  /** All of them. */
  viewCount: number;
  /** The latest first. */
  views: ViewRow[];
}

/** The views of one card (or of the profile) by one way on one day: the finest that is kept. */
export interface ViewRow {
  id: string;
  kind: string;
  /** Null where the profile was viewed. */
  cardId: string | null;
  source: string;
  /** ISO 8601, the full hour of the latest of them. */
  createdAt: string;
  /** How many. */
  views: number;
  /** Always null: viewers are anonymous. */
  viewer: null;
  /** Null where the profile was viewed, and where the card is gone. */
  card: { title: string } | null;
}

/** One number of one day: views by source, kind, country or device; or unique visitors, with an empty value. */
export interface DayCount {
  /** UTC, `YYYY-MM-DD` */
  day: string;
  facet: 'source' | 'kind' | 'country' | 'device' | 'visitors';
  value: string;
  count: number;
}

/** An owner's views in the store: sums of all time, and numbers of each day of a period. */
export interface ViewNumbers {
  totalViews: number;
  viewsToday: number;
  /** The sum of each day's unique visitors: a visitor is not recognised on another day. */
  uniqueViewers: number;
  recentViews: ViewRow[];
  days: DayCount[];
}

/** One day of a report. */
export interface ReportDay {
  date: string;
  views: number;
  uniqueViewers: number;
  sources: Record<Source, number>;
  /** By ISO 3166-1 alpha-2 code; countries without views are left out. */
  countries: Record<string, number>;
}

/** `GET /api/analytics/overview`: the members of the existing API, and the period day by day. */
export interface ViewReport extends Omit<ViewNumbers, 'days'> {
  /** Always 0: this service has no following. */
  totalFollows: 0;
  /** The same, by the name that the existing app reads. */
  followsCount: 0;
  /** Oldest first, days without views included, today last. */
  series: ReportDay[];
  /** Sums over the period; `countries` with the most views first. */
  sources: Record<string, number>;
  kinds: Record<string, number>;
  devices: Record<string, number>;
  countries: { country: string; views: number }[];
}

/** Makes a report of the last `days` days out of the store's numbers. @param now milliseconds since the epoch */
export function viewReport(
  { days: counts, ...sums }: ViewNumbers,
  days: ReportDays,
  now: number,
): ViewReport {
  const series = lastDays(days, now).map(
    (date): ReportDay => ({ date, views: 0, uniqueViewers: 0, sources: zeros(SOURCES), countries: {} }),
  );
  const byDate = new Map(series.map((day) => [day.date, day]));
  const kinds: Record<string, number> = zeros(VIEW_KINDS);
  const devices: Record<string, number> = zeros(DEVICES);
  const sources: Record<string, number> = zeros(SOURCES);
  const countries = new Map<string, number>();
  for (const { day, facet, value, count } of counts) {
    const date = byDate.get(day);
    if (!date) continue;
    switch (facet) {
      case 'source':
        date.views += count;
        date.sources[value as Source] = count;
        sources[value] = (sources[value] ?? 0) + count;
        break;
      case 'country':
        date.countries[value] = count;
        countries.set(value, (countries.get(value) ?? 0) + count);
        break;
      case 'kind':
        kinds[value] = (kinds[value] ?? 0) + count;
        break;
      case 'device':
        devices[value] = (devices[value] ?? 0) + count;
        break;
      case 'visitors':
        date.uniqueViewers = count;
        break;
    }
  }
  return {
    ...sums,
    totalFollows: 0,
    followsCount: 0,
    series,
    sources,
    kinds,
    devices,
    countries: Array.from(countries, ([country, views]) => ({ country, views })).sort(
      (a, b) => b.views - a.views || a.country.localeCompare(b.country),
    ),
  };
}

/** The numbers of each day as CSV (RFC 4180): `date,facet,value,count`. No cell needs quotes. */
export function viewCsv(days: readonly DayCount[]): string {
  const rows = days.map(({ day, facet, value, count }) => [day, facet, value, count].join());
  return ['date,facet,value,count', ...rows, ''].join('\r\n');
}

function zeros<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
}
