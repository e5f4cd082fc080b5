/** The card routes of the existing API: a link onto a card, sharing, its code, its views; and cards without a code. */
import { beforeEach, describe, expect, test } from 'vitest';
import { ask, askAs, createPerson, submitAs } from '../../harness/fixtures.ts';
import { sql, startClean } from '../../harness/worker.ts';

interface Card {
  id: string;
  qrEnabled: boolean;
  links: { id: string }[];
}

beforeEach(startClean);

async function createOwner() {
  const person = await createPerson();
  const { platformLinks } = await (await askAs(person.token, 'GET', '/api/profiles/me')).json<{
    platformLinks: { id: string }[];
  }>();
  return { ...person, linkIds: platformLinks.map(({ id }) => id) as [string, string] };
}

async function addCard(token: string, more: object = {}): Promise<Card> {
  const answer = await askAs(token, 'POST', '/api/cards', { title: 'Talk', linkIds: [], ...more });
  expect(answer.status).toBe(201);
  return answer.json<Card>();
}

const codeOf = async (answer: Response) => [answer.status, (await answer.json<{ code: string }>()).code];

describe('platform-link', () => {
  test('puts a link last on a card, once', async () => {
    const { token, linkIds } = await createOwner();
    const card = await addCard(token, { linkIds: [linkIds[1]] });
    const put = (platformLinkId: unknown) =>
      askAs(token, 'PUT', `/api/cards/${card.id}/platform-link`, { platformLinkId });
    const answer = await put(linkIds[0]);
    expect([answer.status, await answer.json()]).toEqual([200, { message: 'Link added to the card' }]);
    const [after] = await (await askAs(token, 'GET', '/api/cards')).json<Card[]>();
    expect(after?.links.map(({ id }) => id)).toEqual([linkIds[1], linkIds[0]]);
    expect(await codeOf(await put(linkIds[0]))).toEqual([409, 'link-on-card']);
    expect(await codeOf(await put(crypto.randomUUID()))).toEqual([403, 'forbidden']);
    expect(await codeOf(await put('x'))).toEqual([400, 'invalid-input']);
  });
});

describe('sharing', () => {
  test('leads everybody to the card, through the API and as a page', async () => {
    const { token, username, linkIds } = await createOwner();
    const card = await addCard(token, { linkIds, description: 'Turin', visibility: 'UNLISTED' });
    const answer = await askAs(token, 'POST', `/api/cards/${card.id}/share`);
    const { shareUrl } = await answer.json<{ shareUrl: string }>();
    expect([answer.status, shareUrl]).toEqual([200, expect.stringMatching(/^\/cards\/share\/[a-z0-9-]+$/)]);
    const again = await askAs(token, 'POST', `/api/cards/${card.id}/share`);
    expect(await again.json()).toEqual({ shareUrl });

    const shared = await ask(`/api${shareUrl}`);
    expect([shared.status, shared.headers.get('Cache-Control')]).toEqual([
      200,
      'public, max-age=300, stale-while-revalidate=60',
    ]);
    expect(await shared.json()).toMatchObject({
      id: card.id,
      title: 'Talk',
      description: 'Turin',
      slug: shareUrl.replace('/cards/share/', ''),
      visibility: 'UNLISTED',
      qrEnabled: true,
      owner: { username },
      cardLinks: linkIds.map((id, displayOrder) => ({
        platformLinkId: id,
        displayOrder,
        platformLink: { id },
      })),
    });
    const page = await ask(`${shareUrl}?x=1`, { redirect: 'manual' });
    expect([page.status, page.headers.get('Location')]).toEqual([302, `/u/${username}/card/${card.id}?x=1`]);
  });

  test('a slug that came from the existing DevCard lives on; a private card is nobody’s to see', async () => {
    const { token } = await createOwner();
    const card = await addCard(token);
    await sql(`UPDATE cards SET slug = 'hack-tell-y3j9' WHERE id = $1`, [card.id]);
    expect((await ask('/api/cards/share/hack-tell-y3j9')).status).toBe(200);
    expect((await ask(`/api/cards/share/${card.id}`)).status).toBe(200);
    await askAs(token, 'PUT', `/api/cards/${card.id}`, { visibility: 'PRIVATE' });
    for (const key of ['hack-tell-y3j9', card.id, 'nothing-here', 'Ä', '%00']) {
      expect(await codeOf(await ask(`/api/cards/share/${key}`))).toEqual([404, 'card-not-found']);
      expect((await ask(`/cards/share/${key}`, { redirect: 'manual' })).status).toBe(404);
    }
    expect(await codeOf(await askAs(token, 'POST', `/api/cards/${card.id}/share`))).toEqual([
      403,
      'forbidden',
    ]);
    expect(await codeOf(await askAs(token, 'GET', `/api/cards/${card.id}/qr`))).toEqual([403, 'forbidden']);
  });
});

describe('the code of a card', () => {
  test('is a picture of its address', async () => {
    const { token } = await createOwner();
    const card = await addCard(token);
    const png = await askAs(token, 'GET', `/api/cards/${card.id}/qr`);
    expect([png.status, png.headers.get('Content-Type'), png.headers.get('Cache-Control')]).toEqual([
      200,
      'image/png',
      'no-store',
    ]);
    const svg = await askAs(token, 'GET', `/api/cards/${card.id}/qr?format=svg&size=300`);
    expect(await svg.text()).toContain('<svg');
    expect((await askAs(token, 'GET', `/api/cards/${crypto.randomUUID()}/qr`)).status).toBe(404);
  });

  test('is not there where the card has none: not through the API, not in the editor', async () => {
    const { token } = await createOwner();
    const card = await addCard(token, { qrEnabled: false });
    expect(card.qrEnabled).toBe(false);
    const statuses = async () => [
      (await askAs(token, 'GET', `/api/cards/${card.id}/qr`)).status,
      (await askAs(token, 'GET', `/me/code?card=${card.id}`)).status,
    ];
    expect(await statuses()).toEqual([404, 404]);
    const without = await (await askAs(token, 'GET', '/me')).text();
    expect(without).not.toContain(`/me/code?card=${card.id}`);
    const change = await askAs(token, 'PUT', `/api/cards/${card.id}`, { qrEnabled: true });
    expect(await change.json()).toMatchObject({ qrEnabled: true });
    expect(await statuses()).toEqual([200, 200]);
    expect((await askAs(token, 'PUT', `/api/cards/${card.id}`, { qrEnabled: 'yes' })).status).toBe(400);
  });

  test('stays away when the card is saved by a form, exported and imported', async () => {
    const { id, token } = await createOwner();
    const card = await addCard(token, { qrEnabled: false });
    const [row] = await sql('SELECT version FROM users WHERE id = $1', [id]);
    await submitAs(token, `/me/cards/${card.id}`, { version: `${row?.version}-${id}`, title: 'Other' });
    const [saved] = await (await askAs(token, 'GET', '/api/cards')).json<object[]>();
    expect(saved).toMatchObject({ title: 'Other', qrEnabled: false });
    const exported = await (await askAs(token, 'GET', '/api/profiles/me/export')).json<{ cards: object[] }>();
    expect(exported.cards).toMatchObject([{ title: 'Other', qrEnabled: false }]);
    const other = await createOwner();
    const { format, version, profile, links, cards } = exported as never as Record<string, object>;
    const { username: _, avatarUrl: __, ...fields } = profile as Record<string, unknown>;
    const body = { format, version, profile: fields, links, cards };
    expect((await askAs(other.token, 'POST', '/api/profiles/me/import', body)).status).toBe(200);
    const [copy] = await (await askAs(other.token, 'GET', '/api/cards')).json<object[]>();
    expect(copy).toMatchObject({ title: 'Other', qrEnabled: false });
  });
});

test('the views of a card: how many, and by day and source', async () => {
  const { id, token } = await createOwner();
  const card = await addCard(token);
  await sql(
    `INSERT INTO view_counts (owner_id, day, kind, card_id, source, views, latest) VALUES
      ($1, '2026-01-02', 'card', $2, 'qr', 3, '2026-01-02 10:00Z'), ($1, '2026-01-03', 'card', $2, 'link', 4, '2026-01-03 09:00Z'),
      ($1, '2026-01-03', 'profile', NULL, 'link', 5, '2026-01-03 09:00Z')`,
    [id, card.id],
  );
  const answer = await askAs(token, 'GET', `/api/cards/${card.id}/analytics`);
  expect(await answer.json()).toMatchObject({
    id: card.id,
    title: 'Talk',
    viewCount: 7,
    views: [
      {
        source: 'link',
        views: 4,
        createdAt: '2026-01-03T09:00:00.000Z',
        viewer: null,
        card: { title: 'Talk' },
      },
      { source: 'qr', views: 3 },
    ],
  });
});
