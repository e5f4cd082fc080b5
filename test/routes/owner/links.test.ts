/** `/api/profiles/me/links`: bodies as the existing clients know them, what is refused, and writers that meet. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ask, askAs, atOnce, createPerson, stopClock } from '../../harness/fixtures.ts';
import { neon, sql, startClean, upstash } from '../../harness/worker.ts';

const LINKS = '/api/profiles/me/links';

/** Writers that meet. */
const MANY = [0, 1, 2, 3, 4, 5];

interface Link {
  id: string;
  platform: string;
  displayOrder: number;
}

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Links in display order, as everybody sees them. */
async function shown(username: string): Promise<Link[]> {
  return (await (await ask(`/api/public/${username}`)).json<{ links: Link[] }>()).links;
}

async function fill(userId: string, count: number) {
  await sql(
    `INSERT INTO platform_links (user_id, platform, username, url, display_order)
     SELECT $1::uuid, 'github', 'ada', 'https://github.com/ada', n + 1 FROM generate_series(1, $2::int) n`,
    [userId, count],
  );
}

describe('a new link', () => {
  test('is 201 with the link, takes the last place, and everybody sees it', async () => {
    const { username, token } = await createPerson();
    await ask(`/api/public/${username}`);
    await upstash.settled(2);
    const response = await askAs(token, 'POST', LINKS, {
      platform: 'gitlab',
      username: 'https://gitlab.com/ada',
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('ETag')).toBe('"2"');
    expect(response.headers.get('X-Cache-Invalidation')).toBe('done');
    const link = await response.json<Link>();
    expect(link).toEqual({
      id: expect.any(String),
      platform: 'gitlab',
      username: 'ada',
      url: 'https://gitlab.com/ada',
      displayOrder: 2,
    });
    expect((await shown(username)).at(-1)).toEqual({ ...link, followed: false });
  });

  test('costs one round trip to Postgres and one to Upstash', async () => {
    const { token } = await createPerson();
    await askAs(token, 'POST', LINKS, { platform: 'gitlab', username: 'ada' });
    expect([await neon.count(), await upstash.count()]).toEqual([1, 1]);
  });

  test.each([
    [{ platform: 'myspace', username: 'tom' }, 'platform'],
    [{ platform: 'github', username: 'two words' }, 'username'],
    [{ platform: 'custom', username: 'Home', url: 'javascript:alert(1)' }, 'url'],
    [{ platform: 'github', username: 'ada', url: 'https://evil.example/ada' }, 'url'],
    [{ platform: 'github' }, 'username'],
  ])('%j is refused', async (body, path) => {
    const { token } = await createPerson();
    const response = await askAs(token, 'POST', LINKS, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid-input', errors: [{ path }] });
    expect(await neon.count()).toBe(0);
  });

  test('of many that want the 50th place, one gets it', async () => {
    const { id, token } = await createPerson();
    await fill(id, 47);
    const body = { platform: 'gitlab', username: 'ada' };
    const answers = await atOnce(
      'INSERT INTO platform_links',
      MANY.map(() => () => askAs(token, 'POST', LINKS, body)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...MANY.slice(1).map(() => 400)]);
    const refused = answers.find(({ status }) => status === 400);
    expect(await refused?.json()).toMatchObject({ code: 'too-many-links' });
    expect(
      await sql(
        'SELECT count(*)::int AS links, count(DISTINCT display_order)::int AS places FROM platform_links',
      ),
    ).toEqual([{ links: 50, places: 50 }]);
  });
});

describe('a link that is there', () => {
  test('is changed in its place', async () => {
    const { username, token } = await createPerson();
    const [first] = await shown(username);
    const response = await askAs(token, 'PUT', `${LINKS}/${first?.id}`, {
      platform: 'custom',
      username: 'Home',
      url: 'https://ada.example/',
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      id: first?.id,
      platform: 'custom',
      username: 'Home',
      url: 'https://ada.example/',
      displayOrder: 0,
    });
    expect((await shown(username))[0]).toMatchObject({ id: first?.id, platform: 'custom' });
  });

  test('is removed with 204, and is then 404', async () => {
    const { username, token } = await createPerson();
    const [first, second] = await shown(username);
    const response = await askAs(token, 'DELETE', `${LINKS}/${first?.id}`);
    expect([response.status, await response.text(), response.headers.get('ETag')]).toEqual([204, '', '"2"']);
    expect(await shown(username)).toEqual([second]);
    const again = await askAs(token, 'DELETE', `${LINKS}/${first?.id}`);
    expect([again.status, (await again.json<{ code: string }>()).code]).toEqual([404, 'link-not-found']);
  });

  test.each(['x', 'reorder-me', "';--", crypto.randomUUID()])('«%s» is not one', async (id) => {
    const { token } = await createPerson();
    const path = `${LINKS}/${encodeURIComponent(id)}`;
    expect((await askAs(token, 'PUT', path, { platform: 'github', username: 'ada' })).status).toBe(404);
    expect((await askAs(token, 'DELETE', path)).status).toBe(404);
  });
});

describe('a new order', () => {
  const places = (links: Link[]) => ({ links: links.map(({ id }, displayOrder) => ({ id, displayOrder })) });

  test('counts relatively, and is written as 0, 1, 2 …', async () => {
    const { username, token } = await createPerson();
    const [npm, github] = (await shown(username)) as [Link, Link];
    const response = await askAs(token, 'PUT', `${LINKS}/reorder`, {
      links: [
        { id: npm.id, displayOrder: 900 },
        { id: github.id.toUpperCase(), displayOrder: 7 },
      ],
    });
    expect([response.status, await response.json()]).toEqual([200, { message: 'Links reordered' }]);
    expect((await shown(username)).map(({ id, displayOrder }) => [id, displayOrder])).toEqual([
      [github.id, 0],
      [npm.id, 1],
    ]);
  });

  test('with a link of somebody else or of nobody is 403, and nothing moves', async () => {
    const { username, token } = await createPerson();
    const before = await shown(username);
    const other = await shown((await createPerson()).username);
    const stranger = { ...before[0], id: crypto.randomUUID() } as Link;
    for (const links of [[...before, other[0] as Link], [...before, stranger], other]) {
      const response = await askAs(token, 'PUT', `${LINKS}/reorder`, places(links));
      expect([response.status, (await response.json<{ code: string }>()).code]).toEqual([403, 'forbidden']);
    }
    expect(await shown(username)).toEqual(before);
  });

  test.each([
    ['one to the front', [[4, 0]], [4, 0, 1, 2, 3]],
    ['one to the end', [[0, 4]], [1, 2, 3, 4, 0]],
    ['one beyond the end', [[1, 900]], [0, 2, 3, 4, 1]],
    [
      'two to the front',
      [
        [3, 1],
        [4, 0],
      ],
      [4, 3, 0, 1, 2],
    ],
    [
      'two around the others',
      [
        [2, 0],
        [1, 4],
      ],
      [2, 0, 3, 4, 1],
    ],
    [
      'two beyond the end',
      [
        [0, 90],
        [1, 80],
      ],
      [2, 3, 4, 1, 0],
    ],
    ['one where it is', [[2, 2]], [0, 1, 2, 3, 4]],
    ['none', [], [0, 1, 2, 3, 4]],
  ])('of a part of the links, %s, leaves the others in their order', async (_, moves, expected) => {
    const { id, username, token } = await createPerson();
    await fill(id, 3);
    const links = await shown(username);
    const body = {
      links: moves.map(([link, displayOrder]) => ({ id: links[link as number]?.id, displayOrder })),
    };
    expect((await askAs(token, 'PUT', `${LINKS}/reorder`, body)).status).toBe(200);
    const after = await shown(username);
    expect(after.map(({ id }) => links.findIndex((link) => link.id === id))).toEqual(expected);
    expect(after.map(({ displayOrder }) => displayOrder)).toEqual([0, 1, 2, 3, 4]);
  });

  test('from many writers at once leaves a permutation', async () => {
    const { id, username, token } = await createPerson();
    await fill(id, 10);
    const links = await shown(username);
    const orders = MANY.map((turn) => [...links.slice(turn), ...links.slice(0, turn)]);
    const answers = await atOnce(
      'generate_series',
      orders.map((order) => () => askAs(token, 'PUT', `${LINKS}/reorder`, places(order))),
    );
    expect(answers.map(({ status }) => status)).toEqual(MANY.map(() => 200));
    const after = await shown(username);
    expect(after.map(({ displayOrder }) => displayOrder)).toEqual(links.map((_, place) => place));
    expect(orders.map((order) => order.map(({ id }) => id).join())).toContain(
      after.map(({ id }) => id).join(),
    );
  });

  test('that meets a new link puts it last, or among the others', async () => {
    const { username, token } = await createPerson();
    const links = await shown(username);
    const [reordered, added] = await atOnce('platform_links', [
      () => askAs(token, 'PUT', `${LINKS}/reorder`, places(links.toReversed())),
      () => askAs(token, 'POST', LINKS, { platform: 'gitlab', username: 'ada' }),
    ]);
    expect(added?.status).toBe(201);
    expect(reordered?.status).toBe(200);
    expect((await shown(username)).map(({ displayOrder }) => displayOrder)).toEqual([0, 1, 2]);
  });
});

describe('If-Match', () => {
  const put = (token: string, ifMatch: string) =>
    ask('/api/profiles/me', {
      method: 'PUT',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'If-Match': ifMatch,
      },
      body: '{"bio":"mine"}',
    });

  test.each(['"1"', '*', '"7", "1"'])('%s names the version that is there', async (ifMatch) => {
    const { token } = await createPerson();
    const response = await put(token, ifMatch);
    expect([response.status, response.headers.get('ETag')]).toEqual([200, '"2"']);
  });

  test.each(['"2"', 'W/"1"', '1', '"x"', ',', '"99999999999999999999"'])(
    '%s does not: 412',
    async (ifMatch) => {
      const { token } = await createPerson();
      const response = await put(token, ifMatch);
      expect(response.status).toBe(412);
      expect(await response.json()).toMatchObject({ code: 'changed-meanwhile' });
      expect(await sql('SELECT bio, version::int FROM users')).toEqual([{ bio: 'Notes', version: 1 }]);
      expect(await upstash.count()).toBe(0);
    },
  );

  test('lets one of two tabs through', async () => {
    const { token } = await createPerson();
    const answers = await Promise.all([put(token, '"1"'), put(token, '"1"')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});
