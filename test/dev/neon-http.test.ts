/** The Neon stand-in through the real driver and by raw HTTP; the same on PGlite and on a Postgres server. */
import { NeonDbError, neon, neonConfig } from '@neondatabase/serverless';
import { DrizzleQueryError, eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/neon-http';
import { bigint, boolean, integer, jsonb, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { laneBindings } from '../harness/lane-client.ts';

const { DATABASE_URL, TEST_NEON_ENDPOINT } = await laneBindings();
neonConfig.fetchEndpoint = TEST_NEON_ENDPOINT;

const contract = pgSchema('contract');
const things = contract.table('things', {
  id: integer('id').primaryKey(),
  name: text('name').unique('things_name'),
  isGood: boolean('is_good'),
  big: bigint('big', { mode: 'number' }),
  at: timestamp('at', { withTimezone: true }),
  data: jsonb('data'),
  ref: uuid('ref'),
  tags: text('tags').array(),
});
const db = drizzle(DATABASE_URL);
const client = neon(DATABASE_URL);

beforeAll(async () => {
  await db.execute(sql`drop schema if exists contract cascade`);
  await db.execute(sql`create schema contract`);
  await db.execute(
    sql`create table contract.things (id int primary key, name text constraint things_name unique, is_good bool,
      big bigint, at timestamptz, data jsonb, ref uuid, tags text[])`,
  );
});
afterAll(async () => {
  await db.execute(sql`drop schema contract cascade`);
});
beforeEach(async () => {
  await db.delete(things);
});

const FULL = {
  id: 1,
  name: 'héé “quoted” \\ \u0000'.replace('\u0000', '✓'),
  isGood: true,
  big: 9_007_199_254_740_991,
  at: new Date('2026-01-02T03:04:05.678Z'),
  data: { list: [1, 'two', null] },
  ref: '00000000-0000-4000-8000-000000000001',
  tags: ['a', 'b, "c"'],
};
const EMPTY = { id: 2, name: null, isGood: null, big: null, at: null, data: null, ref: null, tags: null };

describe('one query', () => {
  test('values of every type come back as they went', async () => {
    expect(await db.insert(things).values([FULL, EMPTY]).returning()).toEqual([FULL, EMPTY]);
    expect(await db.select().from(things).orderBy(things.id)).toEqual([FULL, EMPTY]);
  });

  test('updates and deletions say how many rows they touched', async () => {
    await db.insert(things).values([FULL, EMPTY]);
    expect((await db.update(things).set({ big: 5 }).where(eq(things.id, 2))).rowCount).toBe(1);
    expect((await db.delete(things)).rowCount).toBe(2);
  });

  test('rows are arrays or objects, with the fields described', async () => {
    const query = 'select 1::int4 as one, $1::text as two';
    expect(await client.query(query, ['x'])).toEqual([{ one: 1, two: 'x' }]);
    const full = await client.query(query, ['x'], { arrayMode: true, fullResults: true });
    expect(full).toMatchObject({ command: 'SELECT', rowCount: 1, rowAsArray: true, rows: [[1, 'x']] });
    expect(full.fields.map(({ name, dataTypeID }) => [name, dataTypeID])).toEqual([
      ['one', 23],
      ['two', 25],
    ]);
  });

  test('the server keeps UTC', async () => {
    const { rows } = await db.execute(sql`select '2026-01-02T03:04:05Z'::timestamptz as at`);
    expect(rows).toEqual([{ at: '2026-01-02 03:04:05+00' }]);
  });

  test('many at once are all answered', async () => {
    const numbers = Array.from({ length: 30 }, (_, i) => i);
    const answers = await Promise.all(numbers.map((i) => client.query('select $1::int as i', [i])));
    expect(answers).toEqual(numbers.map((i) => [{ i }]));
  });
});

describe('errors', () => {
  test('carry the fields of Postgres', async () => {
    await db.insert(things).values(FULL);
    const error = await db
      .insert(things)
      .values({ ...EMPTY, name: FULL.name })
      .catch((error) => error);
    expect(error).toBeInstanceOf(DrizzleQueryError);
    expect(error.cause).toBeInstanceOf(NeonDbError);
    expect(error.cause).toMatchObject({
      message: 'duplicate key value violates unique constraint "things_name"',
      severity: 'ERROR',
      code: '23505',
      schema: 'contract',
      table: 'things',
      constraint: 'things_name',
    });
  });

  test.each([
    ['a syntax error', 'selec 1', [], '42601'],
    ['a missing table', 'select * from contract.nothing', [], '42P01'],
    ['a parameter that does not fit', 'select $1::int', ['abc'], '22P02'],
    ['a division by zero', 'select 1 / 0', [], '22012'],
    ['two statements in one', 'select 1; select 2', [], '42601'],
  ])('%s is answered, and the next query works', async (_, query, params, code) => {
    await expect(client.query(query, params)).rejects.toMatchObject({ code });
    expect(await client.query('select 1 as fine')).toEqual([{ fine: 1 }]);
  });
});

describe('a batch', () => {
  test('is answered query by query', async () => {
    const [inserted, selected] = await db.batch([
      db.insert(things).values(FULL).returning({ id: things.id }),
      db.select({ name: things.name }).from(things),
    ]);
    expect(inserted).toEqual([{ id: 1 }]);
    expect(selected).toEqual([{ name: FULL.name }]);
  });

  test('is done whole or not at all', async () => {
    const attempt = db.batch([db.insert(things).values(FULL), db.insert(things).values(FULL)]);
    await expect(attempt).rejects.toMatchObject({ name: 'NeonDbError', code: '23505' });
    expect(await db.$count(things)).toBe(0);
  });

  test('runs at the isolation level that it asks for', async () => {
    const level = client`select current_setting('transaction_isolation') as level`;
    const [rows] = await client.transaction([level], { isolationLevel: 'Serializable' });
    expect(rows).toEqual([{ level: 'serializable' }]);
  });

  test('refuses to write when it is read-only', async () => {
    const attempt = client.transaction([client`insert into contract.things (id) values (1)`], {
      readOnly: true,
    });
    await expect(attempt).rejects.toMatchObject({ code: '25006' });
  });
});

describe('raw HTTP', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(TEST_NEON_ENDPOINT, {
      method: 'POST',
      headers: { 'neon-connection-string': DATABASE_URL, ...headers },
      body,
    });

  test('gives JSON values and objects unless text and arrays are asked for', async () => {
    const body = JSON.stringify({ query: 'select 1::int4 as n, true as b, null as x' });
    expect(await (await post(body)).json()).toMatchObject({ rows: [{ n: 1, b: true, x: null }] });
    const raw = await post(body, { 'neon-raw-text-output': 'true', 'neon-array-mode': 'true' });
    expect(await raw.json()).toMatchObject({ rows: [['1', 't', null]], rowAsArray: true });
  });

  test('refuses what is no query', async () => {
    const answers = await Promise.all([
      post('{"query":"select 1"}', { 'neon-connection-string': '' }),
      post('no JSON'),
      fetch(TEST_NEON_ENDPOINT),
      fetch(new URL('/other', TEST_NEON_ENDPOINT), { method: 'POST' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 405, 404]);
  });
});
