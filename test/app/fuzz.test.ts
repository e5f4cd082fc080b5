/** Requests made from the OpenAPI document, good and hostile: every answer is one that it tells of, and none is an error of ours. */
import fc from 'fast-check';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { adasToken } from '../harness/ada.ts';
import { anyOf, HOSTILE_TEXT, near } from '../harness/any-json.ts';
import { startLocal } from '../harness/browser.ts';
import {
  DESCRIBED,
  type Described,
  DOCUMENT,
  examplePath,
  type ParameterObject,
  parametersOf,
  undescribed,
} from '../harness/described.ts';
import { seedDemo, sql, startClean } from '../harness/worker.ts';

/** Bodies have more ways to be wrong. */
const RUNS = { withBody: 60, without: 20 };

/** What only we should see: stacks, SQL, and who answers behind us. */
const INTERNAL =
  /\bat \S+ \(|\.tsx?\b|node_modules|TypeError|DrizzleQuery|NeonDb|UpstashError|violates|syntax error|\b(SELECT|INSERT|UPDATE) .+ (FROM|INTO|SET)\b/;

let worker: ReturnType<typeof startLocal>;
let token: string;

vi.spyOn(console, 'log').mockImplementation(() => undefined);
afterAll(() => vi.restoreAllMocks());

beforeEach(async () => {
  await startClean();
  await seedDemo();
  await sql(`UPDATE users SET contacts_open = true WHERE username = 'devcard-demo'`);
  worker = startLocal();
  token = await adasToken();
});

interface Sent {
  path: string;
  init: RequestInit & { headers: Record<string, string> };
}

const headerValue = fc.oneof(
  fc.constantFrom('*', '"1"', 'W/"1"', '"1", "2"', ',', '"'),
  fc.stringMatching(/^[!-~][ -~\x80-\xff]{0,60}$/),
);

/** Who asks, as headers. */
const credentials = () =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant({ Authorization: `Bearer ${token}` }) },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Record<string, string>>(
        {},
        { Cookie: `__Host-devcard=${token}`, 'Sec-Fetch-Site': 'same-origin' },
        { Cookie: `__Host-devcard=${token}`, 'Sec-Fetch-Site': 'cross-site' },
        { Cookie: `__Host-devcard=${token}; __Host-devcard-sign-up=${token}`, Origin: 'null' },
        { Authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' },
        { Authorization: 'Basic YWRhOmFkYQ==' },
        { Cookie: '__Host-devcard=%; =; ;;' },
      ),
    },
    { weight: 1, arbitrary: headerValue.map((Authorization) => ({ Authorization })) },
  );

const contentType = (types: string[]) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...types) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'text/plain',
        'APPLICATION/JSON',
        'application/problem+json; charset=utf-16',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'multipart/form-data; boundary=x',
        ';',
      ),
    },
  );

/** Bodies as they are sent; others are written as the content type has it. */
const raw = fc
  .constantFrom(
    '',
    '{',
    'null',
    '[]',
    '"\\ud800"',
    '{"a":1e999}',
    '{"__proto__":{"admin":true}}',
    '['.repeat(5_000),
    ' '.repeat(17 * 1024),
    '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
    'a=%ff&a&=&%',
  )
  .map((raw) => ({ raw }));

/** Keys that were used for another request are refused, so most of them are new. */
const headerOf = ({ name }: ParameterObject) =>
  name === 'Idempotency-Key'
    ? fc.oneof({ weight: 9, arbitrary: fc.uuid() }, { weight: 1, arbitrary: headerValue })
    : headerValue;

/** A segment of a path or a value of a query. */
const word = ({ schema, example }: ParameterObject) =>
  fc.oneof(
    { weight: 3, arbitrary: example === undefined ? anyOf(schema) : fc.constant(example) },
    { weight: 1, arbitrary: anyOf(schema) },
    { weight: 1, arbitrary: HOSTILE_TEXT },
  );

const encoded = (value: unknown) =>
  encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed());

function anyRequest({ method, path, operation }: Described): fc.Arbitrary<Sent> {
  const parameters = parametersOf(operation);
  const inPlace = (place: ParameterObject['in'], value: typeof word | (() => fc.Arbitrary<string>)) =>
    Object.fromEntries(
      parameters
        .filter((one) => one.in === place)
        .map((one) => [one.name, value(one) as fc.Arbitrary<unknown>]),
    );
  const content = operation.requestBody?.content ?? {};
  const { schema = {}, example } = Object.values(content)[0] ?? {};
  const types = Object.keys(content);
  return fc
    .record({
      verb: method === 'GET' ? fc.constantFrom('GET', 'GET', 'HEAD') : fc.constant(method),
      inPath: fc.record(inPlace('path', word)),
      inQuery: fc.record(inPlace('query', word), { requiredKeys: [] }),
      another: fc.option(HOSTILE_TEXT),
      headers: fc.record(inPlace('header', headerOf), { requiredKeys: [] }),
      who: credentials(),
      accept: fc.option(fc.constantFrom('text/html', 'application/json', '*/*', ',;q=')),
      body: operation.requestBody
        ? fc.oneof(
            { weight: 7, arbitrary: anyOf(schema) },
            ...(example === undefined ? [] : [{ weight: 3, arbitrary: near(example) }]),
            { weight: 1, arbitrary: raw },
          )
        : fc.option(raw, { freq: 8 }),
      contentType: contentType(types.length > 0 ? types : ['application/json']),
    })
    .map(({ verb, inPath, inQuery, another, headers, who, accept, body, contentType }) => {
      const filled = path.replace(/\{(\w+)\}/g, (_, name) => encoded(inPath[name]) || '-');
      const pairs = [...Object.entries(inQuery), ...(another === null ? [] : [[another, another] as const])];
      const query = pairs.map((pair) => pair.map(encoded).join('=')).join('&');
      const all = { ...(headers as Record<string, string>), ...who, ...(accept && { Accept: accept }) };
      if (method === 'GET' || body === null) {
        return { path: `${filled}?${query}`, init: { method: verb, headers: all } };
      }
      return {
        path: `${filled}?${query}`,
        init: {
          method: verb,
          headers: { ...all, 'Content-Type': contentType },
          body: textOf(body, contentType),
        },
      };
    });
}

function textOf(body: unknown, contentType: string): string {
  if (typeof body === 'object' && body !== null && 'raw' in body) return body.raw as string;
  if (!contentType.endsWith('urlencoded')) return JSON.stringify(body);
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [['x', body]];
  return fields.map((pair) => pair.map(encoded).join('=')).join('&');
}

test.each(DESCRIBED.map((one) => [`${one.method} ${one.path}`, one] as const))('%s', async (_, described) => {
  const { requestBody, responses } = described.operation;
  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(anyRequest(described), async ({ path, init }) => {
      const response = await worker.ask(path, { ...init, redirect: 'manual' });
      const body = init.method === 'HEAD' ? undefined : await response.text();
      expect(response.status).toBeLessThan(500);
      expect(undescribed(described, response, body)).toEqual([]);
      if (response.status >= 400) expect(body ?? '').not.toMatch(INTERNAL);
      statuses.add(response.status);
    }),
    { numRuns: requestBody ? RUNS.withBody : RUNS.without },
  );
  // Not only refusals have been looked at.
  // A refresh token is good for one request: that of the example is good for none.
  if (requestBody?.content['application/json']?.example && described.path !== '/auth/refresh')
    expect([...statuses]).toEqual(expect.arrayContaining([Number(Object.keys(responses)[0]), 400]));
});

test('no path takes another method', async () => {
  const headers = { Authorization: `Bearer ${token}` };
  for (const described of DESCRIBED) {
    const methods = Object.keys(DOCUMENT.paths[described.path] as object);
    const response = await worker.ask(examplePath(described), { method: 'PATCH', headers });
    const allowed = response.headers.get('Allow')?.toLowerCase().split(', ');
    expect([described.path, response.status]).toEqual([described.path, 405]);
    expect([described.path, allowed]).toEqual([described.path, expect.arrayContaining(methods)]);
  }
});
