/** Reads an existing DevCard's database: one read-only snapshot, streamed in the order of people's age. */
import type { ClientBase } from 'pg';
import { Complaint } from '../complaint.ts';
import type { OldPerson, OldUser } from './old-person.ts';

/** People in a page; what else is theirs is read in pages of the same size. */
const PAGE_ROWS = 250;

/** The tables whose contents stay behind, by design; `docs/moving.md` says why. */
const LEFT_BEHIND = [
  'refresh_tokens',
  'oauth_tokens',
  'saved_cards',
  'follow_logs',
  'events',
  'Event',
  'teams',
  'webhook_endpoints',
] as const;

/** How a time of a column without a zone, which holds UTC, is written. */
const iso = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Reads through one connection of its own, whose values come as text. */
export class OldDatabase {
  readonly #client: ClientBase;
  readonly #columns: ReadonlyMap<string, ReadonlySet<string>>;

  private constructor(client: ClientBase, columns: ReadonlyMap<string, ReadonlySet<string>>) {
    this.#client = client;
    this.#columns = columns;
  }

  /** Opens the snapshot. @throws Complaint where the database is no DevCard's */
  static async open(client: ClientBase): Promise<OldDatabase> {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // A long import is no idle transaction to be ended, and reads are whole.
    for (const setting of [
      'statement_timeout = 0',
      'idle_in_transaction_session_timeout = 0',
      'cursor_tuple_fraction = 1',
      "timezone = 'UTC'",
    ])
      await client.query(`SET LOCAL ${setting}`);
    const { rows } = await client.query<{ table_name: string; column_name: string }>(
      `SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'`,
    );
    const columns = new Map<string, Set<string>>();
    for (const { table_name, column_name } of rows)
      columns.set(table_name, (columns.get(table_name) ?? new Set()).add(column_name));
    for (const table of ['users', 'platform_links', 'cards', 'card_links'])
      if (!columns.has(table))
        throw new Complaint(`This is no database of a DevCard: it has no table «${table}».`);
    return new OldDatabase(client, columns);
  }

  async close(): Promise<void> {
    await this.#client.query('ROLLBACK');
  }

  async countPeople(): Promise<number> {
    return this.#count('users');
  }

  /** How many rows stay behind, by table. */
  async countLeftBehind(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const table of LEFT_BEHIND) if (this.#columns.has(table)) counts[table] = await this.#count(table);
    return counts;
  }

  /** Which of these names, in lower case, somebody has. */
  async namesInUse(keys: readonly string[]): Promise<string[]> {
    const { rows } = await this.#client.query<{ key: string }>(
      'SELECT DISTINCT lower(username) AS key FROM users WHERE lower(username) = ANY ($1)',
      [keys],
    );
    return rows.map(({ key }) => key);
  }

  /** Which of these GitHub accounts somebody has as identity. */
  async githubNumbersInUse(numbers: readonly string[]): Promise<Set<string>> {
    if (!this.#columns.has('user_identities')) return new Set();
    const { rows } = await this.#client.query<{ provider_id: string }>(
      `SELECT provider_id FROM user_identities WHERE provider = 'github' AND provider_id = ANY ($1)`,
      [numbers],
    );
    return new Set(rows.map(({ provider_id }) => provider_id));
  }

  /**
   * All people in pages, the oldest first. Each kind of row comes from a cursor of its own in the order of its owners, so
   * that a table without an index is sorted once, and memory holds a page.
   */
  async *pages(): AsyncGenerator<OldPerson[]> {
    const [users, identities, links, cards, cardLinks, views, visitors] = await this.#openCursors();
    for (;;) {
      const page = await (users as Cursor).next(PAGE_ROWS);
      if (page.length === 0) return;
      const people: OldPerson[] = [];
      for (const row of page) {
        const take = async <T>(cursor: Cursor | undefined) =>
          ((await cursor?.rowsOf(row.id as string)) ?? []) as T[];
        people.push({
          user: { ...row, name_rank: Number(row.name_rank) } as OldUser,
          identities: await take(identities),
          links: await take(links),
          cards: (await take<Row>(cards)).map(withBooleans) as unknown as OldPerson['cards'],
          cardLinks: await take(cardLinks),
          views: (await take<Row>(views)).map(withCount('views')) as unknown as OldPerson['views'],
          visitors: (await take<Row>(visitors)).map(
            withCount('visitors'),
          ) as unknown as OldPerson['visitors'],
        });
      }
      yield people;
    }
  }

  async #openCursors(): Promise<(Cursor | undefined)[]> {
    const order = 'u.created_at, u.id';
    const queries: [name: string, table: string, query: string][] = [
      [
        'people',
        'users',
        `SELECT ${['id', 'username'].map((c) => `u.${c}`).join(', ')}, ${this.#optional('users', 'u', [
          'email',
          'display_name',
          'bio',
          'pronouns',
          'role',
          'company',
          'avatar_url',
          'accent_color',
          'phone_number',
          'provider',
          'provider_id',
        ])}, ${iso('u.created_at')} AS created_at, ${iso('u.updated_at')} AS updated_at,
          row_number() OVER (PARTITION BY lower(u.username) ORDER BY ${order}) AS name_rank
        FROM users u ORDER BY ${order}`,
      ],
      [
        'identities',
        'user_identities',
        `SELECT i.user_id AS owner, i.provider, i.provider_id, ${iso('i.created_at')} AS created_at
        FROM user_identities i JOIN users u ON u.id = i.user_id ORDER BY ${order}, i.created_at, i.id`,
      ],
      [
        'links',
        'platform_links',
        `SELECT l.user_id AS owner, l.id, l.platform, l.username, l.url, ${iso('l.created_at')} AS created_at
        FROM platform_links l JOIN users u ON u.id = l.user_id
        ORDER BY ${order}, l.display_order, l.created_at, l.id`,
      ],
      [
        'cards',
        'cards',
        `SELECT c.user_id AS owner, c.id, c.title, c.is_default, ${this.#optional('cards', 'c', [
          'description',
          'visibility',
          'slug',
        ])}, ${this.#columns.get('cards')?.has('qrEnabled') ? 'c."qrEnabled"' : 'NULL::boolean'} AS qr_enabled,
          ${iso('c.created_at')} AS created_at, ${iso('c.updated_at')} AS updated_at
        FROM cards c JOIN users u ON u.id = c.user_id ORDER BY ${order}, c.created_at, c.id`,
      ],
      [
        'card_links',
        'card_links',
        `SELECT c.user_id AS owner, p.id, p.card_id, p.platform_link_id
        FROM card_links p JOIN cards c ON c.id = p.card_id JOIN users u ON u.id = c.user_id
        ORDER BY ${order}, c.created_at, c.id, p.display_order, p.id`,
      ],
      [
        'views',
        'card_views',
        `SELECT owner_id AS owner, card_id, day, source, views, latest FROM (
          SELECT v.owner_id, v.card_id, to_char(v.created_at, 'YYYY-MM-DD') AS day, v.source, count(*) AS views,
            ${iso("date_trunc('hour', max(v.created_at))")} AS latest
          FROM card_views v GROUP BY 1, 2, 3, 4) s
        JOIN users u ON u.id = s.owner_id ORDER BY ${order}, day, card_id, source`,
      ],
      [
        // Addresses are read to tell viewers of a day apart, inside the old database; none leaves it.
        'visitors',
        'card_views',
        `SELECT owner_id AS owner, day, visitors FROM (
          SELECT v.owner_id, to_char(v.created_at, 'YYYY-MM-DD') AS day,
            count(DISTINCT coalesce(v.viewer_id, md5(concat_ws(' ', v.viewer_ip, v.viewer_agent)))) AS visitors
          FROM card_views v GROUP BY 1, 2) s
        JOIN users u ON u.id = s.owner_id ORDER BY ${order}, day`,
      ],
    ];
    const cursors: (Cursor | undefined)[] = [];
    for (const [name, table, query] of queries) {
      if (!this.#columns.has(table)) {
        cursors.push(undefined);
        continue;
      }
      await this.#client.query(`DECLARE import_${name} NO SCROLL CURSOR FOR ${query}`);
      cursors.push(new Cursor(this.#client, `import_${name}`));
    }
    return cursors;
  }

  /** These columns of a table, or null in place of those that it lacks. */
  #optional(table: string, alias: string, names: readonly string[]): string {
    const there = this.#columns.get(table);
    return names
      .map((name) => (there?.has(name) ? `${alias}.${name}::text AS ${name}` : `NULL::text AS ${name}`))
      .join(', ');
  }

  async #count(table: string): Promise<number> {
    const { rows } = await this.#client.query<{ count: string }>(`SELECT count(*) FROM "${table}"`);
    return Number(rows[0]?.count);
  }
}

type Row = Record<string, string | null>;

/** Rows of a query, fetched in pages. */
class Cursor {
  readonly #client: ClientBase;
  readonly #name: string;
  #rows: Row[] = [];
  #isAtEnd = false;

  constructor(client: ClientBase, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** The next rows, at most `most`. */
  async next(most: number): Promise<Row[]> {
    if (this.#rows.length === 0) await this.#fetch();
    return this.#rows.splice(0, most);
  }

  /** The next rows as long as they are of this owner; owners come in the order of the cursor. */
  async rowsOf(owner: string): Promise<Row[]> {
    const found: Row[] = [];
    for (;;) {
      if (this.#rows.length === 0 && !(await this.#fetch())) return found;
      const end = this.#rows.findIndex((row) => row.owner !== owner);
      found.push(...this.#rows.splice(0, end === -1 ? this.#rows.length : end));
      if (end !== -1) return found;
    }
  }

  async #fetch(): Promise<boolean> {
    if (this.#isAtEnd) return false;
    const { rows } = await this.#client.query<Row>(`FETCH ${PAGE_ROWS} FROM ${this.#name}`);
    this.#rows = rows;
    this.#isAtEnd = rows.length < PAGE_ROWS;
    return rows.length > 0;
  }
}

/** Booleans come as text. */
function withBooleans(row: Row): object {
  const { is_default, qr_enabled } = row;
  return {
    ...row,
    is_default: is_default === 't',
    qr_enabled: qr_enabled === null ? null : qr_enabled === 't',
  };
}

const withCount = (name: string) => (row: Row) => ({ ...row, [name]: Number(row[name]) });
