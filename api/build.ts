/** Writes `public/openapi.json` and `public/docs.html` from the table of operations and the routes' own schemas. */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { PROBLEMS } from '../src/domain/problem.ts';
import { ANSWERS, type AnswerName } from './answers.ts';
import { OPERATIONS, type Operation } from './operations.ts';

const PUBLIC = fileURLToPath(new URL('../public/', import.meta.url));
const OWNER_PATHS = /^\/(api\/(profiles|cards|analytics)\b|auth\/(me|logout\/everywhere)$)/;

/** The description as an OpenAPI 3.1 document. */
export function openApiDocument() {
  const paths: Record<string, Record<string, object>> = {};
  for (const [key, operation] of Object.entries(OPERATIONS)) {
    const [method, route] = key.split(' ') as [string, string];
    const path = route.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(route, operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'DevCard Edge',
      version: '0.1.0',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(ANSWERS).map(([name, answer]) => [name, schemaOf(answer)])),
      securitySchemes: { owner: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function describe(route: string, { summary, answer, status = 200, body, query, list }: Operation) {
  const inPath = [...route.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(query?.entries ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    schema: schemaOf(schema),
  }));
  return {
    summary,
    ...(OWNER_PATHS.test(route) && { security: [{ owner: [] }] }),
    parameters: [...inPath, ...inQuery],
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } },
    }),
    responses: {
      [status]: { description: summary, ...(answer && { content: contentOf(answer, list) }) },
      default: {
        description: 'A problem (RFC 9457); its codes are listed under /docs',
        content: { 'application/problem+json': { schema: ref('Problem') } },
      },
    },
  };
}

function contentOf(answer: string, list = false) {
  if (!(answer in ANSWERS)) return { [answer]: {} };
  const one = ref(answer as AnswerName);
  const type = answer === 'KeySet' ? 'application/jwk-set+json' : 'application/json';
  return { [type]: { schema: list ? { type: 'array', items: one } : one } };
}

const ref = (name: AnswerName) => ({ $ref: `#/components/schemas/${name}` });

/** JSON Schema of what is to be sent; what our own rules add stands in the schema's metadata. */
function schemaOf(schema: v.GenericSchema): object {
  const { $schema: _, ...json } = toJsonSchema(schema, {
    typeMode: 'input',
    errorMode: 'ignore',
    overrideAction: ({ valibotAction, jsonSchema }) =>
      valibotAction.type === 'metadata'
        ? {
            ...jsonSchema,
            ...(valibotAction as unknown as v.MetadataAction<unknown, Record<string, unknown>>).metadata,
          }
        : undefined,
  });
  return json;
}

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
