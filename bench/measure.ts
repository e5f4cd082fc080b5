/** Interleaved rounds: every scenario once a round, in random order, so that whatever else the machine does falls on all of them alike. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Complaint } from '../dev/complaint.ts';
import { ask, cpuMicroseconds, defer, type Server } from './processes.ts';
import type { Scenario, ServerName } from './scenarios.ts';

/** The load generator's script. */
export const LOAD = fileURLToPath(new URL('load.js', import.meta.url));
/** Enough to keep a server busy, few enough to leave the machine to it. */
export const CONNECTIONS = 8;
/** Requests of one scenario in one round. */
export const SLICE = 300;
/** How long an isolate of the bench gathers views: a second, as in production, would write them in another slice. */
export const VIEW_BATCH_MS = 50;
/** Work that goes on after the last response belongs to the slice. */
export const SETTLE_MS = 2 * VIEW_BATCH_MS + 20;

/** A browser, so that views are counted as those of people are. */
export const HEADERS = {
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  Accept: '*/*',
  // Cloudflare always sends it, and limits go by it; workerd has no limiter that could be asked.
  'CF-Connecting-IP': '203.0.113.7',
};

/** One scenario in one round. */
export interface Sample {
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Per request. */
  cpuMicroseconds: number;
  /** Requests at the stand-ins for each request here. */
  upstash: number;
  neon: number;
}

/** What bench/load.js answers. */
export interface LoadResult {
  requests: number;
  p50: number;
  p99: number;
  /** Statuses other than the expected one, with how often they came. */
  wrong: [number, number][];
  errors: number;
}

export interface Rounds {
  servers: Partial<Record<ServerName, Server>>;
  /** Requests that the stand-ins have had. */
  requests: () => { neon: number; upstash: number };
  scenarios: Scenario[];
  rounds: number;
  progress: (text: string) => void;
}

/** Measures everything; samples stand in the order of the rounds. @throws Complaint when an answer was a wrong one */
export async function measure(parts: AsyncDisposableStack, all: Rounds): Promise<Map<Scenario, Sample[]>> {
  const load = fork(LOAD, { execPath: process.execPath });
  defer(parts, load);
  const samples = new Map<Scenario, Sample[]>(all.scenarios.map((scenario) => [scenario, []]));
  for (let round = 0; round <= all.rounds; round++) {
    const isWarmUp = round === 0;
    all.progress(isWarmUp ? 'warming up' : `round ${round} of ${all.rounds}`);
    for (const scenario of shuffled(all.scenarios)) {
      await scenario.before?.();
      const sample = await sampleOf(scenario);
      if (!isWarmUp) samples.get(scenario)?.push(sample);
    }
  }
  return samples;

  async function sampleOf(scenario: Scenario): Promise<Sample> {
    const { name, server, paths, method = 'GET', headers, body, status } = scenario;
    const { pid, url } = all.servers[server] as Server;
    const before = { cpu: cpuMicroseconds(pid), at: performance.now(), ...all.requests() };
    const result = await ask<LoadResult>(load, {
      name: `${server} ${name}`,
      url,
      paths,
      method,
      headers: { ...HEADERS, ...headers },
      body,
      status,
      connections: CONNECTIONS,
      requests: SLICE,
    });
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const cpu = cpuMicroseconds(pid) - before.cpu;
    const after = all.requests();
    const { requests, p50, p99, wrong, errors } = result;
    if (wrong.length > 0 || errors > 0)
      throw new Complaint(
        `${name} (${server}): ${errors} errors, and instead of ${status}: ${wrong.join('; ')}`,
      );
    const sample = {
      p50,
      p99,
      cpuMicroseconds: cpu / requests,
      upstash: (after.upstash - before.upstash) / requests,
      neon: (after.neon - before.neon) / requests,
    };
    checkTrips(scenario, sample, performance.now() - before.at);
    return sample;
  }
}

/** The tiers' expiries make a few requests dear, and views are written in batches. @param ms that the slice took */
function checkTrips({ name, trips }: Scenario, { upstash, neon }: Sample, ms: number): void {
  if (!trips) return;
  const slack = (4 * CONNECTIONS + SLICE / 100 + ms / VIEW_BATCH_MS) / SLICE;
  if (Math.abs(upstash - trips.upstash) > slack || Math.abs(neon - trips.neon) > slack)
    throw new Complaint(
      `${name}: ${upstash.toFixed(2)} requests to Upstash and ${neon.toFixed(2)} to Neon, not ${trips.upstash} and ${trips.neon}`,
    );
}

function shuffled<T>(values: readonly T[]): T[] {
  const order = values.map((value) => ({ value, place: Math.random() }));
  return order.sort((a, b) => a.place - b.place).map(({ value }) => value);
}
