/** The description of the API is OpenAPI 3.1, says an independent validator; problems link to where they are listed. */
import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { buildApi } from '../../api/build.ts';
import { CLIENT_TYPES, clientTypes } from '../../api/client-types.ts';
import { loadDocuments } from '../../api/load.ts';
import { PROBLEMS } from '../../src/domain/problem.ts';

const { openApiDocument } = await loadDocuments();

const VERBS = [
  'add',
  'check',
  'choose',
  'create',
  'delete',
  'end',
  'export',
  'find',
  'follow',
  'get',
  'import',
  'list',
  'open',
  'refresh',
  'reorder',
  'revoke',
  'set',
  'share',
  'sign',
  'update',
  'verify',
];

test('the document is valid OpenAPI 3.1, with limits from the schemas of the routes', async () => {
  const document = openApiDocument('api');
  const result = await new Validator().validate(structuredClone(document));
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
  expect(document.paths['/api/profiles/me']?.put).toMatchObject({
    requestBody: {
      content: { 'application/json': { schema: { properties: { displayName: { maxLength: 100 } } } } },
    },
  });
});

test('pages and forms are described apart, and each document holds what it refers to and nothing else', async () => {
  const api = openApiDocument('api');
  const pages = openApiDocument('pages');
  const all = openApiDocument('all');
  const keys = ({ paths }: typeof all) =>
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
  expect([...keys(api), ...keys(pages)].sort()).toEqual(keys(all).sort());
  expect(keys(api).filter((key) => / \/(me|u|files|devcard)(\/|$)/.test(key))).toEqual([]);
  for (const document of [api, pages]) {
    expect((await new Validator().validate(structuredClone(document))).errors).toBeUndefined();
    const text = JSON.stringify(document);
    for (const [kind, parts] of Object.entries(document.components)) {
      for (const name of Object.keys(parts)) {
        const use = kind === 'securitySchemes' ? `{"${name}":[]}` : `"#/components/${kind}/${name}"`;
        expect(text, name).toContain(use);
      }
    }
  }
});

test('generated clients get names that are a verb and a noun, and documents that linters accept', () => {
  const { paths, tags } = openApiDocument('api');
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const verbs = new Set(ids.map((id) => /^[a-z]+/.exec(id)?.[0]));
  expect([...verbs].sort()).toEqual(VERBS);
  for (const {
    operationId,
    tags: [tag],
    security,
    description,
    responses,
  } of operations) {
    expect(
      tags.map(({ name }) => name),
      operationId,
    ).toContain(tag);
    expect(security, operationId).toBeInstanceOf(Array);
    expect(description, operationId).not.toBe('');
    const statuses = Object.keys(responses);
    expect(
      statuses.some((status) => status.startsWith('2')),
      operationId,
    ).toBe(true);
    expect(
      statuses.some((status) => status.startsWith('4')),
      operationId,
    ).toBe(true);
  }
});

test('every problem has its place in /docs', async () => {
  await buildApi();
  const page = await readFile(new URL('../../public/docs.html', import.meta.url), 'utf8');
  for (const code of Object.keys(PROBLEMS)) expect(page).toContain(`id="problem-${code}"`);
  expect(page.match(/<script[^>]*>/g)).toEqual(['<script src="/docs.js" type="module">']);
});

test('the types of the client are those of the document: `npm run client` writes them', async () => {
  expect(await readFile(CLIENT_TYPES, 'utf8')).toBe(clientTypes(openApiDocument('api')));
});
