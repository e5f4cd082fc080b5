/** `/me/carry` and `GET /api/nfc/payload`: what is offered, what a tag says, and where the tags of an existing DevCard lead. */
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { ask, askAs, createPerson } from '../../harness/fixtures.ts';
import { sql, startClean } from '../../harness/worker.ts';

beforeEach(startClean);

async function createCard(owner: string): Promise<string> {
  const id = crypto.randomUUID();
  await sql('INSERT INTO cards (id, user_id, title) VALUES ($1, $2, $3)', [id, owner, 'Talk']);
  return id;
}

describe('what a tag says', () => {
  test('is the address of the profile, in the JSON of the existing DevCard', async () => {
    const { username, token } = await createPerson();
    const response = await askAs(token, 'GET', '/api/nfc/payload');
    expect([response.status, await response.json()]).toEqual([
      200,
      { type: 'URI', payload: `${env.PUBLIC_ORIGIN}/u/${username}?source=nfc` },
    ]);
  });

  test('is the address of an own card, and of no other', async () => {
    const { id, username, token } = await createPerson();
    const card = await createCard(id);
    expect(await (await askAs(token, 'GET', `/api/nfc/payload?card=${card.toUpperCase()}`)).json()).toEqual({
      type: 'URI',
      payload: `${env.PUBLIC_ORIGIN}/u/${username}/card/${card}?source=nfc`,
    });
    const other = await createPerson();
    const refused = await askAs(other.token, 'GET', `/api/nfc/payload?card=${card}`);
    expect([refused.status, await refused.json()]).toMatchObject([404, { code: 'card-not-found' }]);
    expect((await askAs(token, 'GET', '/api/nfc/payload?card=x')).status).toBe(400);
  });
});

test('tags of an existing DevCard lead to the card and to the profile', async () => {
  const { id, username } = await createPerson();
  const card = await createCard(id);
  const headers = { Accept: 'text/html' };
  const whole = await ask(`/${username}`, { headers, redirect: 'manual' });
  expect([whole.status, whole.headers.get('Location')]).toEqual([301, `/u/${username}`]);
  const one = await ask(`/${username}?card=${card}`, { headers, redirect: 'manual' });
  expect([one.status, one.headers.get('Location')]).toEqual([301, `/u/${username}/card/${card}`]);
});

test('the page has the text for a tag and the signature, and no wallet without credentials', async () => {
  const { username, token } = await createPerson();
  const response = await askAs(token, 'GET', '/me/carry');
  expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
  const html = await response.text();
  expect(html).toContain(`data-nfc="${env.PUBLIC_ORIGIN}/u/${username}?source=nfc"`);
  expect(html).toContain(`<bdi class="url">${env.PUBLIC_ORIGIN}/u/${username}?source=nfc</bdi>`);
  expect(html).toContain('<table role="presentation"');
  expect(html).toContain('&lt;table role=&quot;presentation&quot;');
  expect(html).not.toContain('Wallet');
});
