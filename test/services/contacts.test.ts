/** How contacts are sealed, as far as it shows: without a secret, with another one, after a rotation, and out of place. */
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ContactPage } from '../../src/domain/contacts/contact.ts';
import { askAs, createPerson, passSeconds, stopClock } from '../harness/fixtures.ts';
import { startIsolate } from '../harness/isolate.ts';
import { sql, startClean } from '../harness/worker.ts';

type Isolate = ReturnType<typeof startIsolate>;

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A secret with keys of these names, of which the last seals. */
function secret(...names: string[]): { CONTACTS_KEYS: string } {
  const keys = names.map((name, nbf) => {
    // Each name has a key of its own, the same each time.
    const k = btoa(name.padEnd(32, '.')).replaceAll('=', '');
    return { kty: 'oct', alg: 'A256GCM', kid: name.slice(0, 4), nbf, k };
  });
  return { CONTACTS_KEYS: JSON.stringify({ keys }) };
}

async function createOpen() {
  const person = await createPerson();
  await askAs(person.token, 'PUT', '/api/profiles/me', { contactsOpen: true });
  return person;
}

async function leave({ ask }: Isolate, username: string, name: string): Promise<number> {
  // Contacts are in the order of their times.
  passSeconds(1);
  const headers = {
    'Content-Type': 'application/json',
    'Sec-Fetch-Site': 'same-origin',
    'Idempotency-Key': crypto.randomUUID(),
  };
  const body = JSON.stringify({ name, reach: 'bob@example.org' });
  return (await ask(`/u/${username}/contact`, { method: 'POST', headers, body })).status;
}

const namesOf = async ({ askAs }: Isolate, token: string) =>
  (await (await askAs(token, 'GET', '/api/contacts')).json<ContactPage>()).data.map(({ name }) => name);

test('without a secret there is no form, the editor says why, and what is there can only be deleted', async () => {
  const { username, token } = await createOpen();
  expect(await leave(startIsolate(secret('a')), username, 'Bob')).toBe(201);
  const off = startIsolate({ CONTACTS_KEYS: undefined });
  expect(await (await off.ask(`/u/${username}`)).text()).not.toContain('<form');
  expect(await leave(off, username, 'Bert')).toBe(403);
  for (const path of ['/me', '/me/contacts'])
    expect(await (await off.askAs(token, 'GET', path)).text()).toContain(
      'no key for contacts (CONTACTS_KEYS)',
    );
  expect(await namesOf(off, token)).toEqual([null]);
  expect(await (await off.askAs(token, 'GET', '/api/contacts/export.csv')).text()).not.toContain('Bob');
  expect((await off.askAs(token, 'GET', '/api/profiles/me/export')).status).toBe(200);
  expect((await off.askAs(token, 'DELETE', '/api/contacts')).status).toBe(204);
});

test('a wrong secret opens nothing, whether its key has the same name or another', async () => {
  const { username, token } = await createOpen();
  await leave(startIsolate(secret('a')), username, 'Bob');
  for (const wrong of [
    secret('b'),
    { CONTACTS_KEYS: secret('a').CONTACTS_KEYS.replace(/"k":"../, '"k":"zz') },
  ])
    expect(await namesOf(startIsolate(wrong), token)).toEqual([null]);
  expect(await namesOf(startIsolate(secret('a')), token)).toEqual(['Bob']);
});

test('after a rotation the cron trigger wraps data keys anew, and the old key is needed no longer', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const { username, token } = await createOpen();
  const other = await createOpen();
  const [before, both, after] = [secret('a'), secret('a', 'b'), secret('b')].map((one) =>
    startIsolate(one),
  ) as [Isolate, Isolate, Isolate];
  await leave(before, username, 'Old');
  await leave(before, other.username, 'Other');
  expect(await namesOf(after, token)).toEqual([null]);
  await leave(both, username, 'New');
  expect(await namesOf(both, token)).toEqual(['New', 'Old']);
  await both.tidy();
  const tidied = log.mock.calls
    .map(([line]) => JSON.parse(line))
    .find(({ event }) => event === 'contacts.tidied');
  expect(tidied).toEqual({ event: 'contacts.tidied', removed: 0, rewrapped: 2, lost: 0 });
  expect(await namesOf(after, token)).toEqual(['New', 'Old']);
  expect(await namesOf(after, other.token)).toEqual(['Other']);
  expect(await namesOf(before, token)).toEqual([null, null]);
});

test('a key that is lost is counted, and holds up nobody', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const { username, token } = await createOpen();
  await leave(startIsolate(secret('a')), username, 'Lost');
  const later = startIsolate(secret('b'));
  await leave(later, username, 'New');
  await later.tidy();
  const tidied = log.mock.calls
    .map(([line]) => JSON.parse(line))
    .find(({ event }) => event === 'contacts.tidied');
  expect(tidied).toMatchObject({ rewrapped: 0, lost: 1 });
  expect(await namesOf(later, token)).toEqual(['New', null]);
});

test('what is sealed opens in its row and for its owner alone', async () => {
  const [ada, eve] = [await createOpen(), await createOpen()];
  const isolate = startIsolate(secret('a'));
  await leave(isolate, ada.username, 'Bob');
  await leave(isolate, ada.username, 'Bert');
  await sql(
    `UPDATE contacts c SET sealed = d.sealed FROM contacts d WHERE c.owner_id = d.owner_id AND c.id <> d.id`,
  );
  expect(await namesOf(isolate, ada.token)).toEqual([null, null]);
  await leave(isolate, ada.username, 'Cy');
  await leave(isolate, eve.username, 'Eve');
  await sql('UPDATE contacts SET owner_id = $1 WHERE owner_id = $2', [eve.id, ada.id]);
  await sql(
    `UPDATE contact_keys k SET wrapped = a.wrapped FROM contact_keys a WHERE k.owner_id = $1 AND a.owner_id = $2`,
    [eve.id, ada.id],
  );
  expect(new Set(await namesOf(isolate, eve.token))).toEqual(new Set([null]));
});

test('isolates that meet an owner first at the same time use one data key', async () => {
  const { username, token } = await createOpen();
  const isolates = [startIsolate(), startIsolate(), startIsolate()];
  const statuses = await Promise.all(isolates.map((isolate, i) => leave(isolate, username, `Bob ${i}`)));
  expect(statuses).toEqual([201, 201, 201]);
  expect(await sql('SELECT * FROM contact_keys')).toHaveLength(1);
  expect((await namesOf(startIsolate(), token)).toSorted()).toEqual(['Bob 0', 'Bob 1', 'Bob 2']);
  expect(env.CONTACTS_KEYS).toContain('A256GCM');
});
