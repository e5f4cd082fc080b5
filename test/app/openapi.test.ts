/** The router and the description say the same; every example is tried, and answers as described: status, headers, media type, schema, and the very values. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OPERATIONS, operationKey } from '../../api/operations.ts';
import { createApp } from '../../src/app.ts';
import { RATE_LIMITS } from '../../src/domain/rate-limits.ts';
import type { Services } from '../../src/routes/context.ts';
import { ADA_ID, CARD_ID, TOKEN } from '../../src/routes/docs/examples.ts';
import { scriptPath } from '../../src/routes/pages/page-files.ts';
import { adasToken } from '../harness/ada.ts';
import { Browser, startLocal } from '../harness/browser.ts';
import {
  DESCRIBED,
  type Described,
  examplePath,
  parametersOf,
  schemaErrors,
  undescribed,
} from '../harness/described.ts';
import { neon, seedDemo, sql, startClean, upstash } from '../harness/worker.ts';

let worker: ReturnType<typeof startLocal>;

beforeEach(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await startClean();
  await seedDemo();
  await sql(
    `WITH counts AS (INSERT INTO view_counts (owner_id, day, kind, source, views, latest)
       VALUES ($1, current_date, 'profile', 'qr', 3, date_trunc('hour', now()))),
     visitors AS (INSERT INTO view_visitors (owner_id, day, visitors) VALUES ($1, current_date, 2))
     INSERT INTO view_facets (owner_id, day, facet, value, views) VALUES ($1, current_date, 'country', 'GB', 3)`,
    [ADA_ID],
  );
  worker = startLocal();
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** Where a browser keeps what the step of a sign-in needs: these are tried below. */
const STEPS = ['/auth/{provider}/callback', '/auth/username', '/auth/refresh'];
/** Visitors may leave their details with the demo. */
const OPEN_DEMO = `UPDATE users SET contacts_open = true WHERE username = 'devcard-demo'`;
/** What Ada needs before an example can be tried. */
const BEFOREHAND: Record<string, string> = {
  'DELETE /api/cards/{id}': `INSERT INTO cards (id, user_id, title) VALUES ('00000003-0000-4000-8000-000000000004', '${ADA_ID}', 'Old')`,
  'DELETE /api/contacts/{id}': `INSERT INTO contacts (id, owner_id, created_at, expires_at, generation, sealed)
    VALUES ('00000005-0000-4000-8000-000000000001', '${ADA_ID}', now(), now() + interval '1 day', 'gone', 'sealed')`,
  'DELETE /api/cards/{id}/save': `INSERT INTO saved_cards (owner_id, card_id) VALUES ('${ADA_ID}', '${CARD_ID}')`,
  'POST /u/{username}/contact': OPEN_DEMO,
};

/** Forms have tests of their own. */
const isForm = ({ method, path }: Described) => method === 'POST' && path.startsWith('/me/');
/** Passes need credentials of Google and Apple: test/routes/owner/wallets.test.ts has them. */
const isPass = ({ path }: Described) => path.startsWith('/api/profiles/me/wallet/');
const TRIED = DESCRIBED.filter((one) => !STEPS.includes(one.path) && !isForm(one) && !isPass(one));

test.each(TRIED.map((one) => [nameOf(one), one] as const))('%s', async (name, described) => {
  if (BEFOREHAND[name]) await sql(BEFOREHAND[name]);
  const { operation } = described;
  const [path, init] = await exampleOf(described);
  const response = await worker.ask(path, init);
  const text = await response.clone().text();
  expect(undescribed(described, response, text)).toEqual([]);
  const [success] = Object.keys(operation.responses);
  expect([String(response.status), text && response.status >= 400]).toEqual([success, text && false]);

  const { example } = operation.responses[response.status]?.content?.['application/json'] ?? {};
  if (example !== undefined) expect(alike(JSON.parse(text))).toEqual(alike(example));

  if ('304' in operation.responses) {
    const headers = { ...init.headers, 'If-None-Match': response.headers.get('ETag') ?? '' };
    const again = await worker.ask(path, { ...init, headers });
    expect(again.status).toBe(304);
    expect(undescribed(described, again, await again.text())).toEqual([]);
  }
});

test('with no engine that answers, each example is answered as described, if not with 503', async () => {
  let unavailable = 0;
  for (const described of TRIED) {
    // Another isolate each time: no memory that could stand in.
    worker = startLocal();
    const [path, init] = await exampleOf(described);
    await Promise.all([neon.fault({ kind: 'status' }), upstash.fault({ kind: 'status' })]);
    const response = await worker.ask(path, init);
    const body = await response.text();
    await Promise.all([neon.clear(), upstash.clear()]);
    expect([nameOf(described), undescribed(described, response, body)]).toEqual([nameOf(described), []]);
    if (response.status >= 400)
      expect([nameOf(described), response.status]).toEqual([nameOf(described), 503]);
    unavailable += Number(response.status === 503);
  }
  expect(unavailable).toBeGreaterThan(30);
});

test('to who asks too much, each example is answered as described', async () => {
  const limiter = { limit: async () => ({ success: false }) };
  const bindings = Object.values(RATE_LIMITS).map(({ binding }) => [binding, limiter]);
  let held = 0;
  for (const described of TRIED) {
    worker = startLocal(Object.fromEntries(bindings));
    const [path, init] = await exampleOf(described);
    const headers = { ...init.headers, 'CF-Connecting-IP': '203.0.113.1' };
    const response = await worker.ask(path, { ...init, headers });
    const body = await response.text();
    expect([nameOf(described), undescribed(described, response, body)]).toEqual([nameOf(described), []]);
    held += Number(response.status === 429);
  }
  expect(held).toBeGreaterThan(20);
});

test('every route is described, and nothing else', () => {
  const app = createApp({
    origin: 'https://devcard.example',
    services: {} as Services,
    log: () => undefined,
  });
  // Neither middleware nor CORS preflights are operations.
  const routes = app.routes.filter(({ method }) => !['ALL', 'OPTIONS'].includes(method)).map(operationKey);
  expect([...new Set(routes)].sort()).toEqual(Object.keys(OPERATIONS).sort());
});

test('examples of bodies and answers obey their schemas', () => {
  let count = 0;
  for (const { method, path, operation } of DESCRIBED) {
    const answers = Object.values(operation.responses).map(({ content }) => content);
    for (const content of [operation.requestBody?.content, ...answers]) {
      for (const { schema, example } of Object.values(content ?? {})) {
        if (!schema || example === undefined) continue;
        expect([method, path, schemaErrors(example, schema)]).toEqual([method, path, []]);
        count += 1;
      }
    }
  }
  expect(count).toBeGreaterThan(30);
});

test('the steps of a sign-in', async () => {
  const described = (name: string) => DESCRIBED.find((one) => nameOf(one) === name) as Described;
  const check = async (name: string, response: Response, status: number) => {
    expect([name, response.status]).toEqual([name, status]);
    expect(undescribed(described(name), response, await response.clone().text())).toEqual([]);
    return response;
  };
  const browser = new Browser(worker);
  const back = await browser.callbackAs('admin');
  await check('GET /auth/{provider}/callback', await browser.get('/auth/github/callback'), 400);
  expect(back).toMatch(/^\/auth\/github\/callback/);
  await check('GET /auth/{provider}/callback', await browser.signInAs('admin'), 303);
  await check('GET /auth/username', await browser.get('/auth/username'), 200);
  const json = {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    'Sec-Fetch-Site': 'same-origin',
  };
  await check('GET /auth/username', await browser.get('/auth/username', json), 200);
  const choose = (username: string, headers = json) =>
    browser.send('/auth/username', { method: 'POST', headers, body: JSON.stringify({ username }) });
  await check('POST /auth/username', await choose('a b'), 400);
  await check('POST /auth/username', await choose('ada'), 409);
  await check(
    'POST /auth/username',
    await choose('countess', { ...json, 'Sec-Fetch-Site': 'cross-site' }),
    403,
  );
  await check('POST /auth/username', await choose('countess'), 201);
  await check('GET /auth/username', await browser.get('/auth/username', json), 400);
});

function nameOf({ method, path }: Described): string {
  return `${method} ${path}`;
}

/** The request of an example, asked by Ada. */
async function exampleOf(described: Described): Promise<[string, RequestInit]> {
  const { method, path, operation } = described;
  const query = new URLSearchParams();
  for (const { name, in: place, example } of parametersOf(operation)) {
    if (place === 'query' && example !== undefined) query.set(name, example);
  }
  const filled = path === '/files/{name}' ? await scriptPath('buttons') : examplePath(described);
  const headers: Record<string, string> = {
    // Some things are for browsers alone.
    ...(operation.security?.every((scheme) => 'cookie' in scheme)
      ? { Cookie: `__Host-devcard=${await adasToken()}`, 'Sec-Fetch-Site': 'same-origin' }
      : { Authorization: `Bearer ${await adasToken()}` }),
  };
  const body = operation.requestBody?.content['application/json']?.example;
  if (body === undefined) return [`${filled}?${query}`, { method, headers }];
  headers['Content-Type'] = 'application/json';
  return [
    `${filled}?${query}`,
    { method, headers, body: JSON.stringify(body).replace(TOKEN, await token()) },
  ];
}

/** A QR token of now. */
async function token(): Promise<string> {
  const session = await startLocal().ask('/api/public/ada/qr-session');
  return (await session.json<{ token: string }>()).token;
}

/** What differs each time, by what it looks like. */
const DIFFERS: [RegExp, string][] = [
  [/^\d{4}-\d\d-\d\dT[\d:.]+Z$/, 'a time'],
  [/^\d{4}-\d\d-\d\d/, 'a day'],
  [/^[\w-]+\.[\w-]+\.[\w-]{10,}$/, 'a token'],
  [/\/c#\d+$/, 'an offline code'],
  [/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/, 'an id'],
];
/** Members whose value differs without showing it. */
const VARIABLE = ['latencyMs', 'x', 'y', 'kid'];

/** A JSON value with names in place of what differs each time; of a series of days the first. */
function alike(value: unknown, key = ''): unknown {
  if (VARIABLE.includes(key)) return typeof value;
  if (typeof value === 'string') {
    if (value.startsWith('0000')) return value;
    const [pattern, name] = DIFFERS.find(([one]) => one.test(value)) ?? [];
    return pattern ? value.replace(pattern, name as string) : value;
  }
  if (Array.isArray(value)) return (key === 'series' ? value.slice(0, 1) : value).map((one) => alike(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, alike(one, name)]));
}
