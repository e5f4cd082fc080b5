/** `npm run packages`: builds `client/` and `verify/` as npm packages, for `import` and for `require`, each with its types. */
import { execFile } from 'node:child_process';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The folders of the packages, and the file that each exports. */
export const PACKAGES = [
  { folder: 'client', entry: 'devcard' },
  { folder: 'verify', entry: 'verify' },
] as const;

/** Writes `dist/` of each package: ES modules in `esm/`, one CommonJS file in `cjs/`, types in both. */
export async function buildPackages(): Promise<void> {
  for (const { folder, entry } of PACKAGES) {
    const dist = `${ROOT}${folder}/dist`;
    await rm(dist, { recursive: true, force: true });
    const shared = { entryPoints: [`${ROOT}${folder}/${entry}.ts`], bundle: true, target: 'es2022' };
    await build({ ...shared, format: 'esm', outfile: `${dist}/esm/${entry}.js` });
    await build({ ...shared, format: 'cjs', outfile: `${dist}/cjs/${entry}.js` });
    await writeTypes(`${ROOT}${folder}/${entry}.ts`, `${dist}/esm`);
    await cp(`${dist}/esm`, `${dist}/cjs`, { recursive: true, filter: (file) => !file.endsWith('.js') });
    // Else Node takes the files of a package of type "module" for ES modules.
    await writeFile(`${dist}/cjs/package.json`, '{ "type": "commonjs" }\n');
    await cp(`${ROOT}LICENSE`, `${ROOT}${folder}/LICENSE`);
  }
}

async function writeTypes(entry: string, outDir: string): Promise<void> {
  const options =
    '--declaration --emitDeclarationOnly --allowImportingTsExtensions --target ES2022 --module NodeNext';
  const lib = 'ES2022,DOM,DOM.Iterable,DOM.AsyncIterable';
  const tsc = [
    `${ROOT}node_modules/typescript/bin/tsc`,
    entry,
    '--ignoreConfig',
    '--strict',
    ...options.split(' '),
  ];
  await promisify(execFile)(process.execPath, [...tsc, '--lib', lib, '--types', '', '--outDir', outDir]);
  // The compiler leaves the extensions in types as they are.
  for (const name of await readdir(outDir)) {
    if (!name.endsWith('.d.ts')) continue;
    const text = await readFile(`${outDir}/${name}`, 'utf8');
    await writeFile(`${outDir}/${name}`, text.replace(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'"));
  }
}

if (import.meta.main) await buildPackages();
