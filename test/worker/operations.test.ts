/** The router and the description say the same. */
import * as v from 'valibot';
import { beforeEach, expect, test } from 'vitest';
import { ANSWERS } from '../../api/answers.ts';
import { OPERATIONS, operationKey } from '../../api/operations.ts';
import { createApp } from '../../src/app.ts';
import type { Services } from '../../src/services/services.ts';
import { startClean } from '../harness/worker.ts';
import { askAs, createPerson } from './fixtures.ts';

beforeEach(startClean);

test('every route is described, and nothing else', () => {
  const app = createApp({
    origin: 'https://devcard.example',
    services: {} as Services,
    log: () => undefined,
  });
  const routes = app.routes.filter(({ method }) => method !== 'ALL').map(operationKey);
  expect([...new Set(routes)].sort()).toEqual(Object.keys(OPERATIONS).sort());
});

test('an empty body, or none that can be read, is a described problem everywhere', async () => {
  const { token } = await createPerson();
  for (const [key, { body }] of Object.entries(OPERATIONS)) {
    if (!body) continue;
    const [method, route] = key.split(' ') as [string, string];
    for (const text of ['[]', '{"unknown":1}', '{', 'null']) {
      const response = await askAs(token, method, route.replace(':id', crypto.randomUUID()), text);
      const parsed = v.safeParse(ANSWERS.Problem, await response.json());
      expect([key, text, response.status, parsed.issues]).toEqual([key, text, 400, undefined]);
    }
  }
});
