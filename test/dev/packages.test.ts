/** The npm packages, as others use them: packed, in a folder of their own, by `import`, `require`, the compiler and a bundler. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildPackages, PACKAGES } from '../../dev/packages.ts';
import { KEYS, VERDICTS } from '../verify/vectors.ts';

vi.setConfig({ testTimeout: 60_000 });

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** All that need no list of revocations. */
const VECTORS = VERDICTS.filter(({ verdict }) => verdict.outcome !== 'revoked');

let dir: string;
const packed: Record<string, string[]> = {};

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'devcard-packages-'));
  await buildPackages();
  for (const { folder } of PACKAGES) {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json'], { cwd: join(ROOT, folder) });
    const [{ name, files }] = JSON.parse(stdout) as [{ name: string; files: { path: string }[] }];
    packed[folder] = files.map(({ path }) => path);
    for (const { path } of files) {
      const to = join(dir, 'node_modules', name, path);
      mkdirSync(dirname(to), { recursive: true });
      cpSync(join(ROOT, folder, path), to);
    }
  }
  writeFileSync(join(dir, 'vectors.json'), JSON.stringify({ vectors: VECTORS, keys: KEYS }));
}, 120_000);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('a package has its types, its licence and its page, and no source', () => {
  for (const { folder, entry } of PACKAGES) {
    const files = packed[folder] as string[];
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', `dist/esm/${entry}.d.ts`]));
    expect(files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual([]);
  }
});

/** Says the outcomes of all vectors, and what an error of the client tells. */
const SCRIPT = `
const { vectors, keys } = JSON.parse(readFileSync('vectors.json', 'utf8'));
const outcomes = vectors.map(async ({ input, now }) => (await verify(input, keys.jwks, { now, issuer: keys.issuer })).outcome);
const headers = { 'Content-Type': 'application/problem+json', 'Retry-After': '7', 'X-Request-Id': 'r1' };
const fetch = async () => new Response('{"code":"too-many-requests","error":"Wait","requestId":"r1"}', { status: 429, headers });
const devcard = createClient({ origin: 'https://devcard.example', fetch });
const failed = devcard('GET /api/public/{username}', { path: { username: 'ada' } }).catch((error) => error);
Promise.all([Promise.all(outcomes), failed]).then(([outcomes, error]) => {
  const { status, code, retryAfter, requestId } = error;
  console.log(JSON.stringify({ outcomes, error: [error instanceof DevCardError, status, code, retryAfter, requestId] }));
});
`;

const EXPECTED = {
  outcomes: VECTORS.map(({ verdict }) => verdict.outcome),
  error: [true, 429, 'too-many-requests', 7, 'r1'],
};

test.each([
  [
    'import',
    'esm.mjs',
    `import { readFileSync } from 'node:fs';
import { createClient, DevCardError } from '@devcard/client';
import { verify } from '@devcard/verify';
${SCRIPT}`,
  ],
  [
    'require',
    'common.cjs',
    `const { readFileSync } = require('node:fs');
const { createClient, DevCardError } = require('@devcard/client');
const { verify } = require('@devcard/verify');
${SCRIPT}`,
  ],
])('by %s, as JavaScript', async (_, file, script) => {
  writeFileSync(join(dir, file), script);
  const { stdout } = await run(process.execPath, [file], { cwd: dir });
  expect(JSON.parse(stdout)).toEqual(EXPECTED);
});

const TYPED = `
const devcard = createClient({ origin: 'https://devcard.example' });
export async function read(): Promise<string> {
  const { data } = await devcard('GET /api/public/{username}', { path: { username: 'ada' } });
  // @ts-expect-error There is no such member.
  data.nothing;
  // @ts-expect-error The path needs a name.
  await devcard('GET /api/public/{username}');
  const verdict: Verdict = await verify('text', { keys: [] }, { now: 0, issuer: 'https://devcard.example' });
  const code: string | undefined = new DevCardError(new Response(null)).code;
  return verdict.outcome === 'fresh' ? verdict.card.displayName : (code ?? data.displayName);
}
`;

test('strict TypeScript finds the types, by import and by require', async () => {
  const imports = `import { createClient, DevCardError } from '@devcard/client';
import { type Verdict, verify } from '@devcard/verify';
`;
  writeFileSync(join(dir, 'typed.mts'), imports + TYPED);
  writeFileSync(join(dir, 'typed.cts'), imports + TYPED);
  const flags =
    '--noEmit --strict --exactOptionalPropertyTypes --module NodeNext --target ES2022 --lib ES2022,DOM,DOM.Iterable';
  const tsc = [
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    'typed.mts',
    'typed.cts',
    ...flags.split(' '),
    '--types',
    '',
  ];
  await expect(run(process.execPath, tsc, { cwd: dir }).catch(({ stdout }) => stdout)).resolves.toMatchObject(
    { stdout: '' },
  );
});

test('a bundler for browsers leaves out what is not used', async () => {
  const bundle = async (contents: string) => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: dir },
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      write: false,
    });
    return outputFiles[0]?.text ?? '';
  };
  expect(
    await bundle("import { createClient } from '@devcard/client'; import { verify } from '@devcard/verify';"),
  ).toBe('');
  expect(await bundle("export { verify } from '@devcard/verify';")).not.toMatch(/require\(|process\.|Buffer/);
});
