/** The Worker as production gets it: bundled by wrangler, its size, and what its start costs. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { median } from './report.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js');
const ENV = {
  ...process.env,
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
};
const MODULE = /\.(js|mjs|wasm|bin|txt|html|css|svg)$/;
const STARTS = 3;
/** What the Worker runs; a `*.client.js` is a text that browsers run. */
const SCRIPT = /(?<!\.client)\.m?js$/;

/** A Worker's modules, the main one first. */
export interface Bundle {
  /** Absolute paths. */
  modules: string[];
  compatibilityDate: string;
  /** All JavaScript, `gzip -9`. */
  gzipBytes: number;
}

/** Bundles the product, or another entry with the product's settings, for production. */
export async function bundleWorker(
  parts: AsyncDisposableStack,
  entry = 'src/index.ts',
  { minify } = { minify: true },
): Promise<Bundle> {
  const dir = await scratchDir(parts);
  await wrangler(['deploy', entry, '--dry-run', minify ? '--minify' : '--no-minify', '--outdir', dir]);
  const main = entry.replace(/^.*\//, '').replace(/\.\w+$/, '.js');
  const names = readdirSync(dir).filter((name) => MODULE.test(name));
  const modules = [main, ...names.filter((name) => name !== main)].map((name) => join(dir, name));
  const gzipBytes = modules
    .filter((path) => SCRIPT.test(path))
    .reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 9 }).length, 0);
  const config = await readFile(join(ROOT, 'wrangler.toml'), 'utf8');
  const compatibilityDate = /^compatibility_date = "(.+)"$/m.exec(config)?.[1] as string;
  return { modules, compatibilityDate, gzipBytes };
}

/** https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; lineNumber: number } }[];
  samples: number[];
  /** Microseconds between samples. */
  timeDeltas: number[];
}

/** Processor time of the Worker's start in ms, from the profiles that `wrangler check startup` takes: the median. */
export async function startupCpuMs(parts: AsyncDisposableStack): Promise<number> {
  const file = join(await scratchDir(parts), 'startup.cpuprofile');
  const times: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    await wrangler(['check', 'startup', '--outfile', file, '--args=--minify']);
    times.push(busyMs(JSON.parse(await readFile(file, 'utf8'))));
  }
  return median(times);
}

/** The profile also covers the time before and after the start, in which nothing runs. */
function busyMs({ nodes, samples, timeDeltas }: CpuProfile): number {
  const idle = new Set(
    nodes.filter(({ callFrame }) => /^\((idle|program)\)$/.test(callFrame.functionName)).map(({ id }) => id),
  );
  const busy = timeDeltas.filter((_, i) => !idle.has(samples[i] as number));
  return busy.reduce((sum, delta) => sum + delta, 0) / 1000;
}

async function scratchDir(parts: AsyncDisposableStack): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'devcard-bench-'));
  parts.defer(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function wrangler(args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [WRANGLER, ...args], { cwd: ROOT, env: ENV });
}
