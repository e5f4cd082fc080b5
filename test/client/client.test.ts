/** The typed client: an owner’s day with it, and what the compiler keeps its users from. */
import { beforeEach, expect, test } from 'vitest';
import { type Client, createClient, DevCardError, type OperationName } from '../../client/devcard.ts';
import { adasToken } from '../harness/ada.ts';
import { startLocal } from '../harness/browser.ts';
import { seedDemo, startClean } from '../harness/worker.ts';

let ada: Client;
let anybody: Client;

beforeEach(async () => {
  await startClean();
  await seedDemo();
  const fetch = startLocal().ask;
  ada = createClient({ token: await adasToken(), fetch });
  anybody = createClient({ fetch });
});

test('a link is added, put first, and shown on a card to everybody', async () => {
  const { data: link } = await ada('POST /api/profiles/me/links', {
    body: { platform: 'npm', username: 'ada' },
  });
  const { data: me } = await ada('GET /api/profiles/me');
  const order = [link, ...me.platformLinks.filter(({ id }) => id !== link.id)];
  const { data: reordered } = await ada('PUT /api/profiles/me/links/reorder', {
    body: { links: order.map(({ id }, displayOrder) => ({ id, displayOrder })) },
  });
  expect(reordered).toEqual({ message: 'Links reordered' });

  const { data: card } = await ada('POST /api/cards', { body: { title: 'Code', linkIds: [link.id] } });
  expect(card.visibility).toBe('PUBLIC');

  const { data: profile, headers } = await anybody('GET /api/public/{username}', {
    path: { username: 'ada' },
  });
  expect(profile.links.map(({ platform }) => platform)).toEqual(['npm', 'github', 'stackoverflow', 'email']);
  expect(headers.get('ETag')).toMatch(/^"/);
  const { data: shown } = await anybody('GET /api/public/card/{cardId}', { path: { cardId: card.id } });
  expect(shown).toMatchObject({ title: 'Code', links: [{ id: link.id }] });

  const path = { id: card.id };
  expect((await ada('DELETE /api/cards/{id}', { path })).data).toBeUndefined();
  expect(await codeOf(anybody('GET /api/public/card/{cardId}', { path: { cardId: card.id } }))).toBe(
    'card-not-found',
  );
});

test('texts and pictures', async () => {
  const path = { username: 'ada' };
  const { data: vcard } = await anybody('GET /api/public/{username}/vcard', { path });
  expect(vcard).toMatch(/^BEGIN:VCARD/);
  const { data: picture } = await anybody('GET /api/public/{username}/qr', { path, query: { size: '200' } });
  expect([picture.type, picture.size > 100]).toEqual(['image/png', true]);
});

test('a change that builds on an old state, and other failures, have a code', async () => {
  const { headers } = await ada('GET /api/profiles/me');
  const condition = { headers: { 'If-Match': headers.get('ETag') ?? '' } };
  await ada('PUT /api/profiles/me', { body: { role: 'Programmer' }, ...condition });
  expect(await codeOf(ada('PUT /api/profiles/me', { body: { role: 'Poet' }, ...condition }))).toBe(
    'changed-meanwhile',
  );
  expect(await codeOf(anybody('GET /api/profiles/me'))).toBe('unauthorized');
  const strange = createClient({ fetch: async () => new Response('<h1>Bad gateway</h1>', { status: 502 }) });
  const error = await strange('GET /healthz').catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: 'DevCardError', status: 502, problem: undefined });
});

test('what is known already is a status, and what is no JSON is no answer', async () => {
  const path = { username: 'ada' };
  const { headers } = await anybody('GET /api/public/{username}', { path });
  const condition = { headers: { 'If-None-Match': headers.get('ETag') ?? '' } };
  const known = anybody('GET /api/public/{username}', { path, ...condition });
  expect(await known.catch((error: unknown) => error)).toMatchObject({ name: 'DevCardError', status: 304 });
  const type = { 'Content-Type': 'application/json' };
  const broken = createClient({ fetch: async () => new Response('{"status":', { headers: type }) });
  expect(await broken('GET /healthz').catch((error: unknown) => error)).toMatchObject({
    name: 'DevCardError',
    status: 200,
  });
});

test('what is undefined in a query is left out', async () => {
  const asked: string[] = [];
  const client = createClient({
    fetch: async (url) => {
      asked.push(url);
      return new Response('{}', { headers: { 'Content-Type': 'application/json' } });
    },
  });
  // As from a caller whose compiler lets undefined stand for absent.
  const query = { size: undefined } as unknown as { size: string };
  await client('GET /api/public/{username}/qr', { path: { username: 'ada' }, query });
  expect(asked).toEqual(['/api/public/ada/qr']);
});

test('nothing in a path leads elsewhere', async () => {
  const path = { username: '../profiles/me' };
  expect(await codeOf(ada('GET /api/public/{username}', { path }))).toBe('invalid-username');
});

test('the compiler knows what goes in and what comes out', () => {
  // Never called: these lines are for the compiler, which complains of a directive that is not needed.
  const wrong = async (client: Client) => {
    // @ts-expect-error there is no such operation
    await client('GET /api/public');
    // @ts-expect-error the path has a parameter
    await client('GET /api/public/{username}');
    // @ts-expect-error days are 30 or 90
    await client('GET /api/analytics/overview', { query: { days: '7' } });
    // @ts-expect-error a card has a title
    await client('POST /api/cards', { body: { linkIds: [] } });
    // @ts-expect-error there is no such field
    await client('PUT /api/profiles/me', { body: { name: 'Ada' } });
    const { data } = await client('GET /api/profiles/me');
    // @ts-expect-error a biography may be null
    data.bio.length;
  };
  const pages: OperationName[] = [
    // @ts-expect-error pages are not for programs
    'GET /u/{username}',
  ];
  expect([typeof wrong, pages.length]).toEqual(['function', 1]);
});

async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  const error = await call.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(DevCardError);
  return (error as DevCardError).problem?.code;
}
