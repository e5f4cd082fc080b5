/**
 * `npm run simulate`: the product's cache policy in a world of data centres, for the days that this machine cannot make.
 * `--write` puts the tables and plots into docs/, `--seed 7` rolls other dice.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { monthlyCost } from './cost.ts';
import { costPlot, latencyPlot, stalenessPlot, tierPlot } from './plots.ts';
import {
  type Comparison,
  costTable,
  dataCentreTable,
  EDGE_TITLES,
  latencyTable,
  stalenessTable,
  tierTable,
  variantTable,
  wayTable,
} from './report.ts';
import { breakOnOneAddress, conference, conferenceBreak, type Scenario, steady, viral } from './scenarios.ts';
import { type Outcome, simulate } from './simulate.ts';
import type { WorldOptions } from './world.ts';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));
const PAGE = `${DOCS}simulation.md`;
const PLOTS = `${DOCS}plots/`;
const VIEWS_PER_MONTH = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
/** Those of them that have a column in the table of costs. */
const TABLED_VIEWS = [1e4, 1e6, 1e9];

const { values: flags } = parseArgs({
  options: { write: { type: 'boolean' }, seed: { type: 'string', default: '1' } },
});

async function run(
  scenario: Scenario,
  title = scenario.title,
  options: Partial<WorldOptions> = {},
): Promise<Outcome> {
  const started = performance.now();
  const { isolatesPerDataCentre } = scenario;
  const world: WorldOptions = { seed: Number(flags.seed), isolatesPerDataCentre, edge: 'none', ...options };
  const tell = (line: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${line}`);
  const outcome = await simulate({ ...scenario, title }, world, (share) =>
    tell(`  ${title}: ${(100 * share).toFixed(0)} %`),
  );
  tell('');
  console.log(` ✓ ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return outcome;
}

const atConference = await run(conference);
const ofStar = await run(viral);
const steadyMonths = new Map<number, Outcome>();
for (const views of VIEWS_PER_MONTH) steadyMonths.set(views, await run(steady(views)));
const tabled = TABLED_VIEWS.map((views) => steadyMonths.get(views)!);
const [, million, milliard] = tabled as [Outcome, Outcome, Outcome];

const variants: Outcome[] = [];
const VARIANTS: [string, Partial<WorldOptions>, Scenario?][] = [
  ['as deployed, 4 isolates a data centre', {}],
  ['1 isolate', { isolatesPerDataCentre: 1 }],
  ['16 isolates', { isolatesPerDataCentre: 16 }],
  ['64 isolates', { isolatesPerDataCentre: 64 }],
  ['without the isolate tier', { settings: { ISOLATE_TTL_MS: 0 } }],
  ['the hall behind one address', {}, breakOnOneAddress],
];
for (const [title, options, scenario = conferenceBreak] of VARIANTS)
  variants.push(await run(scenario, title, options));

/** Each way to build a data centres' tier, in each scenario: latency, requests to Upstash, and cost where it is a month. */
const compared: Comparison[] = [];
for (const scenario of [conferenceBreak, ...VIEWS_PER_MONTH.map(steady)]) {
  const views = VIEWS_PER_MONTH.find((each) => steady(each).title === scenario.title);
  for (const edge of ['none', 'flat', 'tiered'] as const) {
    const outcome = await run(scenario, `${scenario.title}, ${EDGE_TITLES[edge]}`, { edge });
    compared.push({ edge, views, outcome });
  }
}

const costs = [...steadyMonths].map(([views, outcome]) => ({ views, cost: monthlyCost(views, outcome) }));

const tables: Record<string, string> = {
  tiers: tierTable([atConference, ofStar, ...tabled]),
  latency: latencyTable([atConference, ofStar, million]),
  ways: wayTable(milliard),
  variants: variantTable(variants),
  dataCentres: dataCentreTable(compared),
  staleness: stalenessTable([atConference, ofStar]),
  cost: costTable(costs.filter(({ views }) => TABLED_VIEWS.includes(views))),
};
const plots: Record<string, string> = {
  tiers: tierPlot(atConference),
  latency: latencyPlot([ofStar, million]),
  staleness: stalenessPlot([atConference, ofStar]),
  cost: costPlot(costs),
};

for (const [name, table] of Object.entries(tables)) console.log(`\n${name}\n${table}`);
if (flags.write) {
  const page = Object.entries(tables).reduce(
    (text, [name, table]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n\n)[\\s\\S]*?(\n\n<!-- end -->)`),
        (_, begin, end) => `${begin}${table}${end}`,
      ),
    readFileSync(PAGE, 'utf8'),
  );
  writeFileSync(PAGE, page);
  mkdirSync(PLOTS, { recursive: true });
  for (const [name, plot] of Object.entries(plots)) writeFileSync(`${PLOTS}${name}.svg`, plot);
  console.log('\nWrote docs/simulation.md and docs/plots/');
}
