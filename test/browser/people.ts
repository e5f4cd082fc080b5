/** People whose pages the browser tests look at. */
import { PLATFORMS } from '../../verify/platforms.ts';
import type { Site } from '../harness/site.ts';

export interface Person {
  username: string;
  displayName: string;
  bio?: string | null;
  pronouns?: string | null;
  role?: string | null;
  company?: string | null;
  avatarUrl?: string | null;
  accentColor?: string;
  theme?: string;
  /** Platform, handle, and the address where it does not follow from the handle. */
  links?: readonly (readonly [platform: string, handle: string, url?: string])[];
  /** Titles; each card has the first two links. */
  cards?: readonly string[];
}

const LINKS = [
  ['github', 'ada'],
  ['linkedin', 'ada-lovelace'],
  ['mastodon', 'ada@hachyderm.io'],
  ['stackoverflow', '1815'],
  ['devto', 'ada'],
  ['discord', 'ada.lovelace'],
  ['email', 'ada@analytical.example'],
  ['portfolio', 'https://ada.example/notes/'],
] as const;

/** Eight links: what the page weight is measured with. */
export const ADA: Person = {
  username: 'Ada',
  displayName: 'Ada Lovelace',
  bio: 'First programmer. Notes on the Analytical Engine, poetical science, and very long letters about Bernoulli numbers.',
  pronouns: 'she/her',
  role: 'Mathematician',
  company: 'Analytical Engine',
  accentColor: '#0f766e',
  links: LINKS,
  cards: ['Conference', 'Open source'],
};

/** Every text as long as it may be, some without a place to break. */
export const LONGEST: Person = {
  username: 'x'.repeat(50),
  displayName: 'Maximilian-Konstantin von Hohenzollern-Sigmaringen '.repeat(2).slice(0, 100),
  bio: `${'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3)} ${'words and words '.repeat(20)}`.slice(
    0,
    300,
  ),
  pronouns: 'they/them/theirs '.repeat(3).slice(0, 50),
  role: 'Principal Distinguished Staff Platform Reliability Engineer of Engineers '.repeat(2).slice(0, 100),
  company: 'A'.repeat(100),
  accentColor: '#facc15',
  links: [
    [
      'custom',
      'a label that somebody has written to be as long as a label can be '.repeat(3).slice(0, 200),
      `https://example.org/${'path/'.repeat(60)}`,
    ],
    ['portfolio', `https://example.org/${'x'.repeat(150)}`],
    ...LINKS,
  ],
  cards: ['t'.repeat(100), 'Ein Titel '.repeat(10)],
};

export const LAYLA: Person = {
  username: 'layla',
  displayName: 'ليلى الفاسي',
  bio: 'مهندسة برمجيات مهتمة بالأنظمة الموزعة والخصوصية.\nأكتب عن TypeScript و Rust.',
  pronouns: 'هي',
  role: 'مهندسة منصات',
  company: 'Atlas Labs',
  accentColor: '#be123c',
  links: LINKS.slice(0, 5),
};

/** Writes a person straight into the database. */
export async function addPerson(
  sql: Site['sql'],
  person: Person,
): Promise<{ id: string; cardIds: string[] }> {
  const id = crypto.randomUUID();
  const { bio, pronouns, role, company, avatarUrl, accentColor = '#6366f1', theme = 'classic' } = person;
  await sql(
    `INSERT INTO users (id, username, display_name, bio, pronouns, role, company, avatar_url, accent_color, theme)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      person.username,
      person.displayName,
      bio ?? null,
      pronouns ?? null,
      role ?? null,
      company ?? null,
      avatarUrl ?? null,
      accentColor,
      theme,
    ],
  );
  await sql(`INSERT INTO usernames (key, user_id) VALUES (lower($1), $2)`, [person.username, id]);
  const linkIds: string[] = [];
  for (const [order, [platform, handle, address]] of (person.links ?? []).entries()) {
    const linkId = crypto.randomUUID();
    linkIds.push(linkId);
    const url = address ?? PLATFORMS.find((each) => each.id === platform)?.url(handle) ?? '';
    await sql(
      `INSERT INTO platform_links (id, user_id, platform, username, url, display_order) VALUES ($1, $2, $3, $4, $5, $6)`,
      [linkId, id, platform, handle, url, order],
    );
  }
  const cardIds: string[] = [];
  for (const title of person.cards ?? []) {
    const cardId = crypto.randomUUID();
    cardIds.push(cardId);
    await sql(`INSERT INTO cards (id, user_id, title, description) VALUES ($1, $2, $3, 'Where to find me')`, [
      cardId,
      id,
      title,
    ]);
    for (const [order, linkId] of linkIds.slice(0, 2).entries())
      await sql(`INSERT INTO card_links (card_id, platform_link_id, display_order) VALUES ($1, $2, $3)`, [
        cardId,
        linkId,
        order,
      ]);
  }
  return { id, cardIds };
}
