/** This service's database, as an import asks and fills it: over Neon's HTTP, one statement and so one transaction a person. */
import { sql } from 'drizzle-orm';
import { Problem } from '../../src/domain/problem.ts';
import type { Identity } from '../../src/domain/tokens/pending-sign-up.ts';
import { type Database, run, StatementError } from '../../src/drivers/postgres/database.ts';
import { Complaint } from '../complaint.ts';
import type { NewPerson } from './person.ts';

const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 500;
const UNIQUE_VIOLATION = '23505';

/** What became of a person: `clash`: a name, identity or id was taken a moment ago. */
export type WriteOutcome = 'written' | 'here-already' | 'clash' | { sqlState: string };

export class NewDatabase {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Which of these users are here. */
  async usersHere(ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.#ask<{ id: string }>(
      sql`SELECT id FROM users WHERE id IN (SELECT i::uuid FROM json_array_elements_text(${JSON.stringify(ids)}::json) i)`,
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Which of these names, in lower case, are taken. */
  async namesInUse(keys: readonly string[]): Promise<string[]> {
    const rows = await this.#ask<{ key: string }>(
      sql`SELECT key FROM usernames WHERE key IN (SELECT json_array_elements_text(${JSON.stringify(keys)}::json))`,
    );
    return rows.map(({ key }) => key);
  }

  /** Which of these identities, written as `provider id`, have an account. */
  async identitiesHere(identities: readonly Identity[]): Promise<Set<string>> {
    const rows = await this.#ask<{ name: string }>(sql`
      SELECT concat_ws(' ', i.provider, i.provider_id) AS name FROM identities i
      JOIN json_to_recordset(${JSON.stringify(identities)}::json) AS w (provider text, "providerId" text)
        ON w.provider = i.provider AND w."providerId" = i.provider_id`);
    return new Set(rows.map(({ name }) => name));
  }

  /** Writes a person whole, or leaves everything as it is: who is here already was perhaps changed here since. */
  async write(person: NewPerson): Promise<WriteOutcome> {
    try {
      const [row] = await this.#ask<{ written: boolean }>(statementFor(person));
      return row?.written ? 'written' : 'here-already';
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      return error.sqlState === UNIQUE_VIOLATION ? 'clash' : { sqlState: error.sqlState };
    }
  }

  /** Asks again after a failure that may pass: whatever is written here is written once. @throws Complaint, StatementError */
  async #ask<Row extends Record<string, unknown>>(statement: ReturnType<typeof sql>): Promise<Row[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return (await run(() => this.#db.execute<Row>(statement))).rows;
      } catch (error) {
        if (!(error instanceof Problem) || error instanceof StatementError) throw error;
        if (attempt === ATTEMPTS)
          throw new Complaint(
            `The new database does not answer (${error.cause}). Run the same command again: it goes on where it stopped.`,
          );
        await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
      }
    }
  }
}

/** Foreign keys are checked when the statement ends, so the order of its parts does not matter. */
function statementFor(person: NewPerson) {
  return sql`
    WITH given AS (SELECT ${JSON.stringify(person)}::json AS d), person AS (
      INSERT INTO users (id, email, username, display_name, bio, pronouns, role, company, avatar_url, accent_color,
        created_at, updated_at)
      SELECT (d->>'id')::uuid, p.email, p.username, p."displayName", p.bio, p.pronouns, p.role, p.company,
        p."avatarUrl", p."accentColor", p."createdAt", p."updatedAt"
      FROM given, json_to_record(d->'profile') AS p (email text, username text, "displayName" text, bio text,
        pronouns text, role text, company text, "avatarUrl" text, "accentColor" text, "createdAt" timestamptz,
        "updatedAt" timestamptz)
      ON CONFLICT (id) DO NOTHING RETURNING id
    ), go AS (SELECT person.id, d FROM person, given), name AS (
      INSERT INTO usernames (key, user_id) SELECT d->>'nameKey', id FROM go
    ), who AS (
      INSERT INTO identities (provider, provider_id, user_id, created_at)
      SELECT i.provider, i."providerId", go.id, i."createdAt" FROM go, json_to_recordset(d->'identities') AS i
        (provider text, "providerId" text, "createdAt" timestamptz)
    ), links AS (
      INSERT INTO platform_links (id, user_id, platform, username, url, display_order, created_at)
      SELECT (l.value->>'id')::uuid, go.id, l.value->>'platform', l.value->>'username', l.value->>'url',
        l.place - 1, (l.value->>'createdAt')::timestamptz
      FROM go, json_array_elements(d->'links') WITH ORDINALITY AS l (value, place)
    ), own_cards AS (
      INSERT INTO cards (id, user_id, title, description, visibility, qr_enabled, slug, is_default, created_at,
        updated_at)
      SELECT c.id, go.id, c.title, c.description, c.visibility, c."qrEnabled",
        CASE WHEN NOT EXISTS (SELECT FROM cards o WHERE o.slug = c.slug) THEN c.slug END,
        c."isDefault", c."createdAt", c."updatedAt"
      FROM go, json_to_recordset(d->'cards') AS c (id uuid, title text, description text,
        visibility card_visibility, "qrEnabled" boolean, slug text, "isDefault" boolean, "createdAt" timestamptz,
        "updatedAt" timestamptz)
    ), places AS (
      INSERT INTO card_links (id, card_id, platform_link_id, display_order)
      SELECT p.id, p."cardId", p."linkId", p.place FROM go, json_to_recordset(d->'places') AS p
        (id uuid, "cardId" uuid, "linkId" uuid, place int)
    ), counts AS (
      INSERT INTO view_counts (owner_id, day, kind, card_id, source, views, latest)
      SELECT go.id, v.day, v.kind, v."cardId", v.source, v.views, v.latest
      FROM go, json_to_recordset(d->'views') AS v (day date, kind text, "cardId" uuid, source text, views int,
        latest timestamptz)
    ), visitors AS (
      INSERT INTO view_visitors (owner_id, day, visitors)
      SELECT go.id, v.day, v.visitors FROM go, json_to_recordset(d->'visitors') AS v (day date, visitors int)
    )
    SELECT EXISTS (SELECT FROM person) AS written`;
}
