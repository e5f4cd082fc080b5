/** Readers and writers at once, through the real Worker and the real engines: no old answer after an acknowledged change. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { seededRandom } from '../cache/seeded-random.ts';
import { createPerson, freshName } from '../harness/fixtures.ts';
import { startIsolate } from '../harness/isolate.ts';
import { neon, redis, startClean, upstash } from '../harness/worker.ts';

const SEED = Math.floor(Math.random() * 2 ** 31);

beforeEach(startClean);

afterEach(() => {
  vi.useRealTimers();
});

test('a reader that holds an old row while its owner changes it does not write it back', async () => {
  const { username, token } = await createPerson();
  const key = `profile:${username.toLowerCase()}`;
  const reader = startIsolate();
  const writer = startIsolate();

  const gate = await neon.gate({ at: 'answer', times: 1 });
  const reading = reader.ask(`/api/public/${username}`);
  await neon.held(gate);
  const changed = await writer.askAs(token, 'PUT', '/api/profiles/me', { bio: 'newer' });
  expect(changed.headers.get('X-Cache-Invalidation')).toBe('done');
  await upstash.reset();
  await neon.release(gate);
  expect(await (await reading).json()).toMatchObject({ bio: 'Notes' });
  await upstash.settled(1, 'Notes');

  expect(await redis('EXISTS', key)).toBe(0);
  expect(await redis('EXISTS', `outage:${username.toLowerCase()}`)).toBe(0);
  expect(await (await startIsolate().ask(`/api/public/${username}`)).json()).toMatchObject({
    bio: 'newer',
  });
});

test('a reader that saw nobody while a name was taken does not make it unknown again', async () => {
  const name = freshName();
  const { token } = await createPerson();
  const gate = await neon.gate({ at: 'answer', times: 1 });
  const reading = startIsolate().ask(`/api/public/${name}`);
  await neon.held(gate);
  expect((await startIsolate().askAs(token, 'PUT', '/api/profiles/me', { username: name })).status).toBe(200);
  await upstash.reset();
  await neon.release(gate);
  expect((await reading).status).toBe(404);
  await upstash.settled(1, 'unknown');
  expect((await startIsolate().ask(`/api/public/${name}`)).status).toBe(200);
});

test(`many clients of three isolates: every answer is as new as the last acknowledged change (seed ${SEED})`, async () => {
  const random = seededRandom(SEED);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const isolates = [1, 2, 3].map(() => startIsolate({ ISOLATE_TTL_MS: 0 }));
  const people = await Promise.all([1, 2, 3].map(() => createPerson()));
  const free = [freshName(), freshName()];
  const acknowledged = new Map(people.map(({ id }) => [id, 0]));
  const names = new Map(people.map(({ id, username }) => [id, username]));
  const faults: string[] = [];
  let changes = 0;

  const reader = async () => {
    for (let i = 0; i < 25; i += 1) {
      const { id } = pick(people);
      const atLeast = acknowledged.get(id) ?? 0;
      const asked = names.get(id) as string;
      const response = await pick(isolates).ask(`/api/public/${asked}`);
      if (response.status !== 200) continue; // moved or left meanwhile
      const { username, bio } = await response.json<{ username: string; bio: string }>();
      if (username.toLowerCase() !== asked.toLowerCase()) faults.push(`${asked} answered with ${username}`);
      if (Number(bio.replace('Notes', '0')) < atLeast && names.get(id) === asked) {
        faults.push(`${asked} answered ${bio}, acknowledged was ${atLeast}`);
      }
    }
  };
  const writer = async ({ id, token }: (typeof people)[number]) => {
    for (let i = 0; i < 12; i += 1) {
      changes += 1;
      const change = changes;
      const renames = random() < 0.25 && free.length > 0;
      const username = renames ? (free.pop() as string) : undefined;
      const body = { bio: String(change), ...(username && { username }) };
      const response = await pick(isolates).askAs(token, 'PUT', '/api/profiles/me', body);
      if (response.status !== 200) faults.push(`change ${change} answered ${response.status}`);
      if (username) names.set(id, username);
      acknowledged.set(id, change);
    }
  };
  await Promise.all([...people.map(writer), ...Array.from({ length: 12 }, reader)]);
  expect(faults).toEqual([]);
});
