/** The frame of every write of an owner: one batch of two statements, a lock and the write itself. */
import { type SQL, sql } from 'drizzle-orm';
import type { Edit, Owner } from '../../domain/owner.ts';
import { type Refusal, Written } from '../../domain/written.ts';
import { type Database, run } from './database.ts';

/** Drizzle wants rows with an index signature, which interfaces lack. */
export type Row<T> = { [K in keyof T]: T[K] };

/** What makes one write different from another, in SQL. */
export interface WriteParts {
  /** Conditions over `me` (id, username, version) under which nothing is done, the first that holds is named. */
  refusals?: [condition: SQL, refusal: Refusal][];
  /** CTEs that do it; they reach the owner through `go`, which is empty after a refusal. */
  steps: SQL[];
  /** Further columns of `users` to set, such as `bio = 'x'`. */
  assignments?: SQL[];
  /** What only the steps find out: without this condition they have done nothing, and this is why. */
  proviso?: [condition: SQL, refusal: Refusal];
  /** A further lock to take beforehand, as a call. */
  lock?: SQL;
  /** JSON, over the CTEs, `me` and the owner's new row `u`. */
  value?: SQL;
  /** JSON list of the usernames whose answers change, in lower case; the current one unless told. */
  names?: SQL;
}

interface WriteRow<T> {
  refusal: Refusal | null;
  names: string[];
  version: number;
  value: T;
}

/** The owner's row, or none when the session has ended or the user is gone. */
export const me = (owner: Owner): SQL =>
  sql`me AS (SELECT u.id, u.username, u.version FROM users u WHERE ${isSignedIn(owner)})`;

/** Whether a row `u` of `users` is this owner, whose session has not ended. */
export const isSignedIn = ({ id, epoch, session }: Owner): SQL =>
  sql`u.id = ${id}::uuid AND u.session_epoch = ${epoch}${
    session === undefined
      ? sql``
      : sql` AND NOT EXISTS (SELECT FROM owner_sessions s WHERE s.id = ${session}::uuid AND s.ended)`
  }`;

/** Whether somebody else has changed what the client has seen; over `me`. */
export const changedMeanwhile = ({ versions }: Edit): SQL =>
  sql`me.version <> ALL (${versions && arrayText(versions)}::bigint[])`;

/** All names of the owner, current and old; over `me`. */
export const allNames = sql`(SELECT json_agg(n.key) FROM usernames n WHERE n.user_id = me.id)`;

/** A `timestamptz` as ISO 8601 in UTC. */
export const utc = (column: SQL): SQL =>
  sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A `uuid[]` of ids that have the shape of one. */
export const uuids = (ids: readonly string[]): SQL => sql`${arrayText(ids)}::uuid[]`;

function arrayText(values: readonly (string | number)[]): string {
  return `{${values.join(',')}}`;
}

/**
 * Runs `statement` with the owner's row locked. Writes of one owner therefore follow each other, and a statement sees
 * all that earlier ones have committed: a lock inside the statement would come too late for that, since its snapshot
 * of the other tables is older than the lock.
 */
export async function locked<T>(
  db: Database,
  { id }: Pick<Owner, 'id'>,
  statement: SQL,
  further = sql`1`,
): Promise<Row<T> | undefined> {
  const lock = sql`SELECT ${further} FROM users WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const [, { rows }] = await run(() => db.batch([db.execute(lock), db.execute<Row<T>>(statement)]));
  return rows[0];
}

/** Does all of a write or nothing, and moves the profile's version. */
export async function write<T>(db: Database, edit: Edit, parts: WriteParts): Promise<Written<T>> {
  const row = await locked<WriteRow<T>>(db, edit.owner, writeStatement(edit, parts), parts.lock);
  if (!row) return Written.refused('signed-out');
  const { refusal, names, version, value } = row;
  return refusal ? Written.refused(refusal) : Written.done(value, version, names);
}

function writeStatement(edit: Edit, parts: WriteParts): SQL {
  const { refusals = [], steps, assignments = [], proviso, value = sql`NULL::json` } = parts;
  const { names = sql`json_build_array(lower(me.username))` } = parts;
  const cases = [[changedMeanwhile(edit), 'changed-meanwhile'] as const, ...refusals].map(
    ([condition, refusal]) => sql` WHEN ${condition} THEN ${text(refusal)}`,
  );
  return sql`
    WITH ${me(edit.owner)}, verdict AS (
      SELECT id, CASE ${sql.join(cases)} END AS refusal FROM me
    ), go AS (
      SELECT id FROM verdict WHERE refusal IS NULL
    ), ${sql.join(steps.map((step) => sql`${step}, `))}touched AS (
      UPDATE users SET version = version + 1, updated_at = now()${sql.join(assignments.map((one) => sql`, ${one}`))}
      FROM go WHERE users.id = go.id AND ${proviso?.[0] ?? sql`true`}
      RETURNING users.*
    )
    SELECT coalesce(verdict.refusal, CASE WHEN u.id IS NULL THEN ${text(proviso?.[1] ?? 'signed-out')} END) AS refusal,
      ${names} AS names, u.version::int AS version, ${value} AS value
    FROM me JOIN verdict USING (id) LEFT JOIN touched u USING (id)`;
}

/** Our own constants as literals, so that Postgres need not guess a parameter's type. */
function text(constant: Refusal): SQL {
  return sql.raw(`'${constant}'`);
}
