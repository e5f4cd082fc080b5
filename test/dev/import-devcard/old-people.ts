/** People of an existing DevCard for tests: one for each kind of clash, and as many ordinary ones as are wanted. */
import type { ClientBase } from 'pg';

/** A fixed UUID: `kind` and `number` tell the rows apart. */
export const uid = (kind: number, number: number) =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const LONG_NAME = `${'j'.repeat(64)}_mwwr28v3`;

type Link = [platform: string, username: string, url: string, order?: number];
interface Card {
  id?: string;
  title: string;
  visibility?: string;
  qrEnabled?: boolean;
  isDefault?: boolean;
  slug: string;
  /** Places among the person's links. */
  links: number[];
}
interface Person {
  id?: string;
  username: string;
  name?: string;
  bio?: string | null;
  color?: string;
  picture?: string | null;
  phone?: string;
  identity?: [provider: string, id: string] | null;
  links?: Link[];
  cards?: Card[];
}

const github = (handle: string): Link => ['github', handle, `https://github.com/${handle}`];

/** In the order of their age. */
export const PEOPLE: readonly Person[] = [
  {
    username: 'devcard-demo',
    name: 'Alex Chen',
    phone: '+10000000000',
    identity: ['github', 'demo-12345'],
    links: [
      github('alexchen'),
      ['linkedin', 'alexchen-dev', 'https://www.linkedin.com/in/alexchen-dev', 1],
      ['discord', 'alexchen#4242', '', 6],
      ['email', 'alex@devcard.dev', 'mailto:alex@devcard.dev', 7],
    ],
    cards: [
      { title: 'Professional', slug: 'devcard-demo-professional', isDefault: true, links: [0, 1] },
      { title: 'Hackathon', slug: 'devcard-demo-hackathon', visibility: 'UNLISTED', links: [2, 0] },
    ],
  },
  { username: 'Grace-Hopper', name: 'Grace', identity: ['github', '1002'], links: [github('grace')] },
  { username: 'grace-hopper', name: 'Other Grace', identity: ['github', '1003'], links: [github('grace2')] },
  // What the suffix would be is somebody's name.
  { username: 'grace-hopper-2', name: 'Third Grace', identity: ['github', '1004'] },
  { username: LONG_NAME, name: 'J'.repeat(150), identity: ['google', '110000000000000000001'] },
  { username: 'card', name: 'Card', identity: ['github', '1006'] },
  { username: 'official-bob', name: ' ', identity: ['github', '1007'] },
  { username: 'zoë.müller', name: 'Zoë\tMüller', identity: ['github', '1008'], bio: '' },
  { username: 'me', name: 'Me', identity: ['github', '1009'] },
  {
    username: 'no-identity',
    identity: null,
    picture: 'https://lh3.googleusercontent.com/a/x',
    color: 'red',
  },
  { username: 'by-picture', identity: null, picture: 'https://avatars.githubusercontent.com/u/583231?v=4' },
  // The same account by another row: the picture is no proof.
  { username: 'with-583', identity: ['github', '999'], picture: 'http://pictures.example/a.png' },
  {
    username: 'links',
    identity: ['github', '1013'],
    links: [
      ['mastodonn', 'x', ''],
      ['github', 'links', 'javascript:alert(1)', 1],
      ['portfolio', 'jane.dev', 'jane.dev', 2],
      ['stackoverflow', '1234/jane', 'https://stackoverflow.com/users/1234/jane', 2],
      ['x', 'jane', '', 3],
      ['website', 'http://jane.example.org/notes', 'http://jane.example.org/notes', 4],
      ['github', 'jane', 'https://git.example.org/jane', 5],
      ['custom', 'data', 'data:text/html,hi', 6],
    ],
    cards: [
      { title: 'Empty', slug: '', links: [] },
      { title: 'Secret', slug: 'secret-ab12', visibility: 'PRIVATE', qrEnabled: false, links: [0, 1, 3] },
    ],
  },
  {
    username: 'two-defaults',
    identity: ['github', '1014'],
    links: [github('two')],
    cards: [
      { title: 'A', slug: 'a', links: [0] },
      { title: 'B', slug: 'b', isDefault: true, links: [0] },
      { title: 'C', slug: 'c', isDefault: true, links: [0] },
    ],
  },
  {
    username: 'many',
    identity: ['github', '1015'],
    links: Array.from(
      { length: 60 },
      (_, i): Link => ['github', `many${i}`, `https://github.com/many${i}`, i],
    ),
    cards: Array.from({ length: 25 }, (_, i) => ({
      title: `Card ${i}`,
      slug: `many-${i}`,
      links: [i, 59 - i],
    })),
  },
  { id: 'not-a-uuid', username: 'odd-id', identity: ['github', '1016'] },
];

export const personId = (index: number) => PEOPLE[index]?.id ?? uid(1, index);
export const linkId = (index: number, link: number) => uid(20 + index, link);
export const cardId = (index: number, card: number) => uid(60 + index, card);

const at = (day: number, ms = 0) =>
  new Date(Date.UTC(2026, 0, 1) + day * 86_400_000 + ms).toISOString().slice(0, -1);

/** Puts `PEOPLE` into an empty database of the full shape, with views, tokens and what else stays behind. */
export async function putPeople(client: ClientBase): Promise<void> {
  const insert = (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row);
    return client.query(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(row),
    );
  };
  for (const [index, person] of PEOPLE.entries()) {
    const { username, name = username, bio = null, color = '#6366f1', picture = null, phone = null } = person;
    const user_id = personId(index);
    await insert('users', {
      id: user_id,
      email: `${index}@example.org`,
      username,
      display_name: name,
      bio,
      accent_color: color,
      avatar_url: picture,
      phone_number: phone,
      created_at: at(index),
      updated_at: at(index),
    });
    const { identity, links = [], cards = [] } = person;
    if (identity) {
      const [provider, provider_id] = identity;
      await insert('user_identities', { id: uid(10, index), user_id, provider, provider_id });
    }
    for (const [i, [platform, handle, url, display_order = 0]] of links.entries())
      await insert('platform_links', {
        id: linkId(index, i),
        user_id,
        platform,
        username: handle,
        url,
        display_order,
        created_at: at(index, i),
      });
    for (const [i, card] of cards.entries()) {
      const id = cardId(index, i);
      await insert('cards', {
        id,
        user_id,
        title: card.title,
        slug: card.slug,
        visibility: card.visibility ?? 'PUBLIC',
        '"qrEnabled"': card.qrEnabled ?? true,
        is_default: card.isDefault ?? false,
        created_at: at(index, i),
        updated_at: at(index, i),
      });
      for (const [place, link] of card.links.entries())
        await insert('card_links', {
          id: uid(100 + index, i * 100 + place),
          card_id: id,
          platform_link_id: linkId(index, link),
          display_order: place,
        });
    }
  }
  const views: [card: string | null, viewer: string | null, ip: string, source: string, time: string][] = [
    [null, null, '203.0.113.7', 'qr', at(40)],
    [null, null, '203.0.113.7', 'QR', at(40, 3_700_000)],
    [null, null, '203.0.113.8', 'poster', at(40)],
    [null, personId(2), '203.0.113.9', 'link', at(40)],
    [cardId(0, 0), personId(2), 'a'.repeat(64), 'nfc', at(41)],
    [cardId(0, 0), null, '203.0.113.7', 'web', at(41)],
  ];
  for (const [i, [card_id, viewer_id, viewer_ip, source, created_at]] of views.entries())
    await insert('card_views', {
      id: uid(9, i),
      card_id,
      owner_id: personId(0),
      viewer_id,
      viewer_ip,
      viewer_agent: 'Agent/1',
      source,
      created_at,
    });
  await insert('oauth_tokens', {
    id: uid(8, 1),
    user_id: personId(0),
    platform: 'github',
    access_token: 'gho_plaintext',
    scopes: 'user:follow',
    updated_at: at(1),
  });
  await insert('saved_cards', { id: uid(8, 2), user_id: personId(1), card_id: cardId(0, 0) });
}

/** Adds ordinary people, younger than the others: three links, a card with two of them, four views in two sums. */
export async function putMany(client: ClientBase, count: number): Promise<void> {
  const id = (kind: string, number = 'i') => `md5('${kind}' || ${number})::uuid::text`;
  const series = 'generate_series(1, $1::int) AS i';
  const time = `timestamp '2026-06-01' + make_interval(secs => i)`;
  const steps = [
    `INSERT INTO users (id, email, username, display_name, bio, created_at, updated_at)
     SELECT ${id('user')}, 'many' || i || '@example.org', 'person' || i || '_mwwr' || i, 'Person ' || i, 'Notes', ${time}, ${time}
     FROM ${series}`,
    `INSERT INTO user_identities (id, user_id, provider, provider_id)
     SELECT ${id('identity')}, ${id('user')}, 'github', 2000000 + i FROM ${series}`,
    ...[
      ['github', "'person' || i", "'https://github.com/person' || i"],
      ['discord', "'person.' || i || '#42'", "''"],
      ['portfolio', "'https://person' || i || '.example.org'", "'https://person' || i || '.example.org'"],
    ].map(
      ([platform, handle, url], order) =>
        `INSERT INTO platform_links (id, user_id, platform, username, url, display_order)
         SELECT ${id(`link${order}-`)}, ${id('user')}, '${platform}', ${handle}, ${url}, ${order} FROM ${series}`,
    ),
    `INSERT INTO cards (id, user_id, title, slug, is_default, updated_at)
     SELECT ${id('card')}, ${id('user')}, 'Talk', 'talk-' || i, true, ${time} FROM ${series}`,
    ...[0, 2].map(
      (order) =>
        `INSERT INTO card_links (id, card_id, platform_link_id, display_order)
         SELECT ${id(`place${order}-`)}, ${id('card')}, ${id(`link${order}-`)}, ${order} FROM ${series}`,
    ),
    `INSERT INTO card_views (id, card_id, owner_id, viewer_ip, source, created_at)
     SELECT md5('view' || i || '.' || n)::uuid::text, CASE WHEN n > 2 THEN ${id('card')} END, ${id('user')},
       '203.0.113.' || n, 'qr', ${time} FROM ${series}, generate_series(1, 4) AS n`,
  ];
  for (const step of steps) await client.query(step, [count]);
}
