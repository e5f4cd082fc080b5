/** `Idempotency-Key`: what was done is not done twice, by whichever isolate, and is answered the same way. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DAILY_CRON } from '../../src/settings.ts';
import { createPerson, ownerToken, passSeconds, stopClock } from '../harness/fixtures.ts';
import { startIsolate } from '../harness/isolate.ts';
import { runCron } from '../harness/visitors.ts';
import { neon, sql, startClean } from '../harness/worker.ts';

const LINKS = '/api/profiles/me/links';
const LINK = { platform: 'npm', username: 'ada-2' };
const KEY = '8e03978e-40d5-43e8-bc93-6894a57f9324';

type Isolate = ReturnType<typeof startIsolate>;

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(async () => {
  vi.useRealTimers();
  await neon.clear();
});

function post({ ask }: Isolate, token: string, path: string, body: unknown, key = KEY): Promise<Response> {
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
    'Idempotency-Key': key,
  };
  return ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

const countOf = async (table: 'platform_links' | 'cards' | 'contacts') => {
  const [row] = await sql<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
  return row?.count;
};

/** What clients see of an answer. */
async function seen(response: Response) {
  const { status, headers } = response;
  const shown = ['Content-Type', 'ETag', 'X-Cache-Invalidation', 'Cache-Control'].map((name) =>
    headers.get(name),
  );
  return [status, await response.text(), ...shown];
}

test('the same request again gets the same answer, from another isolate too, and with quotes around its key', async () => {
  const { token } = await createPerson();
  const first = await post(startIsolate(), token, LINKS, LINK);
  expect([first.status, first.headers.get('Idempotency-Replayed')]).toEqual([201, null]);
  const again = await post(startIsolate(), token, LINKS, LINK, `"${KEY}"`);
  expect(again.headers.get('Idempotency-Replayed')).toBe('true');
  expect(await seen(again)).toEqual(await seen(first));
  expect(await countOf('platform_links')).toBe(3);
});

test('two isolates at once do it once: the other is told that it is under way', async () => {
  const { token } = await createPerson();
  const isolates = [startIsolate({ NEON_TIMEOUT_MS: 5_000 }), startIsolate({ NEON_TIMEOUT_MS: 5_000 })];
  const gate = await neon.gate({ at: 'request', match: 'INSERT INTO platform_links' });
  const answers = isolates.map((isolate) => post(isolate, token, LINKS, LINK));
  const early = await Promise.race(answers);
  expect([early.status, early.headers.get('Retry-After')]).toEqual([409, '1']);
  expect(await early.json()).toMatchObject({ code: 'request-under-way' });
  await neon.release(gate);
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([201, 409]);
  expect(await countOf('platform_links')).toBe(3);
});

test('the key with another body, path or version is refused', async () => {
  const { token } = await createPerson();
  const isolate = startIsolate();
  await post(isolate, token, LINKS, LINK);
  for (const [path, body] of [
    [LINKS, { ...LINK, username: 'ada-3' }],
    ['/api/cards', { title: 'x', linkIds: [] }],
  ] as const) {
    const response = await post(isolate, token, path, body);
    expect([response.status, (await response.json<{ code: string }>()).code]).toEqual([
      422,
      'idempotency-key-reused',
    ]);
  }
  expect([await countOf('platform_links'), await countOf('cards')]).toEqual([3, 0]);
});

test('a key is its owner’s alone, and counts for a day', async () => {
  const [ada, bob] = [await createPerson(), await createPerson()];
  const isolate = startIsolate();
  const body = { title: 'Talk', linkIds: [] };
  for (const { token } of [ada, bob, ada])
    expect((await post(isolate, token, '/api/cards', body)).status).toBe(201);
  expect(await countOf('cards')).toBe(2);
  passSeconds(86_400);
  const later = await ownerToken(ada.id);
  expect((await post(isolate, later, '/api/cards', body)).headers.get('Idempotency-Replayed')).toBeNull();
  expect(await countOf('cards')).toBe(3);
  passSeconds(86_400);
  await runCron(DAILY_CRON);
  expect(await sql('SELECT * FROM idempotency_keys')).toEqual([]);
});

test('a refusal of the input is kept; what another attempt may change is not', async () => {
  const { id, token } = await createPerson();
  const isolate = startIsolate();
  const wrong = { platform: 'npm', username: 'no spaces please' };
  const refused = [
    await post(isolate, token, LINKS, wrong, 'a'),
    await post(isolate, token, LINKS, wrong, 'a'),
  ];
  expect(refused.map(({ status }) => status)).toEqual([400, 400]);
  expect(refused[1]?.headers.get('Idempotency-Replayed')).toBe('true');

  await neon.fault({ kind: 'status', match: 'INSERT INTO platform_links' });
  expect((await post(isolate, token, LINKS, LINK, 'b')).status).toBe(503);
  await neon.clear();
  expect((await post(isolate, token, LINKS, LINK, 'b')).status).toBe(201);

  await sql('UPDATE users SET session_epoch = 1 WHERE id = $1', [id]);
  expect((await post(isolate, token, LINKS, LINK, 'c')).status).toBe(401);
  const again = await ownerToken(id, 1);
  expect((await post(isolate, again, LINKS, LINK, 'c')).status).toBe(201);
  await sql('DELETE FROM users WHERE id = $1', [id]);
  expect((await post(isolate, again, LINKS, LINK, 'd')).status).toBe(401);
});

test('a request whose isolate died is taken up again after a minute', async () => {
  const { id, token } = await createPerson();
  const isolate = startIsolate();
  await post(isolate, token, '/api/cards', { title: 'x', linkIds: [] });
  await sql('UPDATE idempotency_keys SET status = NULL WHERE owner_id = $1', [id]);
  passSeconds(59);
  expect((await post(isolate, token, '/api/cards', { title: 'x', linkIds: [] })).status).toBe(409);
  passSeconds(2);
  expect((await post(isolate, token, '/api/cards', { title: 'x', linkIds: [] })).status).toBe(201);
});

test.each([
  ['', 400],
  ['"', 400],
  ['x'.repeat(256), 400],
  ['ä', 400],
  ['x'.repeat(255), 201],
  ['"a b"', 201],
])('the key %j is answered %i', async (key, status) => {
  const { token } = await createPerson();
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
    'Idempotency-Key': key,
  };
  const init = { method: 'POST', headers, body: JSON.stringify(LINK) };
  expect((await startIsolate().ask(LINKS, init)).status).toBe(status);
});

test('details with a key are left once by two isolates at once, and not again when they were deleted', async () => {
  const { username, token } = await createPerson();
  await startIsolate().askAs(token, 'PUT', '/api/profiles/me', { contactsOpen: true });
  const send = (isolate: Isolate, note: string) =>
    isolate.ask(`/u/${username}/contact`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Sec-Fetch-Site': 'same-origin',
        'Idempotency-Key': KEY,
      },
      body: JSON.stringify({ name: 'Bob', reach: 'bob@example.org', note }),
    });
  const statuses = (await Promise.all([1, 2, 3].map(() => send(startIsolate(), 'a')))).map(
    ({ status }) => status,
  );
  expect(statuses).toEqual([201, 201, 201]);
  expect(await countOf('contacts')).toBe(1);
  expect((await send(startIsolate(), 'b')).status).toBe(422);
  await startIsolate().askAs(token, 'DELETE', '/api/contacts');
  expect((await send(startIsolate(), 'a')).status).toBe(201);
  expect(await countOf('contacts')).toBe(0);
});

test('a form that is sent twice, as by two clicks, leaves one contact', async () => {
  const { username, token } = await createPerson();
  const { ask, askAs } = startIsolate();
  await askAs(token, 'PUT', '/api/profiles/me', { contactsOpen: true });
  const [, form = ''] = /name="form" value="([^"]+)"/.exec(await (await ask(`/u/${username}`)).text()) ?? [];
  passSeconds(5);
  const body = new URLSearchParams({ form, name: 'Bob', reach: 'bob@example.org', place: '', note: '' });
  const headers = { Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin' };
  const twice = await Promise.all(
    [1, 2].map(() => ask(`/u/${username}/contact`, { method: 'POST', headers, body })),
  );
  expect(twice.map(({ status }) => status)).toEqual([201, 201]);
  expect(await countOf('contacts')).toBe(1);
});
