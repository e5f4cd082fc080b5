/** The description of the API for programs that run in Node: the routes are bundled first, as wrangler bundles the Worker. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** `api/document.ts` over the routes as they are now. */
export async function loadDocuments(): Promise<typeof import('./document.ts')> {
  const dir = await mkdtemp(join(tmpdir(), 'devcard-api-'));
  const outfile = join(dir, 'document.mjs');
  try {
    await build({
      entryPoints: [fileURLToPath(new URL('document.ts', import.meta.url))],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      define: { DESCRIBED: 'true' },
      loader: {
        '.svg': 'text',
        '.css': 'text',
        '.txt': 'text',
        '.client.js': 'text',
        '.ttf': 'empty',
        '.index': 'empty',
        '.wasm': 'empty',
      },
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(dir, { recursive: true });
  }
}
