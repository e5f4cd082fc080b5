/** `/docs`: the OpenAPI document for people. All of it is there without a script; with one, every GET can be tried. */
import { PROBLEMS } from '../src/domain/problem.ts';
import { type Parameter, resolved, type Schema, typeOf } from './client-types.ts';
import type { openApiDocument } from './document.ts';

type Document = ReturnType<typeof openApiDocument>;
type Operation = Document['paths'][string][string];
type Response = Operation['responses'][string];

interface Media {
  schema?: Schema;
  example?: unknown;
}

/** The second address of the public operations: said once, not seven times. */
const ALIAS = '/api/u/';

/** The page as HTML. */
export function docsPage(document: Document): string {
  const operations = Object.entries(document.paths)
    .filter(([path]) => !path.startsWith(ALIAS))
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => ({ path, method, one })));
  const parts = document.tags.map(
    ({ name, description }) => `<h2 id="${idOf(name)}">${name}</h2><p>${marked(description)}</p>
${operations
  .filter(({ one }) => one.tags[0] === name)
  .map(({ path, method, one }) => operationPart(method, path, one, document))
  .join('\n')}`,
  );
  const links = [...document.tags.map(({ name }) => name), 'Types', 'Problems'].map(
    (tag) => `<li><a href="#${idOf(tag)}">${tag}</a>`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>DevCard Edge: API</title>
<meta name="description" content="Every operation of the API of DevCard Edge, and every problem that it may answer with.">
<link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="/docs.css"><script src="/docs.js" type="module"></script>
<main><h1>API</h1>
<p>For programs: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1); of pages and forms: <a href="/openapi-pages.json">openapi-pages.json</a>. ${paragraph(document.info.description)}</p>
<nav aria-label="Sections"><ul>${links.join('')}</ul></nav>
<form id="who" hidden><label>An owner’s token, in place of who is signed in here<input name="token" type="password" autocomplete="off"></label></form>
${parts.join('\n')}
<h2 id="types">Types</h2><p>Of JSON, as TypeScript writes them.</p>
${Object.entries(document.components.schemas as Record<string, Schema>)
  .map(typePart)
  .join('\n')}
<h2 id="problems">Problems</h2><p>Failures are <code>application/problem+json</code> (RFC 9457); match <code>code</code>, never the texts.</p>
<dl class="problems">
${Object.entries(PROBLEMS).map(problemPart).join('\n')}</dl></main></html>
`;
}

const typePart = ([name, schema]: [string, Schema]) =>
  `<details id="type-${name}"><summary><b>type</b><code>${name}</code></summary>${block(typeOf(schema))}</details>`;

const problemPart = ([code, { status, title }]: [string, { status: number; title: string }]) =>
  `<dt id="problem-${code}"><code>${code}</code><dd>${status} · ${title}`;

function operationPart(method: string, path: string, operation: Operation, document: Document): string {
  const { operationId, summary, security, requestBody, responses } = operation;
  const parameters = operation.parameters.map((one) => resolved(one as Parameter & Schema, document));
  const [[bodyType, body] = []] = Object.entries((requestBody?.content ?? {}) as Record<string, Media>);
  return `<details id="${operationId}"><summary><b>${method.toUpperCase()}</b><code>${path}</code><span>${marked(summary)}</span></summary>
${security.length > 0 ? `<p>${whoMay(security)}</p>` : ''}
${method === 'get' ? tryPart(path, parameters, responses) : ''}
${parameters.length > 0 ? `<h3>Parameters</h3><dl>${parameters.map(parameterPart).join('')}</dl>` : ''}
${bodyType ? `<h3>Body: ${bodyType}</h3>${bodyPart(body)}` : ''}
<h3>Answers</h3><dl>${Object.entries(responses)
    .filter(([status]) => Number(status))
    .map(responsePart)
    .join('')}</dl></details>`;
}

function whoMay(security: object[]): string {
  const ways = security.flatMap(Object.keys);
  if (ways.includes('pendingSignUp')) return 'For who is half-way through signing in.';
  return ways.includes('token') ? 'For owners, by token or cookie.' : 'For owners in a browser, by cookie.';
}

const parameterPart = ({ name, in: place, required, schema, description }: Parameter) =>
  `<dt><code>${name}</code><dd>${place}${required ? ', required' : ''}: ${ruleOf(schema)}${description ? `. ${escaped(description)}` : ''}`;

function ruleOf({ enum: choices, pattern, format, default: usual, type }: Schema): string {
  const rule = choices
    ? choices.map((one) => `<code>${one}</code>`).join(', ')
    : pattern
      ? `like <code>${escaped(pattern)}</code>`
      : (format ?? type ?? 'anything');
  return usual === undefined ? rule : `${rule}, else <code>${escaped(String(usual))}</code>`;
}

function bodyPart({ schema, example }: Media = {}): string {
  const type = schema ? block(typeOf(schema)) : '';
  return example === undefined ? type : `${type}<h3>Such as</h3>${block(JSON.stringify(example, null, 2))}`;
}

function responsePart([status, { description, content }]: [string, Response]): string {
  const media = Object.entries((content ?? {}) as Record<string, Media>);
  const problem = media.find(([type]) => type.startsWith('application/problem'))?.[1].schema;
  if (problem) return `<dt>${status}<dd>${codes(problem)}`;
  const forms = media.map(([type, { schema }]) =>
    schema?.type === 'string' || !schema ? type : `${type}, ${linked(schema)}`,
  );
  const example = media.find(([, one]) => one.example !== undefined)?.[1].example;
  return `<dt>${status}<dd>${marked(description)}${forms.length > 0 ? ` (${forms.join('; ')})` : ''}${
    example === undefined ? '' : block(JSON.stringify(example, null, 2))
  }`;
}

function codes({ allOf }: Schema): string {
  const all = (allOf?.[1]?.properties?.code?.enum ?? []) as string[];
  return all.map((code) => `<a href="#problem-${code}">${code}</a>`).join(', ');
}

/** The name of a type as a link to it. */
function linked(schema: Schema): string {
  return typeOf(schema).replace(/^\w+/, (name) => `<a href="#type-${name}">${name}</a>`);
}

/** A form for who has the script, and the example as a link for everybody. */
function tryPart(path: string, parameters: Parameter[], responses: Operation['responses']): string {
  const asked = parameters.filter((one) => one.in !== 'header');
  const query = new URLSearchParams(
    asked.flatMap(({ in: place, name, example }) => (place === 'query' && example ? [[name, example]] : [])),
  );
  const filled = path.replace(
    /\{(\w+)\}/g,
    (_, name) => asked.find((one) => one.name === name)?.example ?? '',
  );
  const address = escaped(query.size > 0 ? `${filled}?${query}` : filled);
  const link = `<h3>Try it</h3><p><a href="${address}">${address}</a></p>`;
  const [type = 'text/html'] = Object.keys(responses[200]?.content ?? {});
  if (type === 'text/html') return link;
  return `${link}<form data-path="${path}" hidden>${asked.map(field).join('')}<button>Send</button></form><output></output>`;
}

function field({ name, in: place, schema, example = '' }: Parameter): string {
  const choices = schema.enum && [...(place === 'query' ? [''] : []), ...schema.enum];
  const options = choices?.map((one) => `<option${one === example ? ' selected' : ''}>${one}</option>`);
  const input = options
    ? `<select name="${name}">${options.join('')}</select>`
    : `<input name="${name}" value="${escaped(example)}"${place === 'path' ? ' required' : ''} autocapitalize="off" spellcheck="false">`;
  return `<label>${name}${input}</label>`;
}

const block = (text: string) => `<pre><code>${escaped(text)}</code></pre>`;

const idOf = (tag: string) => tag.toLowerCase().replaceAll(' ', '-');

const paragraph = (text: string) => marked(text).replaceAll('\n', ' ');

/** Code in backticks. */
const marked = (text: string) => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
