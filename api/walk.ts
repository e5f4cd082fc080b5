/** A walk through everything that reaches the database, each operation once, for those who look at its statements. */

/** An owner with three links and one card at least. */
export interface Walker {
  username: string;
  /** Owner's token. */
  token: string;
  linkIds: readonly string[];
  cardId: string;
  /** A page of the site's map, such as `3-of-200`. */
  sitemapPage: string;
}

/** As much of a Response as a walk looks at. */
interface Answer {
  status: number;
  headers: { get(name: string): string | null; getSetCookie(): string[] };
  text(): Promise<string>;
}

interface Init {
  method: string;
  headers: Record<string, string>;
  body?: string;
  redirect: 'manual';
}

/** Sends a request and follows no redirect. @param url of the Worker from its root on, or of somebody else as a whole */
export type Ask = (url: string, init: Init) => Promise<Answer>;

/**
 * Operations that no walk need pass: they answer without the database, or with what another one read. Pages read what
 * the API reads.
 */
export const APART =
  /^(?!POST \/u\/)\w+ \/(?!api\/|auth\/|sitemap|readyz)|^\w+ \/api\/u\/|\/qr-session\/verify$|\/auth\/username$|^GET \/auth\/token$|^POST \/auth\/logout$|\/api\/follow\/|\/wallet\/|\/api\/nfc\//;

/** A path, a body, and a status where it is not one of success. */
type Step = [operation: string, path?: string, body?: unknown, status?: number];

/** In an order in which each finds what it needs; the last removes the account. */
function steps({ username, linkIds, cardId, sitemapPage }: Walker): Step[] {
  const [first, second, third] = linkIds as [string, string, string];
  const profile = `/api/public/${username}`;
  const me = '/api/profiles/me';
  const renamed = `${username}-2`;
  const link = { platform: 'github', username: 'walker' };
  const texts = { displayName: 'Walker', bio: 'Walks and walks.', accentColor: '#0ea5e9' };
  const order = linkIds.map((id, place) => ({ id, displayOrder: linkIds.length - place }));
  const exported = {
    format: 'devcard-export',
    version: 1,
    profile: { ...texts, pronouns: null, role: null, company: null },
    links: [{ id: second, ...link }],
    cards: [{ id: cardId, title: 'Talk', linkIds: [second], isDefault: true }],
  };
  return [
    ['GET /readyz'],
    ['GET /sitemap.xml'],
    ['GET /sitemap/:file', `/sitemap/${sitemapPage}.xml`],
    ['GET /api/public/:username', profile],
    ['GET /api/public/:username', '/api/public/nobody-has-this', undefined, 404],
    ['GET /api/public/:username/card/:cardId', `${profile}/card/${cardId}`],
    ['GET /api/public/card/:cardId', `/api/public/card/${cardId}`],
    ['GET /api/public/:username/qr-session', `${profile}/qr-session`],
    ['GET /api/public/:username/qr', `${profile}/qr`],
    ['GET /api/public/:username/qr-session/qr', `${profile}/qr-session/qr`],
    ['GET /api/public/:username/vcard', `${profile}/vcard`],
    ['GET /auth/me'],
    [`GET ${me}`],
    [`GET ${me}/export`],
    ['GET /api/cards'],
    ['GET /api/analytics/overview', '/api/analytics/overview?days=90'],
    ['GET /api/analytics/views', '/api/analytics/views?page=3'],
    ['GET /api/analytics/views', `/api/analytics/views?page=3&cardId=${cardId}`],
    ['GET /api/analytics/views.csv', '/api/analytics/views.csv?days=90'],
    [`PUT ${me}`, me, { ...texts, contactsOpen: true }],
    ['POST /u/:username/contact', `/u/${username}/contact`, { card: true }],
    ['POST /api/cards/:id/save', `/api/cards/${cardId}/save`, { note: 'Walks' }],
    ['GET /api/cards/saved'],
    ['DELETE /api/cards/:id/save', `/api/cards/${cardId}/save`],
    ['GET /api/contacts'],
    ['GET /api/contacts/export.csv'],
    ['GET /api/contacts/export.vcf'],
    ['DELETE /api/contacts/:id', '/api/contacts/00000005-0000-4000-8000-000000000001', undefined, 404],
    ['DELETE /api/contacts'],
    [`PUT ${me}/links/reorder`, `${me}/links/reorder`, { links: order }],
    [`POST ${me}/links`, `${me}/links`, link],
    [`DELETE ${me}/links/:id`, `${me}/links/${first}`],
    [`PUT ${me}/links/:id`, `${me}/links/${second}`, link],
    ['POST /api/cards', '/api/cards', { title: 'Walk', linkIds: [second, third] }],
    ['PUT /api/cards/:id', `/api/cards/${cardId}`, { title: 'Talk', linkIds: [third] }],
    ['PUT /api/cards/:id/default', `/api/cards/${cardId}/default`],
    ['PUT /api/cards/:id/platform-link', `/api/cards/${cardId}/platform-link`, { platformLinkId: second }],
    ['POST /api/cards/:id/share', `/api/cards/${cardId}/share`],
    ['GET /api/cards/share/:slug', `/api/cards/share/some-talk`, undefined, 404],
    ['GET /api/cards/:id/qr', `/api/cards/${cardId}/qr`],
    ['GET /api/cards/:id/analytics', `/api/cards/${cardId}/analytics`],
    ['DELETE /api/cards/:id', `/api/cards/${cardId}`],
    [`POST ${me}/offline-pass`, `${me}/offline-pass`, { hours: 24 }],
    [`DELETE ${me}/offline-pass`],
    [`POST ${me}/import`, `${me}/import`, exported],
    [`PUT ${me}`, me, { username: renamed }],
    ['GET /api/public/:username', profile],
    [`DELETE ${me}`, me, { username: renamed }],
  ];
}

/**
 * Takes all steps, then signs in as somebody new and out everywhere.
 * @param begin is told of each operation before it is asked for
 * @throws when a step is refused: then its statements were not all seen
 */
export async function walk(ask: Ask, walker: Walker, begin: (operation: string) => void): Promise<void> {
  const owner = { Authorization: `Bearer ${walker.token}`, 'Content-Type': 'application/json' };
  for (const [operation, path = operation.split(' ')[1] as string, body, status] of steps(walker)) {
    await step(
      operation,
      path,
      { headers: owner, ...(body !== undefined && { body: JSON.stringify(body) }) },
      status,
    );
  }
  const begun = await step('GET /auth/:provider', '/auth/github');
  const { pathname, search } = new URL(await approve(ask, redirectOf(begun), `${walker.username}-3`));
  const callback = { headers: { Cookie: cookiesOf(begun) } };
  const back = await step('GET /auth/:provider/callback', pathname + search, callback);
  const browser = { headers: { Cookie: cookiesOf(back), 'Sec-Fetch-Site': 'same-origin' } };
  const json = { ...browser.headers, Accept: 'application/json' };
  const { text } = await step('POST /auth/token', '/auth/token', { headers: json });
  const tokens = JSON.parse(text) as { accessToken: string; refreshToken: string };
  const body = JSON.stringify({ refresh_token: tokens.refreshToken });
  const program = { Authorization: `Bearer ${tokens.accessToken}`, 'Content-Type': 'application/json' };
  await step('POST /auth/refresh', '/auth/refresh', { headers: program, body });
  // The second time: somebody has copied it.
  await step('POST /auth/refresh', '/auth/refresh', { headers: program, body }, 401);
  const other = JSON.parse((await step('POST /auth/token', '/auth/token', { headers: json })).text);
  await step('DELETE /auth/logout', '/auth/logout', {
    headers: { Authorization: `Bearer ${other.accessToken}` },
  });
  await step('POST /auth/logout/everywhere', '/auth/logout/everywhere', browser);

  async function step(
    operation: string,
    path: string,
    init: Partial<Init> = {},
    status?: number,
  ): Promise<{ headers: Answer['headers']; text: string }> {
    begin(operation);
    const [method = ''] = operation.split(' ');
    const answer = await ask(path, { method, headers: {}, redirect: 'manual', ...init });
    const text = await answer.text();
    if (status === undefined ? answer.status >= 400 : answer.status !== status)
      throw new Error(`${operation}: ${answer.status} ${text}`);
    return { headers: answer.headers, text };
  }
}

/** Fills in the form of the development identity provider. @returns where it sends the browser */
async function approve(ask: Ask, url: string, login: string): Promise<string> {
  const { origin, pathname, searchParams } = new URL(url);
  searchParams.set('login', login);
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const body = searchParams.toString();
  return redirectOf(await ask(origin + pathname, { method: 'POST', headers, body, redirect: 'manual' }));
}

const redirectOf = (answer: Pick<Answer, 'headers'>): string => answer.headers.get('Location') ?? '';

function cookiesOf(answer: Pick<Answer, 'headers'>): string {
  const kept = answer.headers.getSetCookie().filter((line) => !/Max-Age=0\b/i.test(line));
  return kept.map((line) => line.replace(/;.*/, '')).join('; ');
}
