/** Every statement of the product can be answered from indexes: a lost one fails here, before anybody's tables have grown. */
import { env } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { OPERATIONS } from '../../../api/operations.ts';
import { APART, type Ask, walk } from '../../../api/walk.ts';
import { type Explained, fullScans } from '../../../bench/growth-plans.ts';
import { cacheKeys } from '../../../src/cache/cache-keys.ts';
import { encodeEntry } from '../../../src/domain/views/view-log.ts';
import { LOCAL_ORIGIN, startLocal } from '../../harness/browser.ts';
import { createPerson, ownerToken } from '../../harness/fixtures.ts';
import type { Statement } from '../../harness/wire-protocol.ts';
import { neon, redis, sql, startClean } from '../../harness/worker.ts';

/**
 * Tables of tests are so small that reading them whole is the better plan. Ruled out, it is chosen only where there is
 * no other: where no index serves.
 */
const WHEREVER_AN_INDEX_SERVES = ['seqscan', 'hashjoin', 'mergejoin'].map(
  (way) => `SET LOCAL enable_${way} = off`,
);

/** Explains a statement with its own parameters, and does not run it. */
async function explain({ query, params }: Statement): Promise<Explained> {
  const queries = [...WHEREVER_AN_INDEX_SERVES, `EXPLAIN (FORMAT JSON) ${query}`];
  const response = await fetch(env.TEST_NEON_ENDPOINT, {
    method: 'POST',
    headers: { 'neon-connection-string': env.DATABASE_URL, 'neon-array-mode': 'true' },
    body: JSON.stringify({
      queries: queries.map((query, i) => ({ query, params: i === queries.length - 1 ? params : [] })),
    }),
  });
  const { results, message } = await response.json<{
    results: { rows: [Explained][] }[];
    message?: string;
  }>();
  if (!results) throw new Error(`${message}: ${query}`);
  return (results.at(-1) as { rows: [Explained][] }).rows[0]?.[0] as Explained;
}

const walked = new Set<string>();
let statements: Statement[];

beforeAll(async () => {
  await startClean();
  const { id, username } = await createPerson();
  const token = await ownerToken(id, 0, LOCAL_ORIGIN);
  await sql(
    `INSERT INTO platform_links (user_id, platform, username, url) VALUES ($1, 'custom', 'ada', 'https://ada.example/')`,
    [id],
  );
  const own = await sql<{ id: string }>('SELECT id FROM platform_links WHERE user_id = $1', [id]);
  const [card] = await sql<{ id: string }>(
    `INSERT INTO cards (user_id, title) VALUES ($1, 'Talk') RETURNING id`,
    [id],
  );
  await redis(
    'RPUSH',
    cacheKeys.viewLog,
    encodeEntry([
      {
        ownerId: id,
        hour: 500_000,
        kind: 'profile',
        cardId: null,
        source: 'qr',
        country: 'DE',
        device: 'phone',
        visitor: 'v',
      },
    ]),
  );
  const worker = startLocal();
  const ask: Ask = (url, init) => (url.startsWith('http') ? fetch(url, init) : worker.ask(url, init));
  await neon.reset();
  await walk(
    ask,
    {
      username,
      token,
      linkIds: own.map(({ id }) => id),
      cardId: (card as { id: string }).id,
      sitemapPage: '1-of-1',
    },
    (operation) => walked.add(operation),
  );
  statements = (await neon.requests()).flatMap(({ queries }) => queries);
});

test('the walk passes every operation that reaches the database', () => {
  const reaching = Object.keys(OPERATIONS).filter((operation) => !APART.test(operation));
  expect([...walked].sort()).toEqual(reaching.sort());
});

test('no statement needs to read a table that grows as a whole', async () => {
  const full: string[] = [];
  for (const statement of statements)
    for (const scan of fullScans((await explain(statement))[0].Plan))
      full.push(`${scan}: ${statement.query}`);
  expect(full).toEqual([]);
  expect(statements.length).toBeGreaterThan(30);
});

test('what hangs on a row that is deleted is found by an index', async () => {
  const bare = await sql(`
    SELECT conrelid::regclass AS table, conname FROM pg_constraint f WHERE contype = 'f' AND NOT EXISTS (
      SELECT FROM pg_index i WHERE i.indrelid = f.conrelid AND i.indkey[0] = f.conkey[1] AND i.indpred IS NULL)`);
  expect(bare).toEqual([]);
});
