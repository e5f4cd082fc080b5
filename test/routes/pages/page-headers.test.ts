/** Every page, listed from the description of the API, and every page of a failure carries the headers that protect it. */
import { beforeEach, expect, test } from 'vitest';
import { OPERATIONS } from '../../../api/operations.ts';
import { ask, createPerson, freshName } from '../../harness/fixtures.ts';
import { startClean } from '../../harness/worker.ts';

beforeEach(startClean);

const PAGES = Object.entries(OPERATIONS)
  .filter(([key, { answer }]) => key.startsWith('GET ') && [answer].flat().includes('text/html'))
  .map(([key]) => key.slice('GET '.length));

function expectProtected(path: string, { status, headers }: Response) {
  const policy = headers.get('Content-Security-Policy') ?? '';
  expect([path, status, headers.get('Content-Type')]).toEqual([
    path,
    status,
    expect.stringMatching(/^text\/html/i),
  ]);
  expect([path, policy]).toEqual([path, expect.stringMatching(/^default-src 'none'; /)]);
  expect([path, policy.match(/unsafe-|\*|http:/)]).toEqual([path, null]);
  for (const directive of ["base-uri 'none'", 'frame-ancestors ', 'form-action ', 'script-src '])
    expect([path, policy]).toEqual([path, expect.stringContaining(directive)]);
  expect({ path, ...Object.fromEntries(headers) }).toMatchObject({
    path,
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=31536000',
    'referrer-policy': expect.stringMatching(/^(no-referrer|same-origin|strict-origin-when-cross-origin)$/),
    'permissions-policy': expect.stringContaining('geolocation=()'),
    'x-request-id': expect.any(String),
  });
}

test('pages that are there', async () => {
  const { username, token } = await createPerson();
  const headers = { Accept: 'text/html', Authorization: `Bearer ${token}` };
  const card = await ask('/api/cards', {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ title: 'Talk', linkIds: [] }),
  });
  const { id } = await card.json<{ id: string }>();
  let seen = 0;
  for (const route of PAGES) {
    const path = route.replace(':username', username).replace(':cardId', id);
    const response = await ask(path, { headers, redirect: 'manual' });
    if (response.status !== 200) continue;
    expectProtected(path, response);
    seen += 1;
  }
  expect(seen).toBeGreaterThanOrEqual(6);
});

test('pages of what fails', async () => {
  const headers = { Accept: 'text/html' };
  for (const path of [`/u/${freshName()}`, '/nowhere', '/auth/github/callback?state=x', '/u/!!']) {
    const response = await ask(path, { headers });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expectProtected(path, response);
  }
});
