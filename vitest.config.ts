/** The test projects: pure tests in Node, tests of the Worker in workerd, tests of the pages in Chromium. */
import { readFileSync } from 'node:fs';
import { cloudflareTest } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';
import { chromiumPath } from './test/harness/chromium.ts';
import { LANES } from './test/harness/lanes.ts';

const DEFAULT_SEED = 20_261_123;
const { SEED = DEFAULT_SEED } = process.env;

/** Loads a `.txt` file as text, as wrangler does. */
const textModules = {
  name: 'text-modules',
  enforce: 'pre' as const,
  load: (id: string) =>
    id.endsWith('.txt') ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))}` : undefined,
};

// wrangler.toml names secrets, which tests bind themselves: no warning that they are missing.
process.env.WRANGLER_LOG ??= 'error';

/** Tests that speak to the whole Worker, inside workerd. */
const IN_WORKERD = ['test/{app,client,drivers,routes,services}/**/*.test.ts'];

/** Tests that start programs, or speak to engines from Node. */
const OF_COMMANDS = ['test/dev/**/*.test.ts'];

export default defineConfig({
  define: { DESCRIBED: 'true' },
  test: {
    globalSetup: './test/harness/global-setup.ts',
    setupFiles: './test/harness/chance.ts',
    provide: { seed: SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(SEED) },
    silent: 'passed-only',
    // Generous: what it guards against is a hang, and a busy machine is not one.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: LANES,
    projects: [
      ...(chromiumPath() || process.env.CI
        ? [
            {
              extends: true as const,
              test: {
                name: 'browser',
                include: ['test/browser/**/*.test.ts'],
              },
            },
          ]
        : []),
      {
        extends: true,
        test: {
          name: 'commands',
          include: OF_COMMANDS,
        },
      },
      {
        extends: true,
        plugins: [textModules],
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: [...IN_WORKERD, ...OF_COMMANDS, 'test/browser/**'],
          // They touch nothing outside of themselves: a thread runs one file after the other.
          pool: 'threads',
          isolate: false,
        },
      },
      {
        extends: true,
        plugins: [
          cloudflareTest({
            // workerd would report every connection that a test cuts.
            verbose: false,
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              // Tests do much in one owner's name; the other limits are as they are, for clients with an address.
              ratelimits: Object.fromEntries(
                ['LIMIT_WRITES', 'LIMIT_OWN_READS', 'LIMIT_EXPORTS'].map((name) => [
                  name,
                  { namespace_id: `tests ${name}`, simple: { limit: 1_000_000, period: 60 } },
                ]),
              ),
            },
          }),
        ],
        test: {
          name: 'worker',
          include: IN_WORKERD,
          setupFiles: ['./test/harness/chance.ts', './test/harness/worker-lane.ts'],
        },
      },
    ],
  },
});
