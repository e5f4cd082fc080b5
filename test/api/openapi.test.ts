/** The description of the API is OpenAPI 3.1, says an independent validator; problems link to where they are listed. */
import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { buildApi } from '../../api/build.ts';
import { CLIENT_TYPES, clientTypes } from '../../api/client-types.ts';
import { openApiDocument } from '../../api/document.ts';
import { PROBLEMS } from '../../src/domain/problem.ts';

test('the document is valid OpenAPI 3.1, with limits from the schemas of the routes', async () => {
  const document = openApiDocument();
  const result = await new Validator().validate(structuredClone(document));
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
  expect(document.paths['/api/profiles/me']?.put).toMatchObject({
    requestBody: {
      content: { 'application/json': { schema: { properties: { displayName: { maxLength: 100 } } } } },
    },
  });
});

test('every problem has its place in /docs', async () => {
  await buildApi();
  const page = await readFile(new URL('../../public/docs.html', import.meta.url), 'utf8');
  for (const code of Object.keys(PROBLEMS)) expect(page).toContain(`id="problem-${code}"`);
  expect(page.match(/<script[^>]*>/g)).toEqual(['<script src="/docs.js" type="module">']);
});

test('the types of the client are those of the document: `npm run client` writes them', async () => {
  expect(await readFile(CLIENT_TYPES, 'utf8')).toBe(clientTypes(openApiDocument()));
});
