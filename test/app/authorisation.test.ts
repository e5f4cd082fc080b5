/** Every route of owners, listed from the router itself: nobody gets in without a session, nor at what is another's. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Services } from '../../src/routes/context.ts';
import { isForOwners } from '../../src/routes/middleware/access.ts';
import { requireOwner } from '../../src/routes/middleware/require-owner.ts';
import { ROUTES } from '../../src/routes/routes.ts';
import { ask, askAs, createPerson, type Fields, stopClock, submitAs } from '../harness/fixtures.ts';
import { neon, sql, startClean } from '../harness/worker.ts';

interface Someone {
  id: string;
  username: string;
  token: string;
  linkId: string;
  cardId: string;
  contactId: string;
}

const LINK = { platform: 'github', username: 'mallory' };

/** For each route: a request of Mallory's that reaches for what is Ada's, and the statuses that refuse it. */
const REACHES: Record<
  string,
  {
    path?: (ada: Someone) => string;
    /** Sent as JSON, or as a form to `/me`. */
    body?: (ada: Someone) => unknown;
    refused?: number;
  }
> = {
  'GET /api/profiles/me': {},
  'PUT /api/profiles/me': { body: ({ username }) => ({ username }), refused: 409 },
  'DELETE /api/profiles/me': { body: ({ username }) => ({ username }), refused: 400 },
  'GET /api/profiles/me/export': {},
  'POST /api/profiles/me/import': {
    body: ({ linkId, cardId }) => ({
      format: 'devcard-export',
      version: 1,
      profile: {
        displayName: 'Mallory',
        bio: null,
        pronouns: null,
        role: null,
        company: null,
        accentColor: '#000000',
      },
      links: [{ id: linkId, ...LINK }],
      cards: [{ id: cardId, title: 'Mallory', linkIds: [linkId], isDefault: true }],
    }),
  },
  'POST /api/profiles/me/links': { body: () => LINK },
  'PUT /api/profiles/me/links/reorder': {
    body: ({ linkId }) => ({ links: [{ id: linkId, displayOrder: 0 }] }),
    refused: 403,
  },
  'PUT /api/profiles/me/links/:id': {
    path: ({ linkId }) => `/api/profiles/me/links/${linkId}`,
    body: () => LINK,
    refused: 404,
  },
  'DELETE /api/profiles/me/links/:id': {
    path: ({ linkId }) => `/api/profiles/me/links/${linkId}`,
    refused: 404,
  },
  'POST /api/profiles/me/offline-pass': { body: () => ({ hours: 1 }) },
  'DELETE /api/profiles/me/offline-pass': {},
  'GET /api/profiles/me/wallet/google': { refused: 404 },
  'GET /api/profiles/me/wallet/apple': { refused: 404 },
  'GET /api/nfc/payload': { path: ({ cardId }) => `/api/nfc/payload?card=${cardId}`, refused: 404 },
  'GET /api/cards': {},
  'POST /api/cards': { body: ({ linkId }) => ({ title: 'Mallory', linkIds: [linkId] }), refused: 403 },
  'PUT /api/cards/:id': {
    path: ({ cardId }) => `/api/cards/${cardId}`,
    body: () => ({ title: 'Mallory' }),
    refused: 404,
  },
  'DELETE /api/cards/:id': { path: ({ cardId }) => `/api/cards/${cardId}`, refused: 404 },
  'PUT /api/cards/:id/platform-link': {
    path: ({ cardId }) => `/api/cards/${cardId}/platform-link`,
    body: ({ linkId }) => ({ platformLinkId: linkId }),
    refused: 404,
  },
  'POST /api/cards/:id/share': { path: ({ cardId }) => `/api/cards/${cardId}/share`, refused: 404 },
  'GET /api/cards/:id/qr': { path: ({ cardId }) => `/api/cards/${cardId}/qr`, refused: 404 },
  'GET /api/cards/:id/analytics': { path: ({ cardId }) => `/api/cards/${cardId}/analytics`, refused: 404 },
  'PUT /api/cards/:id/default': { path: ({ cardId }) => `/api/cards/${cardId}/default`, refused: 404 },
  'GET /api/analytics/overview': {},
  'GET /api/analytics/views': { path: ({ cardId }) => `/api/analytics/views?cardId=${cardId}` },
  'GET /api/analytics/views.csv': {},
  'GET /api/cards/saved': {},
  'POST /api/cards/:id/save': { path: ({ cardId }) => `/api/cards/${cardId}/save`, refused: 404 },
  'DELETE /api/cards/:id/save': { path: ({ cardId }) => `/api/cards/${cardId}/save`, refused: 404 },
  'GET /api/contacts': {},
  'GET /api/contacts/export.csv': {},
  'GET /api/contacts/export.vcf': {},
  'DELETE /api/contacts': {},
  'DELETE /api/contacts/:id': { path: ({ contactId }) => `/api/contacts/${contactId}`, refused: 404 },
  'POST /api/follow/:platform/:username': { path: () => '/api/follow/linkedin/ada' },
  'GET /auth/me': {},
  'DELETE /auth/logout': {},
  'POST /auth/logout/everywhere': {},
  'POST /auth/token': { refused: 403 },
  'GET /me': {},
  'GET /me/preview': {},
  'GET /me/carry': {},
  'GET /me/code': { path: ({ cardId }) => `/me/code?card=${cardId}`, refused: 404 },
  'GET /me/stats': {},
  'GET /me/contacts': {},
  'POST /me/contacts': { body: () => ({ contactsOpen: 'true', contactDays: '30' }) },
  'POST /me/contacts/remove': { body: () => ({}) },
  'POST /me/contacts/:id/remove': {
    path: ({ contactId }) => `/me/contacts/${contactId}/remove`,
    body: () => ({}),
  },
  'POST /me/profile': { body: ({ username }) => ({ username }), refused: 409 },
  'POST /me/links': { body: () => ({ address: 'https://github.com/mallory' }) },
  'POST /me/links/order': { body: ({ linkId }) => ({ order: linkId }), refused: 403 },
  ...atLink('POST /me/links/:id', { address: 'mallory', platform: 'github' }),
  ...atLink('POST /me/links/:id/remove', {}),
  'POST /me/cards': { body: ({ linkId }) => ({ title: 'Mallory', linkIds: linkId }), refused: 403 },
  ...atCard('POST /me/cards/:id', { title: 'Mallory' }),
  ...atCard('POST /me/cards/:id/default', {}),
  ...atCard('POST /me/cards/:id/remove', {}),
  'POST /me/offline-pass': { body: () => ({ hours: '1' }) },
  'POST /me/offline-pass/revoke': { body: () => ({}) },
  'POST /me/import': { body: () => ({}), refused: 400 },
  'POST /me/remove': { body: ({ username }) => ({ username }), refused: 400 },
};

function atLink(route: string, fields: Fields) {
  const path = ({ linkId }: Someone) => route.replace('POST ', '').replace(':id', linkId);
  return { [route]: { path, body: () => fields, refused: 404 } };
}

function atCard(route: string, fields: Fields) {
  const path = ({ cardId }: Someone) => route.replace('POST ', '').replace(':id', cardId);
  return { [route]: { path, body: () => fields, refused: 404 } };
}

/** Routes behind `requireOwner`, as the router knows them. */
function ownerRoutes(): { method: string; path: string }[] {
  const app = createApp({
    origin: 'https://devcard.example',
    services: {} as Services,
    log: () => undefined,
  });
  return app.routes.filter(({ method, path, handler }) => {
    const met = app.router
      .match(method, path.replaceAll(/:\w+/g, crypto.randomUUID()))[0]
      .map(([[one]]) => one);
    // What answers before it is for everybody, such as cards that were shared.
    return method !== 'ALL' && met.slice(0, met.indexOf(handler)).includes(requireOwner);
  });
}

const OWNER_ROUTES = [
  ...new Set(
    [...ROUTES.filter(({ access }) => isForOwners(access)), ...ownerRoutes()].map(
      ({ method, path }) => `${method} ${path}`,
    ),
  ),
];

async function createSomeone(): Promise<Someone> {
  const person = await createPerson();
  const [link] = await sql<{ id: string }>('SELECT id FROM platform_links WHERE user_id = $1 LIMIT 1', [
    person.id,
  ]);
  const linkId = link?.id as string;
  const card = await askAs(person.token, 'POST', '/api/cards', {
    title: 'Secret',
    linkIds: [linkId],
    visibility: 'PRIVATE',
  });
  const { id: cardId } = await card.json<{ id: string }>();
  await sql(
    `INSERT INTO view_counts (owner_id, day, kind, card_id, source, views, latest)
     VALUES ($1, current_date, 'card', $2, 'qr', 1, now())`,
    [person.id, cardId],
  );
  const contactId = crypto.randomUUID();
  await sql(
    `INSERT INTO contacts (id, owner_id, created_at, expires_at, generation, sealed)
     VALUES ($1, $2, now(), now() + interval '1 day', 'gone', 'sealed')`,
    [contactId, person.id],
  );
  return { ...person, linkId, cardId, contactId };
}

async function versionOf({ id }: Someone): Promise<string> {
  const [row] = await sql('SELECT version FROM users WHERE id = $1', [id]);
  return `${row?.version}-${id}`;
}

/** All rows that are somebody's, as text. */
const everythingOf = async ({ id }: Someone) =>
  JSON.stringify(
    await sql(
      `SELECT to_json(u) AS u, (SELECT json_agg(l ORDER BY l.id) FROM platform_links l WHERE l.user_id = u.id) AS l,
         (SELECT json_agg(c ORDER BY c.id) FROM cards c WHERE c.user_id = u.id) AS c,
         (SELECT json_agg(p ORDER BY p.id) FROM card_links p JOIN cards c ON c.id = p.card_id WHERE c.user_id = u.id) AS p,
         (SELECT json_agg(n ORDER BY n.key) FROM usernames n WHERE n.user_id = u.id) AS n,
         (SELECT json_agg(k ORDER BY k.id) FROM contacts k WHERE k.owner_id = u.id) AS k,
         (SELECT json_agg(v) FROM view_counts v WHERE v.owner_id = u.id) AS v
       FROM users u WHERE u.id = $1`,
      [id],
    ),
  );

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

test('each route of owners is tried below, and nothing else is', () => {
  expect(OWNER_ROUTES.toSorted()).toEqual(Object.keys(REACHES).toSorted());
});

describe.each(Object.entries(REACHES))('%s', (route, { path, body, refused }) => {
  const method = route.split(' ')[0] as string;
  const pathFor = (ada: Someone) => path?.(ada) ?? (route.split(' ')[1] as string);

  const isForm = route.startsWith('POST /me/');
  const fieldsFor = (ada: Someone) => body?.(ada) as Fields;

  test('neither shows nor changes what is another owner’s', async () => {
    const ada = await createSomeone();
    const mallory = await createSomeone();
    const before = await everythingOf(ada);
    const response = isForm
      ? await submitAs(mallory.token, pathFor(ada), { version: await versionOf(mallory), ...fieldsFor(ada) })
      : await askAs(mallory.token, method, pathFor(ada), body?.(ada));
    if (refused) expect(response.status).toBe(refused);
    else expect(response.ok || response.status === 303).toBe(true);
    const text = await response.text();
    for (const secret of [ada.id, ada.linkId, ada.cardId, ada.contactId]) expect(text).not.toContain(secret);
    if (!refused) expect(text).not.toContain(ada.username);
    expect(await everythingOf(ada)).toBe(before);
  });

  test('wants a session', async () => {
    const ada = await createSomeone();
    const before = await everythingOf(ada);
    await neon.reset();
    const content = body && {
      body: JSON.stringify(body(ada)),
      headers: { 'Content-Type': 'application/json' },
    };
    const response = await ask(pathFor(ada), { method, ...content });
    expect([response.status, response.headers.get('WWW-Authenticate')]).toEqual([
      401,
      'Bearer realm="devcard"',
    ]);
    expect(await neon.count()).toBe(0);
    expect(await everythingOf(ada)).toBe(before);
  });
});
