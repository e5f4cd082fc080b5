/** Every command on every page is run by a test, or is listed here with the reason why none runs it. */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = globSync(['*.md', 'docs/*.md', '{client,verify}/*.md'], { cwd: ROOT });

/** The test that runs a command, and what shows in that file that it does. */
interface Run {
  test: string;
  by: string;
}

const account = 'needs an account at Cloudflare or Neon';
const long = 'takes minutes, and wants a quiet machine';
const itself = 'runs the tests, this one too';

const COMMANDS: [RegExp, Run | string][] = [
  [/^npm test( -- test\/[\w/.-]+)?$/, itself],
  [/^npx biome check --write$/, { test: 'dev/test.ts', by: 'bin/biome' }],
  [/^\.ci\/run$/, itself],
  [/^npm ci$/, 'is how the tests got their packages'],
  [/^(PORT=8800 )?npm run dev$/, { test: 'test/dev/dev-command.test.ts', by: "'dev/main.ts'" }],
  [/^npm install( @devcard\/\w+)?$/, 'is how others get their packages'],
  [/^npx wrangler dev$/, { test: 'test/dev/wrangler-dev.test.ts', by: "wrangler('dev', '--port'" }],
  [/^npm run dev -- --reset$/, { test: 'test/dev/dev-command.test.ts', by: "'--reset'" }],
  [/^curl .*http:\/\/localhost:8787\//, { test: 'test/dev/readme.test.ts', by: 'await curl(command' }],
  [/^(TOKEN=\$\()?npm run (-s )?token/, { test: 'test/dev/readme.test.ts', by: 'tokenFor(' }],
  [
    /^npm run setup( -- --env staging)?$/,
    { test: 'test/dev/deployment.test.ts', by: "run('setup', { change: GITHUB" },
  ],
  [/^npm run deploy( -- --env staging)?$/, { test: 'test/dev/deployment.test.ts', by: "run('deploy', {" }],
  [/^npm run keys( -- init .*)?$/, { test: 'test/dev/keys.test.ts', by: "run(['init'])" }],
  [
    /^npm run keys -- rotate( sessions| contacts)? --file/,
    { test: 'test/dev/keys.test.ts', by: "['rotate sessions']" },
  ],
  [/^npm run keys -- retire <kid> --file/, { test: 'test/dev/keys.test.ts', by: '`retire ' }],
  [/^npm run keys -- list --file/, { test: 'test/dev/keys.test.ts', by: "['list'" }],
  [/^npm run generate( -- --name .*)?$/, { test: 'test/dev/commands.test.ts', by: "'generate'" }],
  [
    /^npm run import-devcard( -- postgres:\/\/\S+( --dry-run)?)?$/,
    'needs the database of an existing DevCard; tests cover what becomes of each name, link and text',
  ],
  [/^npm run packages$/, { test: 'test/dev/packages.test.ts', by: 'buildPackages()' }],
  [/^npm run client$/, { test: 'test/api/openapi.test.ts', by: 'clientTypes(openApiDocument(' }],
  [/^npx esbuild verify\/verify\.ts /, { test: 'test/dev/commands.test.ts', by: "run('esbuild'" }],
  [/^npx wrangler (login|versions upload|rollback|secret bulk|secret put|tail)/, account],
  [/^pg_dump /, account],
  [/^openssl /, account],
  [/^npx wrangler types$/, { test: 'dev/test.ts', by: "'types', '--check'" }],
  [/^npm run bench/, long],
  [/^npm run codes$/, long],
  [/^npm run drill/, 'takes five minutes, and kills servers all the while'],
  [/^npm run simulate/, 'takes a minute: test/bench/simulate.test.ts runs shorter ones'],
];

interface Found {
  page: string;
  command: string;
}

/** Commands in fences, with or without a prompt, and those in the text. */
function commandsOf(page: string): Found[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const fences = /^ *```(\w*)\n([\s\S]*?)^ *```/gm;
  const fenced = [...text.matchAll(fences)].flatMap(([, language, body = '']) =>
    body
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => (language === 'sh' ? line !== '' : /^(\$|npm|npx) /.test(line)))
      .map((line) => line.replace(/^\$ /, '').replace(/ +#.*$/, '')),
  );
  const spans = text.replace(fences, '').matchAll(/`((?:[A-Z_]+=\S+ )?(?:npm|npx|curl|\.ci\/run)\b[^`]*)`/g);
  return [...fenced, ...[...spans].map(([, command]) => command as string)].map((command) => ({
    page,
    command: command.replace(/\s+/g, ' '),
  }));
}

const FOUND = PAGES.flatMap(commandsOf);

test('there are commands on the pages', () => {
  expect(FOUND.length).toBeGreaterThan(40);
});

test('each of them is listed once', () => {
  const listings = ({ command }: Found) => COMMANDS.filter(([pattern]) => pattern.test(command)).length;
  expect(FOUND.filter((found) => listings(found) !== 1)).toEqual([]);
});

test.each(COMMANDS)('%s is on a page, and runs where the table says', (pattern, how) => {
  expect(FOUND.some(({ command }) => pattern.test(command))).toBe(true);
  if (typeof how !== 'string') expect(readFileSync(join(ROOT, how.test), 'utf8')).toContain(how.by);
});

const dir = mkdtempSync(join(tmpdir(), 'devcard-commands-'));
afterAll(() => rmSync(dir, { recursive: true }));

function run(program: string, ...args: string[]) {
  return spawnSync(join('node_modules/.bin', program), args, { cwd: ROOT, encoding: 'utf8' });
}

test('the migrations make what the schema says: there is nothing to generate', () => {
  const out = join(dir, 'drizzle');
  cpSync(join(ROOT, 'drizzle'), out, { recursive: true });
  const options = ['--dialect', 'postgresql', '--schema', 'src/drivers/postgres/*schema.ts'];
  const { stdout } = run('drizzle-kit', 'generate', ...options, '--out', relative(ROOT, out));
  expect(stdout).toContain('No schema changes');
});

test('the verifier bundles as its page says', () => {
  const { command = '' } = FOUND.find(({ command }) => command.startsWith('npx esbuild')) ?? {};
  const args = command
    .split(' ')
    .slice(2)
    .map((arg) => arg.replace('--outfile=', `--outfile=${dir}/`));
  expect(run('esbuild', ...args).status).toBe(0);
  expect(readFileSync(join(dir, 'devcard-verify.js'), 'utf8')).toContain('export{');
});
