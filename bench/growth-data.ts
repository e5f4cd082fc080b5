/** Profiles by the million, and one owner with many views. */
import type pg from 'pg';
import { addProfiles } from './data.ts';

/** Profiles that one statement adds. */
const CHUNK = 10_000;
/** Statements at once. */
const WRITERS = 2;
const NAME = 'grown';

/** The names are `grown-1` … `grown-<size>`. */
export const grownName = (number: number): string => `${NAME}-${number}`;

/** Days on which people looked at the owner whom many look at: three years. */
const POPULAR_DAYS = 3 * 365;

/** Adds profiles number 1 to `size`, each with a sign-in and views on one day, and tells after each chunk how many are there. */
export async function grow(pool: pg.Pool, size: number, progress: (done: number) => void): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(size / CHUNK) }, (_, i) => i * CHUNK + 1).values();
  let done = 0;
  const write = async () => {
    for (const from of chunks) {
      const to = Math.min(from + CHUNK - 1, size);
      await addProfiles(pool, NAME, to, from);
      await addIdentities(pool, from, to);
      await addViews(pool, from, to);
      done += to - from + 1;
      progress(done);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
}

async function addIdentities(pool: pg.Pool, from: number, to: number): Promise<void> {
  await pool.query(`
    INSERT INTO identities (provider, provider_id, user_id)
    SELECT 'github', 'number-' || n, md5('${NAME}-' || n)::uuid FROM generate_series(${from}, ${to}) AS n`);
}

async function addViews(pool: pg.Pool, from: number, to: number): Promise<void> {
  const owners = `(SELECT md5('${NAME}-' || n)::uuid AS id, current_date - n % 365 AS day
    FROM generate_series(${from}, ${to}) AS n) AS owner`;
  await pool.query(`
    INSERT INTO view_counts (owner_id, day, kind, source, views, latest)
    SELECT id, day, 'profile', 'link', 1, day FROM ${owners}`);
  await pool.query(`
    INSERT INTO view_facets (owner_id, day, facet, value, views) SELECT id, day, 'country', 'DE', 1 FROM ${owners}`);
  await pool.query(`INSERT INTO view_visitors (owner_id, day, visitors) SELECT id, day, 1 FROM ${owners}`);
}

/** Has people look at profile and card of one owner for three years, daily, from everywhere. */
export async function makePopular(pool: pg.Pool, ownerId: string, cardId: string): Promise<void> {
  const days = `generate_series(current_date - ${POPULAR_DAYS}, current_date - 1, '1 day') AS day`;
  await pool.query(
    `INSERT INTO view_counts (owner_id, day, kind, card_id, source, views, latest)
    SELECT $1, day, kind, CASE WHEN kind = 'card' THEN $2::uuid END, source, 10, day + interval '20 hours'
    FROM ${days}, unnest(array['profile', 'card']) AS kind, unnest(array['qr', 'link', 'web', 'nfc', 'app']) AS source
    ON CONFLICT DO NOTHING`,
    [ownerId, cardId],
  );
  await pool.query(
    `INSERT INTO view_facets (owner_id, day, facet, value, views)
    SELECT $1, day, 'country', chr(65 + n) || 'A', 10 FROM ${days}, generate_series(0, 19) AS n`,
    [ownerId],
  );
  await pool.query(
    `INSERT INTO view_visitors (owner_id, day, visitors) SELECT $1, day, 50 FROM ${days} ON CONFLICT DO NOTHING`,
    [ownerId],
  );
}
