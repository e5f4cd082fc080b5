/** WebFinger, oEmbed, security.txt, the address to change a password: what programs find of a deployment and its profiles. */
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApp } from '../../../src/app.ts';
import type { Services } from '../../../src/routes/context.ts';
import { ask, askAs, createPerson, freshName, stopClock } from '../../harness/fixtures.ts';
import { startClean } from '../../harness/worker.ts';

const ORIGIN = env.PUBLIC_ORIGIN;
const { host } = new URL(ORIGIN);

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

const finger = (resource: string, more = '') =>
  ask(`/.well-known/webfinger?resource=${encodeURIComponent(resource)}${more}`);

interface Jrd {
  subject: string;
  links: { rel: string; href: string }[];
}

test('WebFinger leads from an account to the profile, in any case and by its address too', async () => {
  const { username } = await createPerson();
  const answers = [
    `acct:${username}@${host}`,
    `acct:@${username.toUpperCase()}@${host.toUpperCase()}`,
    `${ORIGIN}/u/${username}`,
  ].map((resource) => finger(resource));
  for (const response of await Promise.all(answers)) {
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('application/jrd+json');
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
    const { subject, links } = await response.json<Jrd>();
    expect(subject).toBe(`acct:${username}@${host}`);
    const page = links.find(({ rel }) => rel === 'http://webfinger.net/rel/profile-page');
    expect(page?.href).toBe(`${ORIGIN}/u/${username}`);
  }
  const only = await finger(`acct:${username}@${host}`, '&rel=http://webfinger.net/rel/profile-page');
  expect((await only.json<Jrd>()).links).toHaveLength(1);
});

test('a renamed profile is found by its old name, under its new one', async () => {
  const { username, token } = await createPerson();
  const renamed = freshName();
  expect((await askAs(token, 'PUT', '/api/profiles/me', { username: renamed })).status).toBe(200);
  const { subject } = await (await finger(`acct:${username}@${host}`)).json<Jrd>();
  expect(subject).toBe(`acct:${renamed}@${host}`);
});

test.each([
  [`acct:nobody-has-this@${host}`, 404],
  ['acct:ada@elsewhere.example', 404],
  ['https://elsewhere.example/u/ada', 404],
  ['mailto:ada@example.org', 404],
  [`acct:a/b@${host}`, 400],
  [`acct:${'x'.repeat(5_000)}@${host}`, 400],
])('WebFinger of %.40s: %i', async (resource, status) => {
  expect((await finger(resource)).status).toBe(status);
});

test('without a resource the field is named', async () => {
  const response = await ask('/.well-known/webfinger');
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ errors: [{ path: 'resource' }] });
});

test('oEmbed answers the title and the picture of a page, and the page names it', async () => {
  const { username } = await createPerson();
  const page = await (await ask(`/u/${username}`, { headers: { Accept: 'text/html' } })).text();
  const [, path = ''] = /type="application\/json\+oembed" href="([^"]+)"/.exec(page) ?? [];
  const response = await ask(path.replaceAll('&amp;', '&'));
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    version: '1.0',
    type: 'link',
    author_url: `${ORIGIN}/u/${username}`,
    thumbnail_url: `${ORIGIN}/u/${username}/preview.png`,
  });
  expect((await ask(`${path}&format=xml`)).status).toBe(400);
  expect((await ask(`/oembed?url=${encodeURIComponent('https://elsewhere.example/u/ada')}`)).status).toBe(
    404,
  );
});

test('security.txt is there when a contact is set, and is not out of date', async () => {
  const without = createApp({ origin: ORIGIN, services: {} as Services, log: () => undefined });
  expect((await without.request('/.well-known/security.txt')).status).toBe(404);
  const response = await ask('/.well-known/security.txt');
  expect(response.headers.get('Content-Type')).toBe('text/plain; charset=UTF-8');
  const fields = new Map(
    (await response.text())
      .trim()
      .split('\n')
      .map((line) => line.split(': ') as [string, string]),
  );
  expect(fields.get('Contact')).toBe('mailto:security@devcard.example');
  expect(fields.get('Canonical')).toBe(`${ORIGIN}/.well-known/security.txt`);
  const days = (Date.parse(fields.get('Expires') ?? '') - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(90);
  expect(days).toBeLessThan(365);
});

test('password managers are led to the editor', async () => {
  const response = await ask('/.well-known/change-password', { redirect: 'manual' });
  expect([response.status, response.headers.get('Location')]).toEqual([302, '/me']);
});
