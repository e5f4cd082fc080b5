/** `npm test`: types, lint and every test. With arguments (`npm test -- test/domain`) only the tests that they choose. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseCLI, startVitest } from 'vitest/node';
import { buildApi } from '../api/build.ts';
import { buildScanner } from '../scanner/build.ts';
import { chromiumPath } from '../test/harness/chromium.ts';
import { endWithDescendants } from './descendants.ts';
import { buildPreviewFonts } from './preview-fonts.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Check {
  name: string;
  /** A program of node_modules, and its arguments. */
  command: [string, ...string[]];
}

const CHECKS: Check[] = [
  ...globSync(['tsconfig*.json', '*/tsconfig*.json'], { cwd: ROOT }).map(
    (project): Check => ({
      name: `types (${project})`,
      command: ['typescript/bin/tsc', '--noEmit', '-p', project],
    }),
  ),
  { name: 'worker-configuration.d.ts', command: ['wrangler/bin/wrangler.js', 'types', '--check'] },
  { name: 'format and lint', command: ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings'] },
  { name: 'unused code', command: ['knip/bin/knip.js', '--include', 'files,exports,dependencies'] },
];

const args = process.argv.slice(2);
// Among them wrangler and workerd, which nobody else would end.
endWithDescendants();
// Checks and tests look at what it writes.
await Promise.all([buildScanner(), buildApi(), buildPreviewFonts()]);
const brokenChecks = args.length === 0 ? await runChecks() : 0;
const { passed, failed } = await runTests(args);
if (args.length === 0 && !chromiumPath() && globSync('test/browser/**/*.test.ts', { cwd: ROOT }).length > 0)
  console.log('Browser tests were left out: install Chromium, or name one in CHROMIUM, to run them.');
console.log(`${passed} passed, ${failed + brokenChecks} failed`);
process.exit(passed > 0 && failed + brokenChecks === 0 ? 0 : 1);

/** Runs the checks side by side; answers how many failed. */
async function runChecks(): Promise<number> {
  const outcomes = await Promise.all(
    CHECKS.map(async ({ name, command: [program, ...options] }) => {
      const { code, output } = await run([`${ROOT}node_modules/${program}`, ...options]);
      console.log(code === 0 ? ` ✓ ${name}` : ` ✗ ${name}\n${output}`);
      return code === 0;
    }),
  );
  return outcomes.filter((isFine) => !isFine).length;
}

function run(command: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk;
      });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** Runs Vitest; a file that could not be loaded and an error outside every test count as failed too. */
async function runTests(argv: string[]): Promise<{ passed: number; failed: number }> {
  const { filter, options } = parseCLI(['vitest', 'run', ...argv]);
  const vitest = await startVitest('test', filter, { ...options, run: true, root: ROOT });
  const modules = vitest.state.getTestModules();
  const count = (state: 'passed' | 'failed') =>
    modules.flatMap((module) => [...module.children.allTests(state)]).length;
  const errors =
    modules.flatMap((module) => module.errors()).length + vitest.state.getUnhandledErrors().length;
  const result = { passed: count('passed'), failed: count('failed') + errors };
  await vitest.close();
  return result;
}
