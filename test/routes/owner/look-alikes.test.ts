/** Names that look like another's: who can take them, who keeps them, and two who want them at once. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { skeleton } from '../../../src/domain/look-alikes.ts';
import { Browser, startLocal } from '../../harness/browser.ts';
import { askAs, atOnce, createPerson, freshName, stopClock } from '../../harness/fixtures.ts';
import { startIsolate } from '../../harness/isolate.ts';
import { sql, startClean } from '../../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

async function rename(token: string, username: string) {
  const response = await askAs(token, 'PUT', '/api/profiles/me', { username });
  const { code } = await response.json<{ code?: string }>();
  return code ?? response.status;
}

test('Postgres makes the same skeletons', async () => {
  const names = fc.sample(fc.stringMatching(/^[a-z0-9_-]{3,50}$/), 300);
  names.push('rnorgan', 'vvv-v', 'r_n', '-_-', '10il5');
  const rows = await sql<{ key: string; skeleton: string }>(
    `SELECT key, replace(replace(translate(key, 'i105-_', 'llos'), 'rn', 'm'), 'vv', 'w') AS skeleton
     FROM json_array_elements_text($1::json) AS key`,
    [JSON.stringify(names)],
  );
  for (const row of rows) expect(row.skeleton).toBe(skeleton(row.key));
  const [index] = await sql<{ indexdef: string }>(
    "SELECT indexdef FROM pg_indexes WHERE indexname = 'usernames_skeleton'",
  );
  expect(index?.indexdef).toMatch(/'i105-_'.*'llos'.*'rn'.*'m'.*'vv'.*'w'/);
});

test.each(['aIice', 'a1ice', 'a-lice', 'ALlCE', 'al_ice-'])('beside alice, %s is taken', async (name) => {
  await createPerson('alice');
  const { token } = await createPerson();
  expect(await rename(token, name)).toBe('username-taken');
});

test('a name that looks like one that redirects is taken, too, and free when that is', async () => {
  const { token: alice } = await createPerson('alice');
  expect(await rename(alice, 'carol')).toBe(200);
  const { token } = await createPerson();
  expect(await rename(token, 'aIice')).toBe('username-taken');
  await sql("UPDATE usernames SET held_until = now() - interval '1 hour' WHERE key = 'alice'");
  expect(await rename(token, 'aIice')).toBe(200);
});

test('an owner changes case and hyphens of the own name, and goes back', async () => {
  const { token } = await createPerson('ada-lovelace');
  for (const name of ['Ada-Lovelace', 'AdaLovelace', 'ada_lovelace', 'ada-lovelace'])
    expect([name, await rename(token, name)]).toEqual([name, 200]);
});

test('who has a name that looks like another from before keeps it, and may write it otherwise', async () => {
  await createPerson('alice');
  const { token } = await createPerson('aIice');
  expect(await rename(token, 'aIice')).toBe(200);
  expect(await rename(token, 'aIICE')).toBe(200);
  expect((await askAs(token, 'PUT', '/api/profiles/me', { bio: 'still here' })).status).toBe(200);
});

test('who has a name that is reserved by now keeps it, and may write it otherwise, and nobody else takes one', async () => {
  const { token } = await createPerson('devcard-fan');
  expect(await rename(token, 'devcard-fan')).toBe(200);
  expect(await rename(token, 'DevCard_Fan')).toBe(200);
  const answer = await askAs(token, 'PUT', '/api/profiles/me', { username: 'devcard-support' });
  expect([answer.status, await answer.json()]).toMatchObject([
    400,
    {
      code: 'invalid-input',
      errors: [{ path: 'username', message: 'This username is reserved. Choose another one.' }],
    },
  ]);
  expect(await rename(token, freshName())).toBe(200);
  expect(await rename(token, 'devcard-fan')).toBe(200);
});

test('two who look alike at once: one gets it', async () => {
  const two = [await createPerson(), await createPerson()];
  const isolates = [startIsolate(), startIsolate()];
  const answers = await atOnce(
    'UPDATE users',
    two.map(
      ({ token }, i) =>
        () =>
          (isolates[i] as (typeof isolates)[0]).askAs(token, 'PUT', '/api/profiles/me', {
            username: ['w1lma', 'vvilma'][i],
          }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('a newcomer whose login looks like another’s name, or reads as the service’s, chooses one', async () => {
  await createPerson('alice');
  const local = startLocal();
  for (const login of ['aIice', 'devcard-support']) {
    const browser = new Browser(local);
    expect((await browser.signInAs(login)).headers.get('Location')).toBe('/auth/username');
    expect((await browser.post('/auth/username', { username: 'a1ice' })).status).toBe(409);
    expect((await browser.post('/auth/username', { username: '0fficial' })).status).toBe(400);
    expect((await browser.post('/auth/username', { username: freshName() })).status).toBe(303);
  }
});
