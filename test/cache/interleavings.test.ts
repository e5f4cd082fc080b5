/** Thousands of random interleavings of readers, writers, renames, expiries, refreshes and refusals through the real cache policy. */
import { expect, test } from 'vitest';
import { runWorld } from './interleavings.ts';

/** Printed with every failure; set SEED to repeat a run. */
const SEED = Number(process.env.SEED) || Math.floor(Math.random() * 2 ** 31);
/** Five times as many as find old copies where the fence is missing. */
const WORLDS = 1_500;

async function faultsOf(
  options: Omit<Parameters<typeof runWorld>[0], 'seed'>,
  worlds: number,
): Promise<string[]> {
  const faults: string[] = [];
  for (let world = 0; world < worlds; world += 1) {
    for (const fault of await runWorld({ ...options, seed: SEED + world }))
      faults.push(`seed ${SEED + world}: ${fault}`);
  }
  return faults;
}

test(`one isolate with its own tier never answers with less than was acknowledged (seed ${SEED})`, async () => {
  expect(await faultsOf({ isolates: 1, isolateTtlMs: 5_000 }, WORLDS)).toEqual([]);
});

test(`three isolates that share Upstash never answer with less than was acknowledged (seed ${SEED})`, async () => {
  expect(await faultsOf({ isolates: 3, isolateTtlMs: 0 }, WORLDS)).toEqual([]);
});

test(`where Postgres says no and invalidations are refused, an isolate never forgets its own changes (seed ${SEED})`, async () => {
  const options = { isolates: 3, isolateTtlMs: 0, withRefusals: true };
  expect(await faultsOf(options, WORLDS / 2)).toEqual([]);
});

test('where a refused invalidation passes for an acknowledged one, the same worlds do find old copies', async () => {
  const options = { isolates: 3, isolateTtlMs: 0, withRefusals: true, trusting: true };
  expect(await faultsOf(options, 300)).not.toEqual([]);
});

test('without the fence the same worlds do find old copies', async () => {
  expect(await faultsOf({ isolates: 3, isolateTtlMs: 0, withoutFence: true }, 300)).not.toEqual([]);
});
