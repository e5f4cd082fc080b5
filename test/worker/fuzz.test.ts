/** Any body and any header: an owner's routes answer what the contract says, and never with an error of ours. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sql, startClean } from '../harness/worker.ts';
import { ask, createPerson } from './fixtures.ts';

const RUNS = 60;

/** Fixed, so that a failure repeats. */
const SEED = 20261123;

const id = fc.oneof(fc.uuid(), fc.constantFrom('x', '', "'; DROP TABLE users; --", '\u0000', '🦊'));
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.constantFrom('\ud800', '\u0000', '{}', '\\', "'", '"', 'https://example.org/\u202e', 'x'.repeat(2_100)),
);
const anything = fc.oneof(fc.jsonValue(), text, fc.constant(null), fc.integer(), fc.double());
const mostly = <T>(good: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: good }, { weight: 1, arbitrary: anything });

const platform = fc.constantFrom('github', 'email', 'custom', 'portfolio', 'mastodon', 'discord', 'nowhere');
const address = fc.oneof(fc.webUrl(), text, fc.constantFrom('javascript:alert(1)', 'mailto:a@b.example'));
const link = fc.record(
  {
    platform: mostly(platform),
    username: mostly(fc.oneof(text, fc.stringMatching(/^[a-z]{3,12}$/), address)),
    url: mostly(address),
  },
  { requiredKeys: [] },
);
const visibility = fc.constantFrom('PUBLIC', 'UNLISTED', 'PRIVATE');
const ids = fc.array(id, { maxLength: 60 });
const card = fc.record(
  { title: mostly(text), linkIds: mostly(ids), description: mostly(text), visibility: mostly(visibility) },
  { requiredKeys: [] },
);
const profile = fc.record(
  {
    displayName: mostly(text),
    username: mostly(text),
    bio: mostly(text),
    pronouns: mostly(text),
    role: mostly(text),
    company: mostly(text),
    accentColor: mostly(fc.constant('#aabbcc')),
  },
  { requiredKeys: [] },
);
const order = fc.record({
  links: mostly(fc.array(fc.record({ id, displayOrder: mostly(fc.integer()) }), { maxLength: 60 })),
});
const imported = fc.record(
  {
    format: fc.constant('devcard-export'),
    version: fc.constant(1),
    profile: mostly(
      fc.record({
        displayName: fc.constant('Ada'),
        bio: mostly(text),
        pronouns: mostly(text),
        role: fc.constant(null),
        company: fc.constant(null),
        accentColor: fc.constant('#aabbcc'),
      }),
    ),
    links: mostly(
      fc.array(
        fc.record({
          id: fc.uuid(),
          platform,
          username: fc.stringMatching(/^[a-z]{3,12}$/),
          url: mostly(address),
        }),
        { maxLength: 5 },
      ),
    ),
    cards: mostly(
      fc.array(
        fc.record({
          id: fc.uuid(),
          title: text,
          linkIds: ids,
          isDefault: fc.boolean(),
          visibility: mostly(visibility),
        }),
        { maxLength: 3 },
      ),
    ),
  },
  { requiredKeys: ['format', 'version'] },
);
const removal = fc.record({ username: mostly(text) });

let person: Awaited<ReturnType<typeof createPerson>>;
let cardId: string;
let linkId: string;

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await startClean();
  person = await createPerson();
  const [card] = await sql<{ id: string }>(
    `INSERT INTO cards (user_id, title) VALUES ($1, 'Work') RETURNING id`,
    [person.id],
  );
  const [link] = await sql<{ id: string }>('SELECT id FROM platform_links LIMIT 1');
  cardId = card?.id as string;
  linkId = link?.id as string;
});

afterAll(() => {
  vi.restoreAllMocks();
});

const ME = '/api/profiles/me';

test.each<[string, string, () => string, fc.Arbitrary<unknown>]>([
  ['PUT', ME, () => ME, profile],
  ['POST', `${ME}/links`, () => `${ME}/links`, link],
  ['PUT', `${ME}/links/:id`, () => `${ME}/links/${linkId}`, link],
  ['PUT', `${ME}/links/reorder`, () => `${ME}/links/reorder`, order],
  ['POST', '/api/cards', () => '/api/cards', card],
  ['PUT', '/api/cards/:id', () => `/api/cards/${cardId}`, card],
  ['POST', `${ME}/import`, () => `${ME}/import`, imported],
  ['DELETE', ME, () => ME, removal],
])('%s %s', async (method, _, path, body) => {
  const ifMatch = fc.option(
    fc.oneof(fc.constantFrom('*', '"1"', 'W/"1"', '"1", "2"'), fc.stringMatching(/^[!-~ ]{1,40}$/)),
  );
  await fc.assert(
    fc.asyncProperty(mostly(body), ifMatch, async (value, condition) => {
      const response = await ask(path(), {
        method,
        headers: {
          Authorization: `Bearer ${person.token}`,
          'Content-Type': 'application/json',
          ...(condition !== null && { 'If-Match': condition }),
        },
        body: JSON.stringify(value),
      });
      expect([200, 201, 400, 403, 404, 409, 412, 413]).toContain(response.status);
      if (!response.ok) {
        expect(response.headers.get('Content-Type')).toBe('application/problem+json');
        const { error, status } = await response.json<{ error: string; status: number }>();
        expect([typeof error, status]).toEqual(['string', response.status]);
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect((await ask(ME, { headers: { Authorization: `Bearer ${person.token}` } })).status).toBe(200);
});

test('any path in place of an id', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(id, text),
      fc.constantFrom(`${ME}/links`, '/api/cards', '/api/public/card'),
      async (raw, base) => {
        const segment = encodeURIComponent(raw.toWellFormed());
        const response = await ask(`${base}/${segment}`, {
          method: base.startsWith('/api/public') ? 'GET' : 'DELETE',
          headers: { Authorization: `Bearer ${person.token}` },
        });
        expect([404, 405]).toContain(response.status);
      },
    ),
    { numRuns: RUNS, seed: SEED },
  );
});
