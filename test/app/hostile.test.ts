/** Every route, listed from the router itself, is sent what costs more than its size: answers stay small, and no error is ours. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Services } from '../../src/routes/context.ts';
import { ask, createPerson, ownerToken } from '../harness/fixtures.ts';
import { startIsolate } from '../harness/isolate.ts';
import { startClean } from '../harness/worker.ts';

beforeEach(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await startClean();
});

const MAX_ANSWER_BYTES = 64 * 1024;
const MANY = 250_000;
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

const EXPORT = '"format":"devcard-export","version":1,"profile":{},"cards":[]';

/** Each is refused by another bound, or is within all of them. */
const BODIES: Record<string, [type: string, body: string]> = {
  'many fields': [FORM, 'a=b&'.repeat(MANY)],
  'a hundred fields of a known name': [FORM, 'bio=%22&'.repeat(99)],
  'a text that HTML makes six times as long': [FORM, `displayName=${'"'.repeat(15_000)}`],
  'a long name of a field': [FORM, `${'k'.repeat(60_000)}=1`],
  'many parts': ['multipart/form-data; boundary=x', '--x\r\n\r\n'.repeat(MANY / 2)],
  'many elements': [JSON_TYPE, `{${EXPORT},"links":[${'[],'.repeat(MANY)}[]]}`],
  'elements within the bounds': [
    JSON_TYPE,
    `{${EXPORT},"links":[${'[],'.repeat(1_500)}[]],"linkIds":[[],[]]}`,
  ],
  'many members': [JSON_TYPE, `{${'"a":1,'.repeat(MANY / 2)}"a":1}`],
  'deep nesting': [JSON_TYPE, '['.repeat(MANY)],
  'deep nesting of members': [JSON_TYPE, '{"links":'.repeat(1_500)],
  'a long name of a member': [JSON_TYPE, `{"${'\\u0001'.repeat(2_000)}":1}`],
  'a long text': [JSON_TYPE, JSON.stringify({ username: '\u0001'.repeat(2_500), title: '"'.repeat(2_000) })],
  'an upload of another kind': [
    'multipart/form-data; boundary=x',
    `--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${'[{"a":'.repeat(MANY / 4)}\r\n--x--\r\n`,
  ],
};

const app = createApp({ origin: 'https://devcard.example', services: {} as Services, log: () => undefined });
const ROUTES = [
  ...new Set(
    app.routes
      .filter(({ method }) => !['ALL', 'OPTIONS'].includes(method))
      .map(({ method, path }) => `${method} ${path}`),
  ),
].map((key) => key.split(' ') as [method: string, path: string]);

const filled = (path: string) =>
  path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name) => (name === 'provider' ? 'github' : crypto.randomUUID()));

async function sizeOf(response: Response): Promise<number> {
  return (await response.arrayBuffer()).byteLength;
}

/** Who asks, as headers. */
async function states(): Promise<Record<string, Record<string, string>>> {
  const { token } = await createPerson();
  const gone = await ownerToken(crypto.randomUUID());
  return {
    'signed out': { 'Sec-Fetch-Site': 'same-origin' },
    'signed in without a card': { Authorization: `Bearer ${gone}` },
    owner: { Authorization: `Bearer ${token}` },
  };
}

describe.each(ROUTES.filter(([method]) => method !== 'GET'))('%s %s', (method, path) => {
  test('takes no more than it should of any body', async () => {
    for (const [who, headers] of Object.entries(await states())) {
      for (const [what, [type, body]] of Object.entries(BODIES)) {
        const Accept = path.startsWith('/api/') ? JSON_TYPE : 'text/html';
        const init = { method, headers: { ...headers, Accept, 'Content-Type': type }, body };
        const response = await ask(filled(path), { ...init, redirect: 'manual' });
        const bytes = await sizeOf(response);
        expect([who, what, response.status < 500, bytes <= MAX_ANSWER_BYTES]).toEqual([
          who,
          what,
          true,
          true,
        ]);
      }
    }
  });
});

describe.each(ROUTES.filter(([method]) => method === 'GET'))('%s %s', (_, path) => {
  test('answers no more for many parameters, many cookies, or a long address', async () => {
    for (const [who, headers] of Object.entries(await states())) {
      const usual = await ask(filled(path), {
        headers: { ...headers, Accept: 'text/html' },
        redirect: 'manual',
      });
      const most = MAX_ANSWER_BYTES + (await sizeOf(usual));
      for (const [what, address, cookie] of [
        ['parameters', `${filled(path)}?${'returnTo=%22&bio=%22&'.repeat(700)}`, ''],
        ['a long parameter', `${filled(path)}?bio=${'%22'.repeat(4_000)}`, ''],
        ['cookies', filled(path), '__Host-devcard=x; a=%22; '.repeat(500)],
        ['a long segment', path.replace(/:\w+(\{[^}]*\})?/g, '%22'.repeat(4_000)), ''],
      ] as const) {
        const all = { ...headers, Accept: 'text/html', ...(cookie && { Cookie: cookie }) };
        const response = await ask(address, { headers: all, redirect: 'manual' });
        const bytes = await sizeOf(response);
        expect([who, what, response.status < 500, bytes <= most]).toEqual([who, what, true, true]);
      }
    }
  });
});

/** Its body is what signs in; it is small, and counted by client. */
const SIGNS_IN_BY_BODY = '/auth/refresh';

test.each(
  ROUTES.filter(
    ([method, path]) => method !== 'GET' && !path.startsWith('/api/') && path !== SIGNS_IN_BY_BODY,
  ),
)('%s %s reads nothing of the body of who is signed out', async (method, path) => {
  const { ask } = startIsolate();
  let pulls = 0;
  const body = new ReadableStream(
    {
      pull(controller) {
        pulls += 1;
        controller.enqueue(new TextEncoder().encode('a=b&'));
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const headers = { 'Content-Type': FORM, 'Sec-Fetch-Site': 'same-origin', Accept: 'text/html' };
  const response = await ask(filled(path), { method, headers, body });
  expect([response.status < 500, pulls]).toEqual([true, 0]);
});
