/** The simulation can be repeated, counts every view once, and runs the product's cache policy. */
import { expect, test } from 'vitest';
import { monthlyCost } from '../../bench/simulate/cost.ts';
import { costPlot, latencyPlot, stalenessPlot, tierPlot } from '../../bench/simulate/plots.ts';
import {
  costTable,
  latencyTable,
  stalenessTable,
  tierTable,
  variantTable,
  wayTable,
} from '../../bench/simulate/report.ts';
import { breakOnOneAddress, conferenceBreak, type Scenario, viral } from '../../bench/simulate/scenarios.ts';
import { type Outcome, simulate } from '../../bench/simulate/simulate.ts';
import { MAX_LAG_MS } from '../../bench/simulate/upstash.ts';
import type { WorldOptions } from '../../bench/simulate/world.ts';
import { DEFAULT_SETTINGS } from '../../src/settings.ts';

const OPTIONS: WorldOptions = { seed: 7, isolatesPerDataCentre: 2, edge: 'none' };
/** The tier that the product does without. */
const TIERED: WorldOptions = { ...OPTIONS, edge: 'tiered' };
const SHORT: Scenario = { ...conferenceBreak, seconds: 120, warmUpSeconds: 20 };
/** One profile, looked at everywhere and changed every few seconds. */
const RESTLESS: Scenario = {
  ...viral,
  seconds: 180,
  peakViews: 60,
  views: () => 60,
  peakEdits: 0.1,
  edits: () => 0.1,
};
/** More than a request and its answer may take. */
const UNDER_WAY_MS = 1_000;

function numbersOf({ tally, used }: Outcome) {
  const { requests, refused, stale, tiers, edits } = tally;
  return { requests, refused, stale, tiers, edits, used, latencies: tally.latencies('frankfurt') };
}

function longestStaleMs({ tally }: Outcome): number {
  return Math.max(...tally.edits.map(({ staleMs }) => staleMs));
}

test('the same seed gives the same numbers, another one others', async () => {
  const once = numbersOf(await simulate(SHORT, OPTIONS));
  expect(numbersOf(await simulate(SHORT, OPTIONS))).toEqual(once);
  expect(numbersOf(await simulate(SHORT, { ...OPTIONS, seed: 8 }))).not.toEqual(once);
});

test('every view is answered by one tier, and every tier asks the next', async () => {
  const { tally, used } = await simulate({ ...SHORT, warmUpSeconds: 0, edits: () => 0 }, TIERED);
  expect(tally.requests).toBeGreaterThan(1_000);
  expect(Object.values(tally.tiers).reduce((sum, tier) => sum + tier)).toBe(tally.requests);
  expect(Math.min(tally.tiers.isolate, tally.tiers.edge, tally.tiers.upstash)).toBeGreaterThan(0);
  expect(tally.tiers.outage).toBe(0);
  // Readers who wait for another one's read make the answers more than the reads.
  expect(tally.tiers.postgres).toBeGreaterThanOrEqual(used.neonReads);
  expect(tally.tiers.edge + tally.tiers.upstash + tally.tiers.postgres).toBeGreaterThanOrEqual(
    used.lower + used.upper + used.worker,
  );
});

test("it is the product's policy: without a tier the others have its work", async () => {
  const whole = await simulate(SHORT, OPTIONS);
  expect(whole.tally.tiers.edge).toBe(0);
  const noIsolates = await simulate(SHORT, { ...OPTIONS, settings: { ISOLATE_TTL_MS: 0 } });
  expect(noIsolates.tally.requests).toBe(whole.tally.requests);
  expect(noIsolates.tally.tiers.isolate).toBe(0);
  expect(noIsolates.tally.tiers.upstash).toBeGreaterThan(whole.tally.tiers.upstash);
  const tiered = await simulate(SHORT, TIERED);
  expect(tiered.tally.tiers.edge).toBeGreaterThan(0);
  expect(tiered.used.read).toBeLessThan(whole.used.read);
  const noCopies = await simulate(SHORT, { ...OPTIONS, settings: { PROFILE_TTL_SECONDS: 1 } });
  expect(noCopies.used.neonReads).toBeGreaterThan(whole.used.neonReads);
});

test('a change is missed no longer than docs/cache.md says', async () => {
  const { ISOLATE_TTL_MS } = DEFAULT_SETTINGS;
  const outcome = await simulate(RESTLESS, OPTIONS);
  expect(new Set(outcome.tally.edits.map(({ outcome }) => outcome))).toEqual(new Set(['done']));
  expect(outcome.tally.stale).toBeGreaterThan(0);
  expect(longestStaleMs(outcome)).toBeLessThan(ISOLATE_TTL_MS + MAX_LAG_MS + UNDER_WAY_MS);
  const refused = await simulate(RESTLESS, { ...TIERED, purges: { bucket: 0, perMinute: 0 } });
  expect(new Set(refused.tally.edits.map(({ outcome }) => outcome))).toEqual(new Set(['deferred']));
  expect(refused.tally.stale).toBeGreaterThan(2 * outcome.tally.stale);
});

test('a hall behind one address runs into the rate limit', async () => {
  const { tally } = await simulate({ ...breakOnOneAddress, seconds: 120, warmUpSeconds: 0 }, OPTIONS);
  expect(tally.refused).toBeGreaterThan(0);
  expect(Object.values(tally.tiers).reduce((sum, tier) => sum + tier) + tally.refused).toBe(tally.requests);
});

test('a month is paid for by what a stretch of it used', async () => {
  const outcome = await simulate(SHORT, OPTIONS);
  // Two requests a view, ten million included, 30 cents a million, five dollars for the plan.
  expect(monthlyCost(1e9, outcome).cloudflare.requests).toBeCloseTo(602);
  expect(monthlyCost(1e6, outcome).cloudflare).toEqual({ requests: 5, cpu: 0, logs: 0 });
  const { total, cloudflare, upstash, neon } = monthlyCost(1e8, outcome);
  const { plan, ...upstashParts } = upstash;
  const parts = [cloudflare, upstashParts, neon].flatMap((each) => Object.values(each));
  expect(total).toBeCloseTo(parts.reduce((sum, part) => sum + part));
  expect(plan).toMatch(/^(by the command|fixed)/);
});

test('tables have a cell for every column, and plots no place that is not a number', async () => {
  const outcome = await simulate(SHORT, OPTIONS);
  const costs = [1e4, 1e6].map((views) => ({ views, cost: monthlyCost(views, outcome) }));
  const tables = [
    tierTable([outcome]),
    latencyTable([outcome, outcome]),
    wayTable(outcome),
    variantTable([outcome]),
    stalenessTable([outcome]),
    costTable(costs),
  ];
  for (const table of tables) {
    expect(table).not.toMatch(/NaN|undefined|Infinity/);
    expect(new Set(table.split('\n').map((line) => line.split('|').length)).size).toBe(1);
  }
  for (const plot of [tierPlot(outcome), latencyPlot([outcome]), stalenessPlot([outcome]), costPlot(costs)]) {
    expect(plot).not.toMatch(/NaN|undefined|Infinity/);
    expect(plot).toMatch(
      /^<svg [^>]*role="img" aria-labelledby="t d">\n<title id="t">.+<\/title>\n<desc id="d">.+<\/desc>/,
    );
  }
});
