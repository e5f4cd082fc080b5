/** The router and the description say the same, and answers are as described. */
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

test('every JSON answer to GET is as described', async () => {
  const { username, token } = await createPerson();
  const card = await askAs(token, 'POST', '/api/cards', { title: 'Talk', linkIds: [] });
  const { id } = await card.json<{ id: string }>();
  let asked = 0;
  for (const [key, { answer, list }] of Object.entries(OPERATIONS)) {
    const [method, route] = key.split(' ') as [string, string];
    if (method !== 'GET' || !answer || !(answer in ANSWERS)) continue;
    const response = await askAs(token, 'GET', route.replace(':username', username).replace(':cardId', id));
    const schema: v.GenericSchema = ANSWERS[answer as keyof typeof ANSWERS];
    const parsed = v.safeParse(list ? v.array(schema) : schema, await response.json());
    expect([key, response.status, parsed.issues]).toEqual([key, 200, undefined]);
    asked += 1;
  }
  expect(asked).toBeGreaterThan(10);
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
