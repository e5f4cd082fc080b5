/** Views: what is counted and what is left out, by day and source, exactly once. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ask, askAs, createPerson, stopClock } from '../harness/fixtures.ts';
import { DESKTOP, look, reportWith } from '../harness/visitors.ts';
import { eventually, redis, sql, startClean } from '../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

async function createCard(ownerId: string, title = 'Conference'): Promise<string> {
  const [card] = await sql<{ id: string }>(
    'INSERT INTO cards (user_id, title) VALUES ($1, $2) RETURNING id',
    [ownerId, title],
  );
  return card?.id as string;
}

describe('what is counted', () => {
  test('profile, card, contact file and pictures of codes, by source, country and device', async () => {
    vi.setSystemTime(Date.UTC(2027, 0, 15, 14, 35, 12));
    const { id, username, token } = await createPerson();
    const cardId = await createCard(id);
    const web = { Referer: 'https://blog.example/post' };
    await look(`/api/public/${username}?source=qr`);
    await look(`/api/u/${username}`, { address: '203.0.113.8', country: 'FR', headers: web });
    await look(`/api/public/${username}/card/${cardId}?source=nfc`, { userAgent: DESKTOP });
    await look(`/api/public/${username}/qr?source=nonsense`, { country: 'lower' });
    await look(`/u/${username}.vcf`, { country: 'lower' });
    const report = await reportWith(5, token);
    expect(report).toMatchObject({
      totalViews: 5,
      viewsToday: 5,
      uniqueViewers: 3,
      totalFollows: 0,
      sources: { qr: 1, link: 2, web: 1, nfc: 1, app: 0 },
      kinds: { profile: 2, card: 1, qr: 1, vcard: 1 },
      devices: { phone: 4, tablet: 0, desktop: 1, other: 0 },
      countries: [
        { country: 'DE', views: 2 },
        { country: 'XX', views: 2 },
        { country: 'FR', views: 1 },
      ],
    });
    expect(report.series).toHaveLength(30);
    expect(report.series.at(-1)).toEqual({
      date: '2027-01-15',
      views: 5,
      uniqueViewers: 3,
      sources: { qr: 1, link: 2, web: 1, nfc: 1, app: 0 },
      countries: { DE: 2, FR: 1, XX: 2 },
    });
    expect(report.series[0]).toEqual({
      date: '2026-12-17',
      views: 0,
      uniqueViewers: 0,
      sources: { qr: 0, link: 0, web: 0, nfc: 0, app: 0 },
      countries: {},
    });
    expect(report.recentViews).toHaveLength(5);
    expect(report.recentViews[0]).toEqual({
      id: `2027-01-15.card.${cardId}.nfc`,
      kind: 'card',
      cardId,
      source: 'nfc',
      createdAt: '2027-01-15T14:00:00.000Z',
      views: 1,
      viewer: null,
      card: { title: 'Conference' },
    });
  });

  test('an answer from any tier, and a browser’s own copy that is still good', async () => {
    const { username, token } = await createPerson();
    const first = await look(`/api/public/${username}`);
    expect(first.headers.get('X-Cache')).toBe('MISS');
    const etag = first.headers.get('ETag') as string;
    const second = await look(`/api/public/${username}`);
    expect(second.headers.get('Cache-Status')).toMatch(/^devcard-isolate; hit/);
    const third = await look(`/api/public/${username}`, { headers: { 'If-None-Match': etag } });
    expect(third.status).toBe(304);
    await reportWith(3, token);
  });

  test('over a midnight: two days, and the same person once on each', async () => {
    vi.setSystemTime(Date.UTC(2027, 0, 15, 23, 59, 59));
    const { username, token } = await createPerson();
    await look(`/api/public/${username}?source=qr`);
    await look(`/api/public/${username}?source=web`);
    await reportWith(2, token);
    vi.setSystemTime(Date.UTC(2027, 0, 16, 0, 0, 1));
    await look(`/api/public/${username}?source=qr`);
    const report = await reportWith(3, token, 90);
    expect(report).toMatchObject({ viewsToday: 1, uniqueViewers: 2, sources: { qr: 2, web: 1 } });
    expect(report.series.slice(-2)).toMatchObject([
      { date: '2027-01-15', views: 2, uniqueViewers: 1, sources: { qr: 1, web: 1 } },
      { date: '2027-01-16', views: 1, uniqueViewers: 1, sources: { qr: 1, web: 0 } },
    ]);
  });

  test('visitors: told apart by address and browser, the same ones again on another card', async () => {
    const [ada, bob] = [await createPerson(), await createPerson()];
    for (const address of ['203.0.113.1', '203.0.113.2', '203.0.113.1']) {
      await look(`/api/public/${ada.username}`, { address });
    }
    await reportWith(3, ada.token);
    // In a later roll-up: who was there before is remembered.
    await look(`/api/public/${ada.username}`, { address: '203.0.113.2' });
    await look(`/api/public/${ada.username}`, { address: '203.0.113.2', userAgent: DESKTOP });
    await look(`/api/public/${bob.username}`, { address: '203.0.113.1' });
    expect(await reportWith(5, ada.token)).toMatchObject({ uniqueViewers: 3 });
    expect(await reportWith(1, bob.token)).toMatchObject({ uniqueViewers: 1 });
  });
});

describe('what is left out', () => {
  const LEFT_OUT: [string, Parameters<typeof look>[1]][] = [
    ['who asks not to be tracked', { headers: { DNT: '1' } }],
    ['who asks for privacy', { headers: { 'Sec-GPC': '1' } }],
    ['prefetches', { headers: { 'Sec-Purpose': 'prefetch;prerender' } }],
    ['older prefetches', { headers: { Purpose: 'prefetch' } }],
    [
      'pictures on pages of ours',
      { headers: { 'Sec-Fetch-Dest': 'image', 'Sec-Fetch-Site': 'same-origin' } },
    ],
    ['HEAD', { method: 'HEAD' }],
    ['programs without a name', { userAgent: '' }],
    ...[
      'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
      'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
      'WhatsApp/2.24.9.78 A',
      'facebookexternalhit/1.1',
      'curl/8.9.1',
      'node',
    ].map((userAgent): [string, Parameters<typeof look>[1]] => [userAgent, { userAgent }]),
  ];

  test.each(LEFT_OUT)('%s', async (_, visitor) => {
    const { username, token } = await createPerson();
    await look(`/api/public/${username}`, visitor);
    await look(`/api/public/${username}?source=nfc`);
    expect((await reportWith(1, token)).sources).toMatchObject({ nfc: 1, link: 0 });
  });

  test('owners who look at their own card, but not at another’s', async () => {
    const [ada, bob] = [await createPerson(), await createPerson()];
    const headers = { Authorization: `Bearer ${ada.token}` };
    await look(`/api/public/${ada.username}`, { headers });
    await look(`/api/public/${bob.username}`, { headers });
    await look(`/api/public/${ada.username}?source=nfc`, { headers: { Authorization: 'Bearer a.b.c' } });
    await reportWith(1, bob.token);
    expect((await reportWith(1, ada.token)).sources).toMatchObject({ nfc: 1, link: 0 });
  });

  test('what was not shown: a moved name, an unknown card, a refused size, a session', async () => {
    const { username, token } = await createPerson();
    await look(`/api/public/${username}/card/${crypto.randomUUID()}`);
    await look(`/api/public/${username}/qr?size=1`);
    await look(`/api/public/${username}/qr-session`);
    await look(`/api/public/${username}?source=nfc`);
    expect((await reportWith(1, token)).kinds).toEqual({ profile: 1, card: 0, qr: 0, vcard: 0 });
  });
});

describe('owners alone', () => {
  test.each(['overview', 'views', 'views.csv'])('%s is refused to others', async (path) => {
    expect((await ask(`/api/analytics/${path}`)).status).toBe(401);
    const { id, token } = await createPerson();
    await sql('UPDATE users SET session_epoch = 1 WHERE id = $1', [id]);
    expect((await askAs(token, 'GET', `/api/analytics/${path}`)).status).toBe(401);
  });

  test('nobody reads another’s views', async () => {
    const [ada, bob] = [await createPerson(), await createPerson()];
    const cardId = await createCard(ada.id);
    await look(`/api/public/${ada.username}/card/${cardId}`);
    await reportWith(1, ada.token);
    const response = await askAs(bob.token, 'GET', `/api/analytics/views?cardId=${cardId}`);
    expect(await response.json()).toEqual({
      data: [],
      meta: { total: 0, page: 1, limit: 20, totalPages: 0 },
    });
    expect(response.headers.get('Cache-Control')).toBe('no-store');
  });
});

describe('the list', () => {
  test('has a row for each day, card and source, the latest first, by pages', async () => {
    vi.setSystemTime(Date.UTC(2027, 2, 22));
    const { id, username, token } = await createPerson();
    const cardId = await createCard(id, 'Meetup');
    for (let day = 1; day <= 22; day++) {
      vi.setSystemTime(Date.UTC(2027, 2, day, 9, 30));
      await look(`/api/public/${username}${day === 22 ? `/card/${cardId}` : ''}`);
      await look(`/api/public/${username}${day === 22 ? `/card/${cardId}` : ''}`);
    }
    await reportWith(44, token, 90);
    const page = async (query: string) =>
      (await askAs(token, 'GET', `/api/analytics/views${query}`)).json<{ data: object[]; meta: object }>();
    const linked = await askAs(token, 'GET', '/api/analytics/views');
    expect(linked.headers.get('Link')).toBe(
      '</api/analytics/views?page=1>; rel="first", </api/analytics/views?page=2>; rel="next"',
    );
    const first = await page('');
    expect(first.meta).toEqual({ total: 22, page: 1, limit: 20, totalPages: 2 });
    expect(first.data).toHaveLength(20);
    expect(first.data.slice(0, 2)).toMatchObject([
      { cardId, card: { title: 'Meetup' }, createdAt: '2027-03-22T09:00:00.000Z', views: 2, viewer: null },
      { cardId: null, card: null, source: 'link', createdAt: '2027-03-21T09:00:00.000Z', views: 2 },
    ]);
    const second = await page('?page=2');
    expect(second.meta).toEqual({ total: 22, page: 2, limit: 20, totalPages: 2 });
    expect(second.data).toMatchObject([
      { createdAt: '2027-03-02T09:00:00.000Z' },
      { createdAt: '2027-03-01T09:00:00.000Z' },
    ]);
    expect((await page(`?cardId=${cardId}`)).meta).toEqual({ total: 1, page: 1, limit: 20, totalPages: 1 });
    // A card that is gone keeps its views.
    await sql('DELETE FROM cards WHERE id = $1', [cardId]);
    expect((await page('')).data[0]).toMatchObject({ cardId, card: null, views: 2 });
  });

  test.each([
    'views?page=0',
    'views?page=-1',
    'views?page=1.5',
    'views?page=1001',
    'views?page=x',
    'views?cardId=1',
    'overview?days=7',
    'views.csv?days=',
  ])('%s is refused', async (path) => {
    const { token } = await createPerson();
    const response = await askAs(token, 'GET', `/api/analytics/${path}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'invalid-input',
      errors: [{ path: /\?(\w+)/.exec(path)?.[1] }],
    });
  });
});

test('the numbers as CSV', async () => {
  vi.setSystemTime(Date.UTC(2027, 0, 15, 12));
  const { username, token } = await createPerson();
  await look(`/api/public/${username}?source=qr`);
  await look(`/api/public/${username}?source=web`, { country: 'FR' });
  await reportWith(2, token);
  const response = await askAs(token, 'GET', '/api/analytics/views.csv?days=90');
  expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present');
  expect(response.headers.get('Content-Disposition')).toBe(
    'attachment; filename="devcard-views-90-days.csv"',
  );
  expect(await response.text()).toBe(
    [
      'date,facet,value,count',
      '2027-01-15,country,DE,1',
      '2027-01-15,country,FR,1',
      '2027-01-15,device,phone,2',
      '2027-01-15,kind,profile,2',
      '2027-01-15,source,qr,1',
      '2027-01-15,source,web,1',
      '2027-01-15,visitors,,1',
      '',
    ].join('\r\n'),
  );
});

test('no answer says whose card it shows', async () => {
  const { id, username } = await createPerson();
  const response = await look(`/api/public/${username}`);
  const text = JSON.stringify([...response.headers]) + (await response.text());
  expect(text).not.toContain(id);
});

test('a deleted user’s views are gone, also those that still wait', async () => {
  const { id, username, token } = await createPerson();
  await look(`/api/public/${username}`);
  await reportWith(1, token);
  await look(`/api/public/${username}`);
  await eventually(async () => expect(await redis('LLEN', 'views:log')).toBe(1));
  expect((await askAs(token, 'DELETE', '/api/profiles/me', { username })).status).toBe(204);
  await eventually(async () => expect(await redis('LLEN', 'views:log')).toBe(0));
  for (const table of ['view_counts', 'view_facets', 'view_visitors'])
    expect(await sql(`SELECT owner_id FROM ${table} WHERE owner_id = $1`, [id])).toEqual([]);
});
