/** Saved cards, as the existing API has them, with a note and the signed code. */
import { beforeEach, expect, test } from 'vitest';
import { askAs, createPerson } from '../../harness/fixtures.ts';
import { sql, startClean } from '../../harness/worker.ts';

beforeEach(startClean);

async function addCard(userId: string, title: string, visibility = 'PUBLIC'): Promise<string> {
  const [card] = await sql<{ id: string }>(
    'INSERT INTO cards (user_id, title, visibility) VALUES ($1, $2, $3::card_visibility) RETURNING id',
    [userId, title, visibility],
  );
  await sql(
    `INSERT INTO card_links (card_id, platform_link_id) SELECT $1, id FROM platform_links WHERE user_id = $2 AND platform = 'npm'`,
    [card?.id, userId],
  );
  return card?.id as string;
}

const statusOf = async (token: string, method: string, cardId: string, body?: unknown) =>
  (await askAs(token, method, `/api/cards/${cardId}/save`, body)).status;

const savedOf = async (token: string, query = '') =>
  (await askAs(token, 'GET', `/api/cards/saved${query}`)).json<{ cardId: string; note: string | null }[]>();

test('a card is saved once, noted on, listed as in the existing API, and forgotten', async () => {
  const [ada, bob] = [await createPerson(), await createPerson()];
  const cardId = await addCard(ada.id, 'Talk');
  expect(await statusOf(bob.token, 'POST', cardId)).toBe(201);
  expect(await statusOf(bob.token, 'POST', cardId)).toBe(409);
  expect(await statusOf(bob.token, 'POST', cardId, { note: 'Slides', snapshot: 'a.b-c.d_e' })).toBe(201);
  expect(await statusOf(bob.token, 'POST', cardId, { snapshot: 'f.g.h' })).toBe(201);
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const id = expect.any(String);
  expect(await savedOf(bob.token)).toEqual([
    {
      id,
      userId: bob.id,
      cardId,
      savedAt: time,
      note: 'Slides',
      snapshot: 'f.g.h',
      card: {
        id: cardId,
        userId: ada.id,
        title: 'Talk',
        description: null,
        slug: cardId,
        visibility: 'PUBLIC',
        qrEnabled: true,
        viewCount: 0,
        isDefault: false,
        createdAt: time,
        updatedAt: time,
        cardLinks: [
          {
            id,
            cardId,
            platformLinkId: id,
            displayOrder: 0,
            platformLink: {
              id,
              userId: ada.id,
              platform: 'npm',
              username: 'ada',
              url: 'https://www.npmjs.com/~ada',
              displayOrder: 0,
              createdAt: time,
            },
          },
        ],
      },
    },
  ]);
  const exported = await (await askAs(bob.token, 'GET', '/api/profiles/me/export')).json<{
    savedCards: object[];
  }>();
  expect(exported.savedCards).toEqual([{ cardId, savedAt: time, note: 'Slides', snapshot: 'f.g.h' }]);
  expect([await statusOf(bob.token, 'DELETE', cardId), await statusOf(bob.token, 'DELETE', cardId)]).toEqual([
    204, 404,
  ]);
  expect(await savedOf(bob.token)).toEqual([]);
});

test('a private card is its owner’s alone, also once it was saved', async () => {
  const [ada, bob] = [await createPerson(), await createPerson()];
  const cardId = await addCard(ada.id, 'Secret', 'PRIVATE');
  expect([await statusOf(bob.token, 'POST', cardId), await statusOf(ada.token, 'POST', cardId)]).toEqual([
    404, 201,
  ]);
  for (const unknown of ['x', crypto.randomUUID()])
    expect(await statusOf(bob.token, 'POST', unknown)).toBe(404);
  await sql(`UPDATE cards SET visibility = 'UNLISTED' WHERE id = $1`, [cardId]);
  expect(await statusOf(bob.token, 'POST', cardId)).toBe(201);
  await sql(`UPDATE cards SET visibility = 'PRIVATE' WHERE id = $1`, [cardId]);
  expect([(await savedOf(bob.token)).length, (await savedOf(ada.token)).length]).toEqual([0, 1]);
});

test('pages, and the most that there may be', async () => {
  const [ada, bob] = [await createPerson(), await createPerson()];
  const ids = [await addCard(ada.id, 'a'), await addCard(ada.id, 'b'), await addCard(ada.id, 'c')];
  for (const id of ids) await statusOf(bob.token, 'POST', id);
  const pageOf = async (page: number) =>
    (await savedOf(bob.token, `?limit=2&page=${page}`)).map(({ cardId }) => cardId);
  expect([await pageOf(1), await pageOf(2), await pageOf(3)]).toEqual([[ids[2], ids[1]], [ids[0]], []]);
  expect((await askAs(bob.token, 'GET', '/api/cards/saved?page=0')).status).toBe(400);
  await sql(
    `WITH more AS (INSERT INTO cards (user_id, title) SELECT $1, 'x' FROM generate_series(1, 497) RETURNING id)
     INSERT INTO saved_cards (owner_id, card_id) SELECT $2, id FROM more`,
    [ada.id, bob.id],
  );
  expect(await statusOf(bob.token, 'POST', await addCard(ada.id, 'd'))).toBe(409);
  expect(await statusOf(bob.token, 'POST', ids[0] as string, { note: 'still' })).toBe(201);
  await sql('DELETE FROM users WHERE id = $1', [ada.id]);
  expect(await savedOf(bob.token)).toEqual([]);
});
