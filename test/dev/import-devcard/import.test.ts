/** `npm run import-devcard` from an existing DevCard's database into this service's, on the engines of the test run. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createScratchPostgres } from '../../../dev/engines/postgres.ts';
import { migrate } from '../../../dev/migrate.ts';
import { type Stack, startStack, type WorkerVariables, workerVariables } from '../../../dev/stack.ts';
import { cardId, LONG_NAME, linkId, PEOPLE, personId, putMany, putPeople } from './old-people.ts';
import { FULL_SHAPE } from './old-schema.ts';
import { servePglite } from './pglite-server.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const { DATABASE_URL } = process.env;
/** IMPORT_PEOPLE=10000 is the size of a DevCard; fewer show the same in less time. */
const ORDINARY = Number(process.env.IMPORT_PEOPLE ?? (DATABASE_URL ? 1_000 : 100));
/** Of those in `PEOPLE`, all can be imported. */
const ALL = ORDINARY + PEOPLE.length;
/** Node itself takes most of it; 10,000 people at once would not fit. */
const HEAP_MEGABYTES = 48;

/** Two embedded databases start, on a machine that may be busy. */
const START_MS = 240_000;

/** The longest run: all people, beside other tests. */
const RUN_MS = 600_000;

const dir = mkdtempSync(join(tmpdir(), 'devcard-import-'));
const parts = new AsyncDisposableStack();
let oldUrl: string;
let stack: Stack;
let variables: WorkerVariables;

beforeAll(async () => {
  if (DATABASE_URL) {
    const old = parts.adopt(await createScratchPostgres(DATABASE_URL, 'old'), (engine) => engine.close());
    oldUrl = old.url as string;
  } else {
    const lite = parts.adopt(await PGlite.create(), (one) => one.close());
    const server = parts.adopt(await servePglite(lite), (one) => one.close());
    oldUrl = server.url;
  }
  const client = new pg.Client(oldUrl);
  await client.connect();
  await client.query(FULL_SHAPE);
  await putPeople(client);
  await putMany(client, ORDINARY);
  await client.query('ANALYZE');
  await client.end();
  // DATABASE_URL has a scratch database of its own for each process already, which this one is the only one to use.
  stack = parts.adopt(await startStack({ databaseUrl: DATABASE_URL, scratch: true }), (one) => one.close());
  variables = workerVariables(stack, 'https://devcard.example', {} as never);
  await migrate(variables);
}, START_MS);

afterAll(async () => {
  await parts.disposeAsync();
  rmSync(dir, { recursive: true });
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The lines of the report. */
  lines: Record<string, string>[];
}

/** Runs the command; `until` ends it by SIGKILL once it is true of what it has told so far. */
async function run(args: string[], until?: () => Promise<boolean>): Promise<Ended> {
  const folder = mkdtempSync(join(dir, 'report-'));
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${HEAP_MEGABYTES}`, 'dev/import-devcard/main.ts', '--report', folder, ...args],
    { cwd: ROOT, env: { ...process.env, ...variables } },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  while (until && child.exitCode === null && !child.killed) if (await until()) child.kill('SIGKILL');
  const code = await ended;
  const file = readdirSync(folder).find((name) => name.endsWith('.jsonl'));
  const text = file ? readFileSync(join(folder, file), 'utf8') : '';
  const lines = text.split('\n').filter(Boolean);
  return { code, stdout, stderr, lines: lines.map((line) => JSON.parse(line)) };
}

async function count(table: string): Promise<number> {
  const { rows } = await stack.postgres.pool.query(`SELECT count(*) FROM ${table}`);
  return Number(rows[0].count);
}

const query = async (text: string, values: unknown[] = []) =>
  (await stack.postgres.pool.query(text, values)).rows;

/** The lines of a report without what differs between two runs. */
const sorted = ({ lines }: Ended) => lines.map((line) => JSON.stringify(line)).toSorted();

describe('an import', { timeout: RUN_MS }, () => {
  let rehearsal: Ended;

  test('a dry run writes nothing and reports', async () => {
    rehearsal = await run(['--dry-run', oldUrl]);
    expect([rehearsal.code, rehearsal.stderr.replace(/^[\d,]+ of .* left\n/gm, '')]).toEqual([0, '']);
    expect(rehearsal.stdout).toContain('Dry run: nothing was written.');
    expect(await Promise.all(['users', 'usernames', 'cards', 'view_counts'].map(count))).toEqual([
      0, 0, 0, 0,
    ]);
  });

  test('a limit takes the oldest', async () => {
    const { code, stdout } = await run([oldUrl, '--limit', '3']);
    expect([code, await count('users')]).toEqual([0, 3]);
    expect(stdout).toContain('3 read, 3 imported, 0 here already, 0 left out');
  });

  test('killed half-way, it leaves people whole', async () => {
    const { code } = await run([oldUrl], async () => (await count('users')) > ALL / 3);
    const people = await count('users');
    expect(code).toBeNull();
    expect(people).toBeLessThan(ALL);
    expect(await count('usernames')).toBe(people);
    const halves = await query(`SELECT count(*) FROM users u WHERE u.username LIKE 'person%' AND (
      (SELECT count(*) FROM platform_links l WHERE l.user_id = u.id) <> 3
      OR (SELECT sum(views) FROM view_counts v WHERE v.owner_id = u.id) <> 4)`);
    expect(halves).toEqual([{ count: '0' }]);
  });

  test('run again, it goes on to the end; the reports say what the dry run said', async () => {
    const { code, stdout, lines } = await run([oldUrl]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ 0 left out\n/);
    expect(await Promise.all(['users', 'usernames', 'identities'].map(count))).toEqual([ALL, ALL, ALL - 1]);
    const dry = new Set(sorted(rehearsal));
    expect(lines.map((line) => JSON.stringify(line)).filter((line) => !dry.has(line))).toEqual([]);
  });

  test('a further run changes nothing', async () => {
    const tables = [
      'users',
      'usernames',
      'identities',
      'platform_links',
      'cards',
      'card_links',
      'view_counts',
    ];
    const digest = async () =>
      Promise.all(
        tables.map((table) => query(`SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM ${table} t`)),
      );
    const before = await digest();
    const { code, stdout, lines } = await run([oldUrl]);
    const read = ALL.toLocaleString('en-US');
    expect([code, lines]).toEqual([0, []]);
    expect(stdout).toContain(`${read} read, 0 imported, ${read} here already, 0 left out`);
    expect(await digest()).toEqual(before);
  });

  test('names: kept, suffixed, cut or made of what may stand in one', async () => {
    const rows = await query('SELECT id, username FROM users WHERE username NOT LIKE $1', ['person%']);
    const names = Object.fromEntries(rows.map(({ id, username }) => [id, username]));
    expect(PEOPLE.slice(0, -1).map((_, i) => names[personId(i)])).toEqual([
      expect.stringMatching(/^u-[\da-f]{12}$/),
      'Grace-Hopper',
      'grace-hopper-3',
      'grace-hopper-2',
      LONG_NAME.slice(0, 50),
      'card-2',
      'u-official-bob-2',
      'zoe-muller',
      'me-2',
      'no-identity',
      'by-picture',
      'with-583',
      'links-2',
      'two-defaults',
      'many',
    ]);
    expect(rehearsal.lines.filter(({ field }) => field === 'username').map(({ reason }) => reason)).toEqual([
      'name-reserved',
      'name-same-but-for-case',
      'name-too-long',
      'name-reserved',
      'name-reserved',
      'name-characters',
      'name-too-short',
      'name-reserved',
    ]);
  });

  test('people: texts, pictures, identities', async () => {
    const rows = await query(
      `SELECT u.username, u.display_name, u.bio, u.accent_color, u.avatar_url, i.provider, i.provider_id,
        to_char(u.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day
       FROM users u LEFT JOIN identities i ON i.user_id = u.id WHERE u.username = ANY ($1) ORDER BY u.created_at`,
      [[LONG_NAME.slice(0, 50), 'u-official-bob-2', 'zoe-muller', 'no-identity', 'by-picture', 'with-583']],
    );
    const usual = { bio: null, accent_color: '#6366f1', avatar_url: null, provider: 'github' };
    expect(rows).toEqual([
      {
        ...usual,
        username: LONG_NAME.slice(0, 50),
        display_name: 'J'.repeat(100),
        provider: 'google',
        provider_id: '110000000000000000001',
        day: '2026-01-05',
      },
      {
        ...usual,
        username: 'u-official-bob-2',
        display_name: 'u-official-bob-2',
        provider_id: '1007',
        day: '2026-01-07',
      },
      {
        ...usual,
        username: 'zoe-muller',
        display_name: 'Zoë Müller',
        provider_id: '1008',
        day: '2026-01-08',
      },
      {
        ...usual,
        username: 'no-identity',
        display_name: 'no-identity',
        avatar_url: 'https://lh3.googleusercontent.com/a/x',
        provider: null,
        provider_id: null,
        day: '2026-01-10',
      },
      {
        ...usual,
        username: 'by-picture',
        display_name: 'by-picture',
        avatar_url: 'https://avatars.githubusercontent.com/u/583231?v=4',
        provider_id: '583231',
        day: '2026-01-11',
      },
      { ...usual, username: 'with-583', display_name: 'with-583', provider_id: '999', day: '2026-01-12' },
    ]);
  });

  test('links: mended by the rules of pasting, or left out', async () => {
    const links = (index: number) =>
      query(
        'SELECT id, platform, username, url FROM platform_links WHERE user_id = $1 ORDER BY display_order',
        [personId(index)],
      );
    const seed = await links(0);
    expect(seed.map(({ id, username, url }) => [id, username, url])).toEqual([
      [linkId(0, 0), 'alexchen', 'https://github.com/alexchen'],
      [linkId(0, 1), 'alexchen-dev', 'https://www.linkedin.com/in/alexchen-dev'],
      [linkId(0, 2), 'alexchen', ''],
      [linkId(0, 3), 'alex@devcard.dev', 'mailto:alex@devcard.dev'],
    ]);
    expect((await links(12)).map(({ platform, username, url }) => [platform, username, url])).toEqual([
      ['github', 'links', 'https://github.com/links'],
      ['portfolio', 'https://jane.dev/', 'https://jane.dev/'],
      ['stackoverflow', '1234/jane', 'https://stackoverflow.com/users/1234/jane'],
      ['twitter', 'jane', 'https://x.com/jane'],
      ['portfolio', 'https://jane.example.org/notes', 'https://jane.example.org/notes'],
      ['custom', 'jane', 'https://git.example.org/jane'],
    ]);
    expect(await links(14)).toHaveLength(50);
  });

  test('cards: ids, order of links, visibility, QR codes, one default', async () => {
    const cards = (index: number) =>
      query(
        `SELECT c.id, c.title, c.visibility, c.qr_enabled, c.slug, c.is_default, (SELECT json_agg(p.platform_link_id
          ORDER BY p.display_order) FROM card_links p WHERE p.card_id = c.id) AS links
         FROM cards c WHERE user_id = $1 ORDER BY created_at`,
        [personId(index)],
      );
    expect((await cards(12)).map((card) => ({ ...card, links: JSON.parse(card.links) }))).toEqual([
      {
        id: cardId(12, 0),
        title: 'Empty',
        visibility: 'PUBLIC',
        qr_enabled: 't',
        slug: null,
        is_default: 't',
        links: null,
      },
      {
        id: cardId(12, 1),
        title: 'Secret',
        visibility: 'PRIVATE',
        qr_enabled: 'f',
        slug: 'secret-ab12',
        is_default: 'f',
        links: [linkId(12, 1), linkId(12, 3)],
      },
    ]);
    expect((await cards(13)).map(({ title, is_default }) => [title, is_default])).toEqual([
      ['A', 'f'],
      ['B', 't'],
      ['C', 'f'],
    ]);
    expect(await cards(14)).toHaveLength(25);
  });

  test('views: sums by day, card and source; nobody’s address', async () => {
    const rows = await query(
      `SELECT day, kind, card_id, source, views, to_char(latest AT TIME ZONE 'UTC', 'HH24:MI') AS latest
       FROM view_counts WHERE owner_id = $1 ORDER BY day, source`,
      [personId(0)],
    );
    expect(rows).toEqual([
      { day: '2026-02-10', kind: 'profile', card_id: null, source: 'link', views: '2', latest: '00:00' },
      { day: '2026-02-10', kind: 'profile', card_id: null, source: 'qr', views: '2', latest: '01:00' },
      { day: '2026-02-11', kind: 'card', card_id: cardId(0, 0), source: 'nfc', views: '1', latest: '00:00' },
      { day: '2026-02-11', kind: 'card', card_id: cardId(0, 0), source: 'web', views: '1', latest: '00:00' },
    ]);
    const visitors = 'SELECT day, visitors FROM view_visitors WHERE owner_id = $1 ORDER BY day';
    expect(await query(visitors, [personId(0)])).toEqual([
      { day: '2026-02-10', visitors: '3' },
      { day: '2026-02-11', visitors: '2' },
    ]);
  });

  test('caches forget the names, and what stays behind is said', async () => {
    expect(
      await stack.redis.call(['EXISTS', 'fence:grace-hopper', 'fence:many', 'fence:person1_mwwr1']),
    ).toBe(3);
    expect(rehearsal.stdout).toContain('Stays behind: 1 oauth_tokens, 1 saved_cards');
  });

  test('who signed in here before is left out and listed', async () => {
    await query('DELETE FROM users WHERE id = $1', [personId(11)]);
    await query("INSERT INTO users (username, display_name) VALUES ('Somebody', 'S')");
    await query(`INSERT INTO identities (provider, provider_id, user_id)
      SELECT 'github', '999', id FROM users WHERE username = 'Somebody'`);
    const { lines, stdout } = await run([oldUrl]);
    expect(lines).toEqual([
      { person: personId(11), username: 'with-583', outcome: 'left-out', reason: 'account-here' },
    ]);
    expect(stdout).toContain('0 imported');
    expect(stdout).toContain('1 left out');
  });

  test('a name that somebody took here gets a suffix', async () => {
    await query('DELETE FROM users WHERE id = $1', [personId(13)]);
    await query(
      `INSERT INTO usernames (key, user_id) SELECT 'two-defaults', id FROM users WHERE username = 'Somebody'`,
    );
    const { lines } = await run([oldUrl]);
    expect(lines).toContainEqual({
      person: personId(13),
      username: 'two-defaults',
      outcome: 'changed',
      reason: 'name-taken-here',
      field: 'username',
      from: 'two-defaults',
      to: 'two-defaults-2',
    });
  });
});

test.each([
  [[], 'Which database?'],
  [['mysql://old'], 'The old database must look like postgres://'],
  [['postgres://a:secret@127.0.0.1:1/x'], 'The old database does not answer (ECONNREFUSED).'],
  [['postgres://a@b/c', '--limit', '0'], '--limit takes a number'],
])('%j is refused in a sentence', async (args, message) => {
  const { code, stderr } = await run(args);
  expect(code).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('secret');
});
