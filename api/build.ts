/** Writes `public/openapi.json` and `public/docs.html` from the table of operations and the routes' own schemas. */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PROBLEMS } from '../src/domain/problem.ts';
import { openApiDocument } from './document.ts';
import { OPERATIONS } from './operations.ts';

const PUBLIC = fileURLToPath(new URL('../public/', import.meta.url));
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function docsPage(): string {
  const operations = Object.entries(OPERATIONS).map(
    ([key, { summary }]) => `<tr><td><code>${escaped(key)}</code><td>${escaped(summary)}`,
  );
  const problems = Object.entries(PROBLEMS).map(
    ([code, { status, title }]) =>
      `<tr id="problem-${code}"><td><code>${code}</code><td>${status}<td>${title}`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>DevCard Edge: API</title>
<meta name="description" content="Every operation of the API of DevCard Edge, and every problem that it may answer with.">
<link rel="stylesheet" href="/docs.css">
<main><h1>API</h1>
<p>For programs: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1). Try one: <a href="/healthz"><code>GET /healthz</code></a>.</p>
<h2 id="operations">Operations</h2><table><tr><th>Route<th>What it does
${operations.join('\n')}</table>
<h2 id="problems">Problems</h2><p>Failures are <code>application/problem+json</code> (RFC 9457); match <code>code</code>, never the texts.</p>
<table><tr><th>Code<th>Status<th>Title
${problems.join('\n')}</table></main></html>
`;
}

const CSS = `:root{color-scheme:light dark;font:1rem/1.5 system-ui}main{max-width:60rem;margin:auto;padding:1rem}
table{border-collapse:collapse}td,th{text-align:start;padding:.25rem .75rem .25rem 0;overflow-wrap:anywhere}tr:target{outline:2px solid}
`;

/** Writes the files that `/openapi.json` and `/docs` answer. */
export async function buildApi(): Promise<void> {
  await mkdir(PUBLIC, { recursive: true });
  const files = {
    'openapi.json': JSON.stringify(openApiDocument()),
    'docs.html': docsPage(),
    'docs.css': CSS,
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(PUBLIC + name, text)));
}

if (import.meta.main) await buildApi();
