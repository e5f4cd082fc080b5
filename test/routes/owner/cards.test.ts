/** `/api/cards` and public cards: bodies as the existing clients know them, defaults, visibility through all caches. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ask,
  askAs,
  atOnce,
  createPerson,
  freshName,
  PAST_ISOLATE_TIER_SECONDS,
  passSeconds,
  stopClock,
} from '../../harness/fixtures.ts';
import { startIsolate } from '../../harness/isolate.ts';
import { eventually, neon, redis, sql, startClean, upstash } from '../../harness/worker.ts';

const CARDS = '/api/cards';

interface Link {
  id: string;
  platform: string;
}

interface Card {
  id: string;
  title: string;
  isDefault: boolean;
  links: (Link & { displayOrder: number })[];
}

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Somebody with two links and no card. */
async function createOwner() {
  const person = await createPerson();
  const { links } = await (await ask(`/api/public/${person.username}`)).json<{ links: [Link, Link] }>();
  await upstash.settled(2);
  await Promise.all([neon.reset(), upstash.reset()]);
  return { ...person, links, linkIds: links.map(({ id }) => id) };
}

async function addCard(token: string, title: string, linkIds: string[] = [], more = {}): Promise<Card> {
  const response = await askAs(token, 'POST', CARDS, { title, linkIds, ...more });
  expect(response.status).toBe(201);
  return response.json<Card>();
}

const listCards = async (token: string) => (await askAs(token, 'GET', CARDS)).json<Card[]>();

describe('own cards', () => {
  test('the first is the default; links keep the order of the card', async () => {
    const { token, linkIds } = await createOwner();
    const [npm, github] = linkIds as [string, string];
    const response = await askAs(token, 'POST', CARDS, { title: ' Work ', linkIds: [github, npm] });
    expect([response.status, response.headers.get('ETag')]).toEqual([201, '"2"']);
    const card = await response.json<Card>();
    expect(card).toEqual({
      id: expect.any(String),
      title: 'Work',
      description: null,
      visibility: 'PUBLIC',
      qrEnabled: true,
      isDefault: true,
      links: [
        { id: github, platform: 'github', username: 'ada', url: 'https://github.com/ada', displayOrder: 0 },
        { id: npm, platform: 'npm', username: 'ada', url: 'https://www.npmjs.com/~ada', displayOrder: 1 },
      ],
    });
    const second = await addCard(token, 'Play', [], { description: 'Chess', visibility: 'UNLISTED' });
    expect(second).toMatchObject({
      isDefault: false,
      description: 'Chess',
      visibility: 'UNLISTED',
      links: [],
    });
    const list = await askAs(token, 'GET', CARDS);
    expect([list.headers.get('ETag'), await list.json()]).toEqual(['"3"', [card, second]]);
    expect(await (await askAs(token, 'GET', '/api/profiles/me')).json()).toMatchObject({
      defaultCardId: card.id,
    });
  });

  test('a change touches what it names', async () => {
    const { token, linkIds } = await createOwner();
    const [npm, github] = linkIds as [string, string];
    const { id } = await addCard(token, 'Work', [npm, github], { description: 'All of it' });
    const put = async (body: unknown) => {
      const response = await askAs(token, 'PUT', `${CARDS}/${id}`, body);
      expect(response.status).toBe(200);
      const { links, ...card } = await response.json<Card>();
      return { ...card, linkIds: links.map(({ id }) => id) };
    };
    const card = {
      id,
      title: 'Work',
      description: 'All of it',
      visibility: 'PUBLIC',
      qrEnabled: true,
      isDefault: true,
    };
    expect(await put({})).toEqual({ ...card, linkIds: [npm, github] });
    expect(await put({ linkIds: [github, npm] })).toEqual({ ...card, linkIds: [github, npm] });
    expect(await put({ linkIds: [npm], title: 'Less' })).toEqual({ ...card, title: 'Less', linkIds: [npm] });
    expect(await put({ description: '', visibility: 'PRIVATE', linkIds: [] })).toEqual({
      ...card,
      title: 'Less',
      description: null,
      visibility: 'PRIVATE',
      linkIds: [],
    });
    expect(await listCards(token)).toEqual([
      { ...card, title: 'Less', description: null, visibility: 'PRIVATE', links: [] },
    ]);
  });

  test('links of others are 403, and nothing is made or changed', async () => {
    const ada = await createOwner();
    const bob = await createOwner();
    const card = await addCard(ada.token, 'Work', ada.linkIds);
    const linkIds = [...ada.linkIds, ...bob.linkIds];
    const made = await askAs(ada.token, 'POST', CARDS, { title: 'Theirs', linkIds });
    const changed = await askAs(ada.token, 'PUT', `${CARDS}/${card.id}`, { title: 'Theirs', linkIds });
    for (const response of [made, changed])
      expect([response.status, (await response.json<{ code: string }>()).code]).toEqual([403, 'forbidden']);
    expect(await listCards(ada.token)).toEqual([card]);
  });

  test('without the default the oldest of the others is it; the last one stays', async () => {
    const { token } = await createOwner();
    const [first, second, third] = [
      await addCard(token, '1'),
      await addCard(token, '2'),
      await addCard(token, '3'),
    ];
    const chosen = await askAs(token, 'PUT', `${CARDS}/${third.id}/default`);
    expect([chosen.status, await chosen.json()]).toEqual([200, { message: 'Default card updated' }]);
    const defaults = async () => (await listCards(token)).map(({ id, isDefault }) => [id, isDefault]);
    expect(await defaults()).toEqual([
      [first.id, false],
      [second.id, false],
      [third.id, true],
    ]);
    expect((await askAs(token, 'DELETE', `${CARDS}/${third.id}`)).status).toBe(204);
    expect(await defaults()).toEqual([
      [first.id, true],
      [second.id, false],
    ]);
    expect((await askAs(token, 'DELETE', `${CARDS}/${second.id}`)).status).toBe(204);
    const last = await askAs(token, 'DELETE', `${CARDS}/${first.id}`);
    expect([last.status, (await last.json<{ code: string }>()).code]).toEqual([400, 'last-card']);
    expect(await defaults()).toEqual([[first.id, true]]);
  });

  test('both of two cards deleted at once: one stays, as the default', async () => {
    const { token } = await createOwner();
    const cards = [await addCard(token, '1'), await addCard(token, '2')];
    const answers = await atOnce(
      'DELETE FROM cards',
      cards.map(
        ({ id }) =>
          () =>
            askAs(token, 'DELETE', `${CARDS}/${id}`),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400]);
    expect((await listCards(token)).map(({ isDefault }) => isDefault)).toEqual([true]);
  });

  test('two first cards made at once: one default', async () => {
    const { token } = await createOwner();
    const make = () => askAs(token, 'POST', CARDS, { title: 'x', linkIds: [] });
    await atOnce('INSERT INTO cards', [make, make]);
    expect((await listCards(token)).map(({ isDefault }) => isDefault).sort()).toEqual([false, true]);
  });

  test('of two that want the 20th place, one gets it', async () => {
    const { id, token } = await createOwner();
    await sql(`INSERT INTO cards (user_id, title) SELECT $1::uuid, 'x' FROM generate_series(1, 19)`, [id]);
    const make = () => askAs(token, 'POST', CARDS, { title: 'y', linkIds: [] });
    const answers = await atOnce('INSERT INTO cards', [make, make, make]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400]);
    expect((await listCards(token)).length).toBe(20);
  });

  test.each([
    [{ linkIds: [] }, 'title'],
    [{ title: '', linkIds: [] }, 'title'],
    [{ title: 'x'.repeat(101), linkIds: [] }, 'title'],
    [{ title: 'x' }, 'linkIds'],
    [{ title: 'x', linkIds: ['y'] }, 'linkIds.0'],
    [{ title: 'x', linkIds: [], visibility: 'SECRET' }, 'visibility'],
  ])('%j is refused', async (body, path) => {
    const { token } = await createOwner();
    const response = await askAs(token, 'POST', CARDS, body);
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ path }] }]);
  });

  test.each(['x', crypto.randomUUID()])('«%s» is no card', async (id) => {
    const { token } = await createOwner();
    for (const [method, path] of [
      ['PUT', `${CARDS}/${id}`],
      ['PUT', `${CARDS}/${id}/default`],
      ['DELETE', `${CARDS}/${id}`],
    ] as const) {
      const response = await askAs(token, method, path, method === 'PUT' ? {} : undefined);
      expect([response.status, (await response.json<{ code: string }>()).code]).toEqual([
        404,
        'card-not-found',
      ]);
    }
  });
});

describe('a public card', () => {
  test.each(['public', 'u'])('by its id alone, under /api/%s', async (root) => {
    const { username, token, links } = await createOwner();
    const { id } = await addCard(token, 'Work', [links[1].id]);
    const response = await ask(`/api/${root}/card/${id}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=300, stale-while-revalidate=60');
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(response.headers.get('X-Shown')).toBeNull();
    const card = await response.json();
    expect(card).toEqual({
      id,
      title: 'Work',
      owner: {
        username,
        displayName: 'Ada Lovelace',
        bio: 'Notes',
        pronouns: null,
        role: null,
        company: null,
        avatarUrl: null,
        accentColor: '#6366f1',
      },
      links: [
        {
          id: links[1].id,
          platform: 'github',
          username: 'ada',
          url: 'https://github.com/ada',
          displayOrder: 0,
          followed: false,
        },
      ],
    });
    const byName = await ask(`/api/${root}/${username}/card/${id}`);
    expect([byName.headers.get('ETag'), await byName.json()]).toEqual([response.headers.get('ETag'), card]);
    const capitals = await ask(`/api/${root}/${username}/card/${id.toUpperCase()}`);
    expect([capitals.status, capitals.headers.get('ETag')]).toEqual([200, byName.headers.get('ETag')]);
    const etag = response.headers.get('ETag') as string;
    expect((await ask(`/api/${root}/card/${id}`, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });

  test('costs 1 Upstash + 1 Postgres at first, then 2 Upstash in another isolate, then nothing', async () => {
    const { username, token } = await createOwner();
    const { id } = await addCard(token, 'Work');
    await Promise.all([neon.reset(), upstash.reset()]);
    const trips = async () => {
      const counts = [await upstash.count(), await neon.count()];
      await Promise.all([neon.reset(), upstash.reset()]);
      return counts;
    };
    const first = await ask(`/api/public/card/${id}`);
    expect(first.headers.get('X-Cache')).toBe('MISS');
    await upstash.settled(2);
    expect(await upstash.commands()).toEqual([
      ['GET', `card:${id}`],
      ['SET', `card:${id}`, username.toLowerCase(), 'ex', '86400'],
    ]);
    expect(await trips()).toEqual([2, 1]);

    await startIsolate().ask(`/api/public/${username}`);
    await upstash.settled(2);
    await trips();
    const isolate = startIsolate();
    const warm = await isolate.ask(`/api/public/card/${id}`);
    expect(warm.headers.get('X-Cache')).toBe('HIT');
    expect(await trips()).toEqual([2, 0]);
    await isolate.ask(`/api/public/card/${id}`);
    expect(await trips()).toEqual([0, 0]);
    passSeconds(PAST_ISOLATE_TIER_SECONDS);
    await isolate.ask(`/api/public/card/${id}`);
    expect(await trips()).toEqual([1, 0]);
  });

  test('concurrent readers of one card read Postgres once', async () => {
    const { token } = await createOwner();
    const { id } = await addCard(token, 'Work');
    await neon.reset();
    const { ask } = startIsolate();
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask(`/api/public/card/${id}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await neon.count()).toBe(1);
  });

  test('is seen as it is after every change', async () => {
    const { token, linkIds } = await createOwner();
    const { id } = await addCard(token, 'Work');
    const title = async () => (await (await ask(`/api/public/card/${id}`)).json<Card>()).title;
    expect(await title()).toBe('Work');
    await askAs(token, 'PUT', `${CARDS}/${id}`, { title: 'Play', linkIds });
    expect(await title()).toBe('Play');
    await askAs(token, 'DELETE', `/api/profiles/me/links/${linkIds[0]}`);
    expect((await (await ask(`/api/public/card/${id}`)).json<Card>()).links.length).toBe(1);
    const username = freshName();
    await askAs(token, 'PUT', '/api/profiles/me', { username });
    const renamed = await (await ask(`/api/public/card/${id}`)).json<{ owner: { username: string } }>();
    expect(renamed.owner.username).toBe(username);
  });

  test('that becomes PRIVATE or is deleted is 404 in every way, and comes back when it is public again', async () => {
    const { username, token } = await createOwner();
    await addCard(token, 'Other');
    const { id } = await addCard(token, 'Work');
    const isolate = startIsolate();
    const ways = [`/api/public/card/${id}`, `/api/u/card/${id}`, `/api/public/${username}/card/${id}`];
    const statuses = async () => {
      const answers = await Promise.all(ways.flatMap((way) => [ask(way), isolate.ask(way)]));
      return [...new Set(answers.map(({ status }) => status))];
    };
    const show = async (visibility: string) => {
      expect((await askAs(token, 'PUT', `${CARDS}/${id}`, { visibility })).status).toBe(200);
      passSeconds(PAST_ISOLATE_TIER_SECONDS);
    };
    expect(await statuses()).toEqual([200]);
    await show('PRIVATE');
    expect(await statuses()).toEqual([404]);
    await show('UNLISTED');
    expect(await statuses()).toEqual([200]);
    expect((await askAs(token, 'DELETE', `${CARDS}/${id}`)).status).toBe(204);
    passSeconds(PAST_ISOLATE_TIER_SECONDS);
    expect(await statuses()).toEqual([404]);
  });

  test('of nobody is 404; what is no id asks nobody', async () => {
    const unknown = await ask(`/api/public/card/${crypto.randomUUID()}`);
    expect([unknown.status, (await unknown.json<{ code: string }>()).code]).toEqual([404, 'card-not-found']);
    await Promise.all([neon.reset(), upstash.reset()]);
    for (const id of ['x', '..', "'", '0'.repeat(36)])
      expect((await ask(`/api/public/card/${encodeURIComponent(id)}`)).status).toBe(404);
    expect([await neon.count(), await upstash.count()]).toEqual([0, 0]);
  });

  test('a wrong hint in Upstash leads nobody astray', async () => {
    const ada = await createOwner();
    const bob = await createOwner();
    const { id } = await addCard(ada.token, 'Work');
    await redis('SET', `card:${id}`, bob.username.toLowerCase());
    const response = await startIsolate().ask(`/api/public/card/${id}`);
    expect(await response.json()).toMatchObject({ owner: { username: ada.username } });
  });

  test('is STALE while Postgres is known to be down and a stale copy is there', async () => {
    const { username, token } = await createOwner();
    const { id } = await addCard(token, 'Work');
    await Promise.all([
      startIsolate().ask(`/api/public/card/${id}`),
      startIsolate().ask(`/api/public/${username}`),
    ]);
    await upstash.settled(4, username.toLowerCase());
    await redis('DEL', `profile:${username.toLowerCase()}`);
    await neon.fault({ kind: 'refuse' });
    const { ask } = startIsolate();
    await ask(`/api/public/card/${id}`);
    await neon.settled(2, 'usernames');
    const response = await eventually(async () => {
      const answer = await ask(`/api/public/card/${id}`);
      expect(answer.headers.get('X-Cache')).toBe('STALE');
      return answer;
    });
    expect([response.status, response.headers.get('X-Cache')]).toEqual([200, 'STALE']);
  });
});
