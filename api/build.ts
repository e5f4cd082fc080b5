/** Writes the files that `/openapi.json`, `/openapi-pages.json` and `/docs` answer. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { docsPage } from './docs-page.ts';
import { loadDocuments } from './load.ts';

const PUBLIC = new URL('../public/', import.meta.url);
const PAGE = new URL('page/', import.meta.url);

/** Writes them into `public/`. */
export async function buildApi(): Promise<void> {
  const { openApiDocument } = await loadDocuments();
  await mkdir(PUBLIC, { recursive: true });
  await Promise.all([
    writeFile(new URL('openapi.json', PUBLIC), JSON.stringify(openApiDocument('api'))),
    writeFile(new URL('openapi-pages.json', PUBLIC), JSON.stringify(openApiDocument('pages'))),
    writeFile(new URL('docs.html', PUBLIC), docsPage(openApiDocument('all'))),
    copyFile(new URL('docs.css', PAGE), new URL('docs.css', PUBLIC)),
    copyFile(new URL('docs.client.js', PAGE), new URL('docs.js', PUBLIC)),
  ]);
}

if (import.meta.main) await buildApi();
