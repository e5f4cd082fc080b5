/** `/me/stats`: how often the owner's card was viewed, drawn on the server, and as a table. */
import { SOURCES, type Source, UNKNOWN_COUNTRY } from '../domain/views/view.ts';
import { REPORT_DAYS, type ReportDay, type ViewReport } from '../domain/views/view-report.ts';
import { DayBars } from './day-bars.tsx';
import type { PageParts } from './layout.tsx';
import styles from './stats.css';

const SOURCE_NAMES: Record<Source, string> = {
  qr: 'QR code',
  link: 'Link',
  web: 'Web page',
  nfc: 'NFC tag',
  app: 'App',
};

/** Countries that get bars of their own; the table has all. */
const MOST_COUNTRIES = 8;
/** What Cloudflare calls the Tor network. */
const TOR = 'T1';

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
const inWords = new Intl.NumberFormat('en');

/** The page of a report. */
export function statsPage(report: ViewReport): PageParts {
  const { series } = report;
  const days = series.length;
  const views = sum(series.map((day) => day.views));
  return {
    kind: 'stats',
    language: 'en',
    title: 'Views of your card',
    head: <meta name="robots" content="noindex" />,
    styles,
    body: (
      <main>
        <header>
          <h1>Views of your card</h1>
          <nav aria-label="Period">
            {REPORT_DAYS.map((each) => (
              <a href={`?days=${each}`} aria-current={each === days ? 'page' : undefined}>
                {each} days
              </a>
            ))}
            <a href={`/api/analytics/views.csv?days=${days}`}>Download as CSV</a>
            <a href="/me">Edit your card</a>
          </nav>
        </header>
        <dl class="sums">
          <Sum name="Today" value={report.viewsToday} />
          <Sum name={`Last ${days} days`} value={views} />
          <Sum name="All time" value={report.totalViews} />
          <Sum name="Visitors, each day's added up" value={report.uniqueViewers} />
        </dl>
        {report.totalViews === 0 ? (
          <p>
            Nobody has seen your card yet. <a href="/me/code">Show your code</a>, and come back.
          </p>
        ) : (
          <Charts report={report} views={views} />
        )}
        <p>
          <small>
            Days begin at midnight UTC. Nobody who looks is recorded: your own views, programs, and people who
            ask not to be counted are left out.
          </small>
        </p>
      </main>
    ),
  };
}

/** @param views in the period */
function Charts({ report: { series, sources, countries }, views }: { report: ViewReport; views: number }) {
  const most = Math.max(...series.map((day) => day.views));
  return (
    <>
      <figure>
        <DayBars
          label={`Views a day: ${count(views)} in ${series.length} days, at most ${most} on one. The tables below have each day.`}
          values={series.map((day) => day.views)}
          max={most}
          height={160}
        />
        <figcaption class="ends">
          <span>{dateOf(series[0])}</span>
          <span>most: {count(most)} a day</span>
          <span>today</span>
        </figcaption>
      </figure>
      <Strips
        heading="How they got there"
        strips={SOURCES.map((source) => ({
          name: SOURCE_NAMES[source],
          values: series.map((day) => day.sources[source]),
          total: sources[source] ?? 0,
        }))}
      />
      <Strips
        heading="Where they were"
        strips={countries.slice(0, MOST_COUNTRIES).map(({ country, views }) => ({
          name: countryName(country),
          values: series.map((day) => day.countries[country] ?? 0),
          total: views,
        }))}
      />
      <details>
        <summary>All numbers as tables</summary>
        <DayTable days={series} />
        <Table
          caption="Views by country, most first"
          columns={['Country', 'Views']}
          rows={countries.map(({ country, views }) => [countryName(country), views])}
        />
      </details>
    </>
  );
}

function Sum({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{inWords.format(value)}</dd>
    </div>
  );
}

interface Strip {
  name: string;
  values: readonly number[];
  total: number;
}

/** Bars of several things, on one scale so that they can be compared; each with its name and sum in words. */
function Strips({ heading, strips }: { heading: string; strips: readonly Strip[] }) {
  const max = Math.max(0, ...strips.flatMap(({ values }) => values));
  return (
    <section>
      <h2>{heading}</h2>
      <div class="bars">
        {strips.map(({ name, values, total }) => (
          <div>
            <h3>{name}</h3>
            <p>{count(total)}</p>
            <DayBars label={`${name}: ${count(total)}, by day`} values={values} max={max} height={32} />
          </div>
        ))}
      </div>
      {strips.length === 0 && <p>No views yet.</p>}
    </section>
  );
}

function DayTable({ days }: { days: readonly ReportDay[] }) {
  const viewed = days.filter(({ views }) => views > 0).reverse();
  return (
    <Table
      caption="Views by day, the latest first; days without views are left out"
      columns={['Day', 'Views', 'Visitors', ...SOURCES.map((source) => SOURCE_NAMES[source])]}
      rows={viewed.map((day) => [
        dateOf(day),
        day.views,
        day.uniqueViewers,
        ...SOURCES.map((source) => day.sources[source]),
      ])}
    />
  );
}

interface TableProps {
  caption: string;
  columns: readonly string[];
  /** The first cell names the row. */
  rows: readonly (readonly (string | number)[])[];
}

function Table({ caption, columns, rows }: TableProps) {
  return (
    <section class="scroll" aria-label={caption} tabindex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...values]) => (
            <tr>
              <th scope="row">{name}</th>
              {values.map((value) => (
                <td>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function countryName(code: string): string {
  if (code === UNKNOWN_COUNTRY) return 'Unknown';
  if (code === TOR) return 'Tor network';
  return /^[A-Z]{2}$/.test(code) ? (countryNames.of(code) ?? code) : code;
}

function dateOf(day: ReportDay | undefined): string {
  return day ? dates.format(Date.parse(day.date)) : '';
}

function count(views: number): string {
  return `${inWords.format(views)} ${views === 1 ? 'view' : 'views'}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
