/** Taking one's data along, bringing it back, old names, and leaving for good. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  ask,
  askAs,
  createPerson,
  freshName,
  PAST_ISOLATE_TIER_SECONDS,
  passSeconds,
  stopClock,
} from '../../harness/fixtures.ts';
import { startIsolate } from '../../harness/isolate.ts';
import { eventually, neon, redis, sql, startClean, upstash } from '../../harness/worker.ts';

const ME = '/api/profiles/me';

interface Thing {
  id: string;
}

interface Exported {
  profile: Record<string, unknown>;
  links: (Thing & { platform: string; username: string; url: string })[];
  cards: (Thing & { title: string; isDefault: boolean; linkIds: string[] })[];
  [key: string]: unknown;
}

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

const exportOf = async (token: string) => (await askAs(token, 'GET', `${ME}/export`)).json<Exported>();

/** How many copies of these names Upstash has. */
function copiesOf(...names: string[]): () => Promise<unknown> {
  const keys = names.map((name) => name.toLowerCase()).flatMap((key) => [`profile:${key}`, `outage:${key}`]);
  return () => redis('EXISTS', ...keys);
}

/** Somebody with links of several kinds, two cards, an identity, an old name and views. */
async function createRich() {
  const person = await createPerson();
  const { id, token } = person;
  const add = async (path: string, body: unknown) => {
    const response = await askAs(token, 'POST', path, body);
    expect(response.status).toBe(201);
    return response.json<Thing>();
  };
  const links = [
    await add(`${ME}/links`, { platform: 'email', username: 'ada@example.org' }),
    await add(`${ME}/links`, { platform: 'discord', username: 'ada' }),
    await add(`${ME}/links`, { platform: 'custom', username: 'Engine', url: 'https://engine.example/?a=1' }),
    await add(`${ME}/links`, { platform: 'mastodon', username: '@ada@social.example' }),
  ];
  await add('/api/cards', { title: 'Work', linkIds: links.map(({ id }) => id).toReversed() });
  const play = await add('/api/cards', {
    title: 'Play',
    linkIds: [],
    description: 'Chess\n♟',
    visibility: 'PRIVATE',
  });
  await askAs(token, 'PUT', `/api/cards/${play.id}/default`);
  const username = freshName();
  await askAs(token, 'PUT', ME, { username, pronouns: 'she/her' });
  await sql(`INSERT INTO identities (provider, provider_id, user_id) VALUES ('github', '7', $1)`, [id]);
  await sql(
    `INSERT INTO view_counts (owner_id, day, kind, source, views, latest)
     VALUES ($1, '2026-11-20', 'profile', 'qr', 3, '2026-11-20T10:00Z')`,
    [id],
  );
  await sql(`INSERT INTO view_visitors (owner_id, day, visitors) VALUES ($1, '2026-11-20', 2)`, [id]);
  return { ...person, username, oldName: person.username };
}

describe('an export', () => {
  test('has everything of the user, with a format and a version', async () => {
    const { id, username, oldName, token } = await createRich();
    await neon.reset();
    const response = await askAs(token, 'GET', `${ME}/export`);
    expect(await neon.count()).toBe(1);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(response.headers.get('Content-Disposition')).toBe(
      `attachment; filename="devcard-${username}.json"`,
    );
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const { links, cards, ...rest } = await response.json<Exported>();
    expect(rest).toEqual({
      format: 'devcard-export',
      version: 1,
      exportedAt: new Date().toISOString(),
      account: {
        id,
        email: 'ada@private.example',
        createdAt: time,
        identities: [{ provider: 'github', providerId: '7', createdAt: time }],
        oldNames: [{ username: oldName.toLowerCase(), heldUntil: time }],
      },
      profile: {
        username,
        displayName: 'Ada Lovelace',
        bio: 'Notes',
        pronouns: 'she/her',
        role: null,
        company: null,
        avatarUrl: null,
        accentColor: '#6366f1',
        theme: 'classic',
        qrStyle: null,
        contactsOpen: false,
        contactDays: 365,
      },
      contacts: [],
      savedCards: [],
      views: {
        counts: [
          {
            day: '2026-11-20',
            kind: 'profile',
            cardId: null,
            source: 'qr',
            views: 3,
            latest: '2026-11-20T10:00:00.000Z',
          },
        ],
        facets: [],
        visitors: [{ day: '2026-11-20', visitors: 2 }],
      },
    });
    expect(links.map(({ platform }) => platform)).toEqual([
      'npm',
      'github',
      'email',
      'discord',
      'custom',
      'mastodon',
    ]);
    expect(cards).toEqual([
      {
        id: expect.any(String),
        title: 'Work',
        description: null,
        visibility: 'PUBLIC',
        qrEnabled: true,
        isDefault: false,
        linkIds: links
          .slice(2)
          .map(({ id }) => id)
          .toReversed(),
      },
      {
        id: expect.any(String),
        title: 'Play',
        description: 'Chess\n♟',
        visibility: 'PRIVATE',
        qrEnabled: true,
        isDefault: true,
        linkIds: [],
      },
    ]);
  });
});

describe('an import', () => {
  const contents = ({ profile, links, cards }: Exported) => ({ profile, links, cards });

  test('of one’s own export changes nothing, and brings back what was lost since', async () => {
    const { username, token } = await createRich();
    const before = await exportOf(token);
    const response = await askAs(token, 'POST', `${ME}/import`, before);
    expect([response.status, response.headers.get('X-Cache-Invalidation')]).toEqual([200, 'done']);
    expect(contents(await exportOf(token))).toEqual(contents(before));

    const [first, second] = before.links as unknown as [Thing, Thing];
    await askAs(token, 'PUT', ME, { bio: 'lost', role: 'lost' });
    await askAs(token, 'PUT', `${ME}/links/${first.id}`, { platform: 'gitlab', username: 'lost' });
    await askAs(token, 'DELETE', `/api/cards/${before.cards[1]?.id}`);
    await askAs(token, 'POST', '/api/cards', { title: 'Extra', linkIds: [second.id] });
    await askAs(token, 'PUT', `/api/cards/${before.cards[0]?.id}`, { linkIds: [first.id, second.id] });
    await ask(`/api/public/${username}`);
    await askAs(token, 'POST', `${ME}/import`, before);
    const after = await exportOf(token);
    const withoutIds = ({ profile, links, cards }: Exported) => ({
      profile,
      links,
      cards: cards.map(({ id: _, ...card }) => card),
    });
    expect(withoutIds(after)).toEqual(withoutIds(before));
    expect(after.cards[0]?.id).toBe(before.cards[0]?.id);
    const shown = await (await ask(`/api/public/${username}`)).json<{ bio: string; links: Thing[] }>();
    expect([shown.bio, shown.links.map(({ id }) => id)]).toEqual(['Notes', before.links.map(({ id }) => id)]);
  });

  test('into another account makes things of its own, and leaves name and giver alone', async () => {
    const ada = await createRich();
    const bob = await createPerson();
    const before = await exportOf(ada.token);
    await neon.reset();
    expect((await askAs(bob.token, 'POST', `${ME}/import`, before)).status).toBe(200);
    expect(await neon.count()).toBe(1);
    const copy = await exportOf(bob.token);
    expect(copy.profile).toEqual({ ...before.profile, username: bob.username });
    expect(copy.links.map(({ platform, url }) => [platform, url])).toEqual(
      before.links.map(({ platform, url }) => [platform, url]),
    );
    expect(copy.cards.map(({ title, isDefault }) => [title, isDefault])).toEqual([
      ['Work', false],
      ['Play', true],
    ]);
    expect(copy.cards[0]?.linkIds).toEqual(
      copy.links
        .slice(2)
        .map(({ id }) => id)
        .toReversed(),
    );
    const ids = (data: Exported) => [...data.links, ...data.cards].map(({ id }) => id);
    expect(ids(copy).filter((id) => ids(before).includes(id))).toEqual([]);
    expect(contents(await exportOf(ada.token))).toEqual(contents(before));
  });

  test('of nothing removes all links and cards', async () => {
    const { token } = await createRich();
    const before = await exportOf(token);
    await askAs(token, 'POST', `${ME}/import`, { ...before, links: [], cards: [] });
    expect(await exportOf(token)).toMatchObject({ links: [], cards: [] });
  });

  test.each<[string, (data: Exported) => unknown, string]>([
    ['another format', (data) => ({ ...data, format: 'vcard' }), 'format'],
    ['a version to come', (data) => ({ ...data, version: 2 }), 'version'],
    ['a missing list', ({ links: _, ...data }) => data, 'links'],
    [
      'a link that the API would refuse',
      (data) => ({ ...data, links: [{ ...data.links[0], url: 'javascript:alert(1)' }] }),
      'links.0.url',
    ],
    [
      'a card over its limits',
      (data) => ({ ...data, cards: [{ ...data.cards[0], title: '' }] }),
      'cards.0.title',
    ],
    ['an id twice', (data) => ({ ...data, links: [data.links[0], data.links[0]] }), 'links'],
    ['cards with links from elsewhere', (data) => ({ ...data, links: [] }), ''],
    ['51 links', (data) => ({ ...data, links: Array(51).fill(data.links[0]) }), 'links'],
    ['21 cards', (data) => ({ ...data, cards: Array(21).fill(data.cards[0]) }), 'cards'],
  ])('with %s is refused whole', async (_, spoil, path) => {
    const { token } = await createRich();
    const before = await exportOf(token);
    const response = await askAs(token, 'POST', `${ME}/import`, spoil(before));
    expect(response.status).toBe(400);
    const { code, errors } = await response.json<{ code: string; errors: { path: string }[] }>();
    expect(code).toBe('invalid-input');
    expect(errors.map(({ path }) => path)).toContain(path);
    expect(contents(await exportOf(token))).toEqual(contents(before));
  });

  test('names twenty faults at the most, and says how many there are', async () => {
    const { token } = await createRich();
    const data = await exportOf(token);
    const refused = await askAs(token, 'POST', `${ME}/import`, { ...data, links: Array(50).fill(7) });
    const { errors, detail } = await refused.json<{ errors: object[]; detail: string }>();
    expect([errors.length, detail]).toEqual([20, '50 fields are at fault; these are the first 20.']);
  });

  test('looks at the length of a list before its elements', async () => {
    const { token } = await createRich();
    const data = await exportOf(token);
    for (const [name, message] of [
      ['links', 'There are at most 50 links.'],
      ['cards', 'There are at most 20 cards.'],
    ] as const) {
      const refused = await askAs(token, 'POST', `${ME}/import`, { ...data, [name]: Array(60).fill([]) });
      expect((await refused.json<{ errors: object[] }>()).errors).toEqual([{ path: name, message }]);
    }
  });

  test('is not parsed when there is more in it than links and cards can be', async () => {
    const { token } = await createRich();
    const data = await exportOf(token);
    const many = await askAs(token, 'POST', `${ME}/import`, { ...data, links: Array(5_000).fill([]) });
    expect([many.status, (await many.json<{ detail: string }>()).detail]).toEqual([
      400,
      'JSON may be 16 levels deep and have 4096 values at the most.',
    ]);
    const long = { ...data, profile: { bio: 'x'.repeat(600_000) } };
    expect((await askAs(token, 'POST', `${ME}/import`, long)).status).toBe(413);
    // What nobody reads may be anything.
    const deep = JSON.stringify({ ...data, views: 0 }).replace(
      /"views":0/,
      `"views":${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    );
    expect((await askAs(token, 'POST', `${ME}/import`, deep)).status).toBe(200);
  });

  test('and every other body is UTF-8, and an error repeats no more than 100 characters of a name', async () => {
    const { token } = await createRich();
    const data = JSON.stringify(await exportOf(token));
    const send = (method: string, path: string, body: BodyInit, type = 'application/json') =>
      ask(path, { method, headers: { Authorization: `Bearer ${token}`, 'Content-Type': type }, body });
    const cp1252 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    for (const answer of [
      await send('PUT', ME, cp1252('{"role":"Käse"}')),
      await send('POST', `${ME}/import`, cp1252(data.replace('"Ada Lovelace"', '"Käse"'))),
      await send('PUT', ME, new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0])),
    ]) {
      const { detail } = await answer.json<{ detail: string }>();
      expect([answer.status, detail]).toEqual([400, 'The body is not encoded in UTF-8.']);
    }
    for (const charset of ['iso-8859-1', '"windows-1252"', 'UTF-16', 'us-ascii', ''])
      expect((await send('PUT', ME, '{}', `application/json; charset=${charset}`)).status).toBe(415);
    for (const charset of ['utf-8', '"UTF-8"', 'utf8'])
      expect((await send('PUT', ME, '{}', `application/json; charset=${charset}`)).status).toBe(200);
    // A byte order mark is how some editors begin UTF-8.
    expect((await send('PUT', ME, `\ufeff{"role":"Käse"}`)).status).toBe(200);
    const long = await askAs(token, 'PUT', ME, { ['x'.repeat(5_000)]: 1 });
    const { errors } = await long.json<{ errors: { path: string }[] }>();
    expect(errors[0]?.path).toBe(`${'x'.repeat(100)}…`);
  });

  test('may have 8 MiB, since exports hold years of views; other bodies stay at 16 KiB', async () => {
    const { token } = await createRich();
    const data = await exportOf(token);
    const padded = { ...data, views: 'x'.repeat(8_000_000) };
    expect((await askAs(token, 'POST', `${ME}/import`, padded)).status).toBe(200);
    const endless = { ...data, views: 'x'.repeat(9_000_000) };
    expect((await askAs(token, 'POST', `${ME}/import`, endless)).status).toBe(413);
    expect((await askAs(token, 'PUT', ME, { bio: 'x'.repeat(17_000) })).status).toBe(413);
  });
});

describe('old names', () => {
  const rename = (token: string, username: string) => askAs(token, 'PUT', ME, { username });

  test('all redirect to the newest one', async () => {
    const { username, token } = await createPerson();
    const names = [username, freshName(), freshName()] as const;
    await rename(token, names[1]);
    await ask(`/api/public/${names[0]}`, { redirect: 'manual' });
    await upstash.settled(3);
    await rename(token, names[2]);
    for (const old of [names[0], names[1]]) {
      const response = await ask(`/api/public/${old}`, { redirect: 'manual' });
      expect([response.status, response.headers.get('Location')]).toEqual([308, `/api/public/${names[2]}`]);
    }
  });

  test('of one user are five at the most; going back to one of them is always possible', async () => {
    const { username, token } = await createPerson();
    for (let i = 0; i < 5; i += 1) expect((await rename(token, freshName())).status).toBe(200);
    const sixth = freshName();
    const refused = await rename(token, sixth);
    expect([refused.status, (await refused.json<{ code: string }>()).code]).toEqual([
      409,
      'too-many-renames',
    ]);
    expect((await ask(`/api/public/${sixth}`)).status).toBe(404);
    expect((await rename(token, username)).status).toBe(200);
    expect((await rename(token, username.toUpperCase())).status).toBe(200);
    expect((await rename(token, freshName())).status).toBe(409);
  });

  test('redirect for 90 days, and are free for others a little later than that', async () => {
    const ada = await createPerson();
    const bob = await createPerson();
    await rename(ada.token, freshName());
    const key = ada.username.toLowerCase();
    const [row] = await sql<{ days: number }>(
      'SELECT round(extract(epoch FROM held_until - now()) / 86400)::int AS days FROM usernames WHERE key = $1',
      [key],
    );
    expect(row?.days).toBe(90);
    const end = (ago: string) =>
      sql('UPDATE usernames SET held_until = now() - $2::interval WHERE key = $1', [key, ago]);
    await end('1 minute');
    expect((await ask(`/api/public/${ada.username}`, { redirect: 'manual' })).status).toBe(404);
    expect((await rename(bob.token, ada.username)).status).toBe(409);
    await end('16 minutes');
    expect((await rename(bob.token, ada.username)).status).toBe(200);
    passSeconds(PAST_ISOLATE_TIER_SECONDS);
    expect((await ask(`/api/public/${ada.username}`)).status).toBe(200);
  });
});

describe('leaving', () => {
  const leave = (token: string, username: string) => askAs(token, 'DELETE', ME, { username });

  test('removes everything, in Postgres and in the caches, and ends the session', async () => {
    const { username, oldName, token } = await createRich();
    const bob = await createPerson();
    const { cards } = await exportOf(token);
    const ways = [`/api/public/${username}`, `/api/public/${oldName}`, `/api/public/card/${cards[0]?.id}`];
    await upstash.reset();
    await Promise.all(ways.map((way) => ask(way, { redirect: 'manual' })));
    await upstash.settled(6);
    const response = await leave(token, username.toUpperCase());
    expect([response.status, response.headers.get('X-Cache-Invalidation')]).toEqual([204, 'done']);
    await upstash.settled(8);
    expect(await redis('KEYS', '*')).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/^(profile|outage|card):/)]),
    );
    for (const way of ways) expect((await ask(way)).status).toBe(404);
    expect((await askAs(token, 'GET', ME)).status).toBe(401);
    expect((await leave(token, username)).status).toBe(401);
    const tables = [
      'users',
      'usernames',
      'platform_links',
      'cards',
      'card_links',
      'identities',
      'view_counts',
    ];
    const counts = await Promise.all(
      tables.map(
        async (table) => (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n,
      ),
    );
    expect(counts).toEqual([1, 1, 2, 0, 0, 0, 0]);
    expect((await askAs(bob.token, 'PUT', ME, { username: oldName })).status).toBe(200);
  });

  test('wants the username, not another name and not an old one', async () => {
    const { oldName, token } = await createRich();
    for (const name of ['', 'somebody', oldName]) {
      const response = await leave(token, name);
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { errors: [{ path: 'username' }] },
      ]);
    }
    expect((await askAs(token, 'DELETE', ME, {})).status).toBe(400);
    expect((await askAs(token, 'GET', ME)).status).toBe(200);
  });

  test('whose answer is lost still empties the caches of all names', async () => {
    const { username, oldName, token } = await createRich();
    const copies = copiesOf(username, oldName);
    await Promise.all([username, oldName].map((name) => ask(`/api/public/${name}`, { redirect: 'manual' })));
    await eventually(async () => expect(await copies()).toBe(4));
    await neon.fault({ kind: 'lost', match: 'DELETE FROM users', times: 1 });
    expect((await askAs(token, 'DELETE', ME, { username })).status).toBe(503);
    await eventually(async () => expect(await copies()).toBe(0));
    // Memory forgets once Redis has acknowledged.
    await eventually(async () => expect((await ask(`/api/public/${username}`)).status).toBe(404));
  });
});

test('a rename whose answer never came: both names are forgotten', async () => {
  const { username, token } = await createPerson();
  const newName = freshName();
  const copies = copiesOf(username, newName);
  await Promise.all([ask(`/api/public/${username}`), ask(`/api/public/${newName}`)]);
  await eventually(async () => expect(await copies()).toBe(3));
  const gate = await neon.gate({ at: 'answer', match: 'UPDATE users', times: 1 });
  const impatient = startIsolate({ NEON_TIMEOUT_MS: 3_000 });
  const response = await impatient.askAs(token, 'PUT', ME, { username: newName });
  expect(response.status).toBe(503);
  await eventually(async () => expect(await copies()).toBe(0));
  await neon.release(gate);
  passSeconds(PAST_ISOLATE_TIER_SECONDS);
  expect((await ask(`/api/public/${newName}`)).status).toBe(200);
  expect((await ask(`/api/public/${username}`, { redirect: 'manual' })).status).toBe(308);
});
