/** Runs one scenario in one world, from the first event to the last. */
import { Chance } from './chance.ts';
import { runtimeUnder, VirtualClock } from './clock.ts';
import type { Scenario } from './scenarios.ts';
import { Tally } from './tally.ts';
import { World, type WorldOptions } from './world.ts';

export interface Outcome {
  scenario: Scenario;
  tally: Tally;
  /** What was asked of the neighbours while views were counted. */
  used: Used;
}

/** Requests to Upstash and to the data centres' tier by what they are, and what Neon did. */
type Used = ReturnType<typeof usedSoFar>;

function usedSoFar({ upstash, cache, neon }: World) {
  const { reads, writes, awakeMs } = neon;
  return { ...upstash.requests, ...cache.counts, neonReads: reads, neonWrites: writes, neonAwakeMs: awakeMs };
}

function since(before: Used, after: Used): Used {
  const names = Object.keys(after) as (keyof Used)[];
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as Used;
}

/** The same scenario and options give the same outcome. @param onProgress the share that is done */
export async function simulate(
  scenario: Scenario,
  options: WorldOptions,
  onProgress: (share: number) => void = () => undefined,
): Promise<Outcome> {
  const clock = new VirtualClock();
  using _ = runtimeUnder(clock);
  const endMs = scenario.seconds * 1000;
  const tally = new Tally({ warmUpMs: scenario.warmUpSeconds * 1000, endMs });
  const world = new World(clock, tally, options);
  let used = usedSoFar(world);
  clock.after(scenario.warmUpSeconds * 1000, () => {
    used = usedSoFar(world);
  });
  clock.after(endMs, () => {
    used = since(used, usedSoFar(world));
  });

  /** Events of a rate that changes: those of the highest rate, thinned out. */
  const arrivals = (chance: Chance, peak: number, rate: (second: number) => number, arrive: () => void) => {
    const next = () =>
      clock.after(chance.exponential(1000 / peak), () => {
        if (clock.elapsed >= endMs) return;
        if (chance.uniform() * peak < rate(clock.elapsed / 1000)) arrive();
        next();
      });
    if (peak > 0) next();
  };
  // Chances of their own, so that worlds of different make see the same visitors.
  const visitors = new Chance(options.seed + 1);
  arrivals(visitors, scenario.peakViews, scenario.views, () => void world.visit(scenario.visit(visitors)));
  const owners = new Chance(options.seed + 2);
  arrivals(owners, scenario.peakEdits, scenario.edits, () => {
    const { name, at } = scenario.edit(owners);
    void world.edit(name, at);
  });
  await clock.run((elapsed) => onProgress(elapsed / endMs));
  return { scenario, tally, used };
}
