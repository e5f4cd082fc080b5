/** The requests of the existing DevCard's web and mobile clients, as those make them, and what they read of the answers. */
import { beforeEach, describe, expect, test } from 'vitest';
import { ask, createPerson } from '../harness/fixtures.ts';
import { startClean } from '../harness/worker.ts';

beforeEach(startClean);

const JSON_TYPE = { 'Content-Type': 'application/json' };
const person = { username: expect.any(String), displayName: 'Ada Lovelace', bio: 'Notes', avatarUrl: null };
const link = { id: expect.any(String), platform: 'npm', username: 'ada', url: 'https://www.npmjs.com/~ada' };

/** `apps/mobile/src/services/api.ts`: a media type on every request, also on those without a body. */
async function mobile(token: string, method: string, path: string, body?: unknown) {
  const headers = { ...JSON_TYPE, Authorization: `Bearer ${token}` };
  const response = await ask(path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await response.text();
  return { ok: response.ok, status: response.status, data: text ? JSON.parse(text) : null };
}

describe('web', () => {
  const origin = { Origin: 'https://web.example' };

  test('the browser asks first, because of the media type on a GET, and is let through', async () => {
    const { username } = await createPerson();
    const path = `/api/u/${username}?source=web`;
    const preflight = await ask(path, {
      method: 'OPTIONS',
      headers: {
        ...origin,
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'content-type',
      },
    });
    expect([
      preflight.status,
      preflight.headers.get('Access-Control-Allow-Origin'),
      preflight.headers.get('Access-Control-Allow-Headers'),
    ]).toEqual([204, '*', 'content-type']);
    const answer = await ask(path, { headers: { ...origin, ...JSON_TYPE } });
    expect([answer.status, answer.headers.get('Access-Control-Allow-Origin')]).toEqual([200, '*']);
    expect(await answer.json()).toMatchObject({ ...person, links: [link, { platform: 'github' }] });
  });

  test('a shared card; who is not there is an error that it can read', async () => {
    const { token } = await createPerson();
    const { data: card } = await mobile(token, 'POST', '/api/cards', { title: 'Talk', linkIds: [] });
    const answer = await ask(`/api/u/card/${card.id}`, { headers: { ...origin, ...JSON_TYPE } });
    expect(await answer.json()).toMatchObject({ title: 'Talk', owner: person, links: [] });
    const nobody = await ask('/api/u/nobody-here', { headers: { ...origin, ...JSON_TYPE } });
    expect([nobody.status, nobody.headers.get('Access-Control-Allow-Origin')]).toEqual([404, '*']);
    expect(await nobody.json()).toMatchObject({ error: 'User not found', message: 'User not found' });
  });
});

describe('mobile', () => {
  test('a session: profile, links, their order, cards, the default, numbers', async () => {
    const { username, token } = await createPerson();
    const me = await mobile(token, 'GET', '/api/profiles/me');
    expect(me.data).toMatchObject({ ...person, username, platformLinks: [link, { platform: 'github' }] });
    const saved = { displayName: 'Ada', bio: null, pronouns: 'she/her' };
    expect((await mobile(token, 'PUT', '/api/profiles/me', saved)).data).toMatchObject(saved);

    const added = await mobile(token, 'POST', '/api/profiles/me/links', {
      platform: 'gitlab',
      username: 'ada',
    });
    expect([added.status, added.data.url]).toEqual([201, 'https://gitlab.com/ada']);
    const ids = [...me.data.platformLinks.map(({ id }: { id: string }) => id), added.data.id].reverse();
    const links = ids.map((id, displayOrder) => ({ id, displayOrder }));
    expect((await mobile(token, 'PUT', '/api/profiles/me/links/reorder', { links })).ok).toBe(true);
    expect((await mobile(token, 'DELETE', `/api/profiles/me/links/${ids.at(-1)}`)).status).toBe(204);
    const { data: seen } = await mobile(token, 'GET', `/api/u/${username}`);
    expect(seen.links.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, -1));

    const { data: one } = await mobile(token, 'POST', '/api/cards', { title: 'One', linkIds: [ids[0]] });
    const { data: two } = await mobile(token, 'POST', '/api/cards', {
      title: 'Two',
      linkIds: ids.slice(0, 2),
    });
    expect((await mobile(token, 'PUT', `/api/cards/${two.id}/default`)).ok).toBe(true);
    expect((await mobile(token, 'DELETE', `/api/cards/${one.id}`)).status).toBe(204);
    const { data: cards } = await mobile(token, 'GET', '/api/cards');
    expect(cards).toMatchObject([
      { id: two.id, title: 'Two', isDefault: true, links: [{ id: ids[0] }, { id: ids[1] }] },
    ]);

    const { data: overview } = await mobile(token, 'GET', '/api/analytics/overview');
    expect(overview).toMatchObject({ totalViews: 0 });
    expect((await mobile(token, 'GET', '/api/analytics/views')).data).toMatchObject({ data: [] });
  });

  test('its codes lead to pages: of the profile, and of a card that is not private', async () => {
    const { username, token } = await createPerson();
    const code = async (title: string, visibility: string) => {
      const { data } = await mobile(token, 'POST', '/api/cards', { title, linkIds: [], visibility });
      return {
        id: data.id,
        answer: await ask(`/devcard/${data.id}?card=${data.id}&source=qr`, { redirect: 'manual' }),
      };
    };
    const { id, answer } = await code('Talk', 'UNLISTED');
    const page = `/u/${username}/card/${id}?card=${id}&source=qr`;
    expect([answer.status, answer.headers.get('Location')]).toEqual([302, page]);
    expect(answer.headers.get('Cache-Control')).toBe('public, max-age=300');
    expect((await ask(page)).status).toBe(200);
    const hidden = await code('Secret', 'PRIVATE');
    expect([hidden.answer.status, hidden.answer.headers.get('Location')]).toEqual([404, null]);
    expect((await ask('/devcard/leaderboard')).status).toBe(404);
  });

  test.each([
    ['linkedin', 'ada-l', 200, { strategy: 'webview', url: 'https://www.linkedin.com/in/ada-l' }],
    ['twitter', 'ada', 200, { strategy: 'webview', url: 'https://x.com/ada' }],
    // The word in the message makes it open the profile.
    ['github', 'ada', 400, { message: 'requiresAuth: follow this account on its own page.' }],
    ['gitlab', 'ada', 400, { message: 'requiresAuth: follow this account on its own page.' }],
    ['twitter', 'not@a@handle', 404, { message: 'There is no such account.' }],
    ['myspace', 'ada', 404, { message: 'There is no such account.' }],
  ])('following on %s as %s: nobody’s account is used', async (platform, handle, status, data) => {
    const { token } = await createPerson();
    const answer = await mobile(token, 'POST', `/api/follow/${platform}/${handle}`);
    expect([answer.status, answer.data]).toEqual([status, expect.objectContaining(data)]);
  });

  test('what is not here is a 404 with a message that it can show', async () => {
    const { token } = await createPerson();
    for (const path of ['/api/connect/status', '/api/events/x', '/api/teams/x', '/api/webhooks']) {
      const { status, data } = await mobile(token, 'GET', path);
      expect([path, status, data.message]).toEqual([path, 404, 'Not found']);
    }
  });

  test('a monitor of the existing API finds it in health', async () => {
    const answer = await ask('/health');
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { status: 'ok', timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), service: 'devcard-api' },
    ]);
  });

  test('who is signed in has a day of joining, and nothing that is connected', async () => {
    const { token } = await createPerson();
    const createdAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/);
    expect((await mobile(token, 'GET', '/auth/me')).data).toMatchObject({
      createdAt,
      connectedPlatforms: [],
    });
    expect((await mobile(token, 'GET', '/api/profiles/me')).data).toMatchObject({ createdAt });
    const overview = await mobile(token, 'GET', '/api/analytics/overview');
    expect(overview.data).toMatchObject({ totalFollows: 0, followsCount: 0 });
  });

  test('a token that has ended is a 401, on which it signs out', async () => {
    expect((await mobile('x.y.z', 'GET', '/api/profiles/me')).status).toBe(401);
  });
});
