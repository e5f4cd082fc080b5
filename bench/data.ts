/** Profiles by the thousand, made inside Postgres: each with eight links and a card. */
import type pg from 'pg';

/** Names `<prefix>-1` … `<prefix>-<count>`, as they stand in addresses. */
export function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}-${i + 1}`);
}

const PLATFORMS = ['github', 'linkedin', 'twitter', 'npm', 'devto', 'leetcode', 'gitlab', 'medium'];

/** Ids are made of names, so that rows find each other without being looked up. */
const id = (text: string) => `md5(${text})::uuid`;

/** Adds profiles number `from` to `to` of a prefix. */
export async function addProfiles(pool: pg.Pool, prefix: string, to: number, from = 1): Promise<void> {
  const platforms = `unnest(array['${PLATFORMS.join("','")}']) WITH ORDINALITY AS p (platform, place)`;
  const people = `(SELECT '${prefix}-' || n AS name, n FROM generate_series(${from}, ${to}) AS n) AS person`;
  await pool.query(`
    INSERT INTO users (id, username, display_name, bio, role, company)
    SELECT ${id('name')}, name, 'Person ' || n, 'Builds small, fast things, and number ' || n || ' of them here.',
      'Engineer', 'Company ' || n % 100
    FROM ${people}`);
  await pool.query(`INSERT INTO usernames (key, user_id) SELECT name, ${id('name')} FROM ${people}`);
  await pool.query(`
    INSERT INTO platform_links (id, user_id, platform, username, url, display_order)
    SELECT ${id('name || platform')}, ${id('name')}, platform, name, 'https://' || platform || '.com/' || name, place - 1
    FROM ${people}, ${platforms}`);
  await pool.query(`
    INSERT INTO cards (id, user_id, title, is_default)
    SELECT ${id("name || ' card'")}, ${id('name')}, 'Conference', true FROM ${people}`);
  await pool.query(`
    INSERT INTO card_links (card_id, platform_link_id, display_order)
    SELECT ${id("name || ' card'")}, ${id('name || platform')}, place - 1
    FROM ${people}, ${platforms} WHERE place <= 4`);
}

/** Makes the planner's statistics fit what was added. */
export async function analyze(pool: pg.Pool): Promise<void> {
  await pool.query('ANALYZE');
}
