/** `/me` without a script: what each form saves, what it says when it cannot, and that nothing typed is lost. */
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { qrCode } from '../../../src/domain/qr/encode.ts';
import { darkRuns } from '../../../src/domain/qr/svg.ts';
import { ask, askAs, createPerson, type Fields, stopClock, submitAs } from '../../harness/fixtures.ts';
import { neon, sql, startClean, upstash } from '../../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

interface Own {
  username: string;
  displayName: string;
  bio: string | null;
  role: string | null;
  theme: string;
  platformLinks: { id: string; platform: string; username: string; url: string }[];
}

interface Card {
  id: string;
  title: string;
  description: string | null;
  visibility: string;
  isDefault: boolean;
  links: { id: string }[];
}

const ownOf = async (token: string) => (await askAs(token, 'GET', '/api/profiles/me')).json<Own>();
const cardsOf = async (token: string) => (await askAs(token, 'GET', '/api/cards')).json<Card[]>();

/** What a form says that it was filled from. */
async function versionOf(token: string): Promise<string> {
  const response = await askAs(token, 'GET', '/api/profiles/me');
  const { id } = await response.json<{ id: string }>();
  return `${response.headers.get('ETag')?.replaceAll('"', '')}-${id}`;
}

/** Sends a form that was filled from what is there now. */
async function submit(token: string, path: string, fields: Fields = {}): Promise<Response> {
  return submitAs(token, path, { version: await versionOf(token), ...fields });
}

const PROFILE = {
  displayName: 'Ada King',
  bio: 'Notes\r\nand letters',
  pronouns: 'she/her',
  role: '',
  company: '',
  accentColor: '#123456',
  theme: 'paper',
};

const seeOther = (response: Response) => [response.status, response.headers.get('Location')];

/** The part of a page from an element's id on. */
const partOf = (html: string, id: string) => html.slice(html.indexOf(`id="${id}"`));

test('who is not signed in sees the ways in', async () => {
  const response = await ask('/me', { headers: { Accept: 'text/html' } });
  expect(response.status).toBe(401);
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="devcard"');
  const html = await response.text();
  expect(html).toContain('Make your card');
  expect(html).toContain('<meta name="robots" content="noindex"');
});

test.each([
  '/me/profile',
  '/me/links',
  '/me/links/1',
  '/me/cards/1/default',
  '/me/offline-pass',
  '/me/import',
])('the address of the form %s leads back to the editor', async (path) => {
  const { token } = await createPerson();
  const response = await ask(path, { headers: { Authorization: `Bearer ${token}` }, redirect: 'manual' });
  expect(seeOther(response)).toEqual([303, '/me']);
});

test('shows everything that is saved, and costs two reads at once', async () => {
  const { username, token } = await createPerson();
  await neon.reset();
  const response = await askAs(token, 'GET', '/me');
  expect(await neon.count()).toBe(2);
  expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'no-store']);
  const html = await response.text();
  for (const text of ['value="Ada Lovelace"', `value="${username}"`, 'Notes</textarea>', 'GitHub', 'npm'])
    expect(html).toContain(text);
  expect(html).not.toContain('ada@private.example');
  const policy = response.headers.get('Content-Security-Policy') ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe-inline');
});

describe('the profile', () => {
  test('is saved, and everybody sees it', async () => {
    const { username, token } = await createPerson();
    await ask(`/u/${username}`);
    const response = await submit(token, '/me/profile', { username, ...PROFILE });
    expect(seeOther(response)).toEqual([303, '/me?saved=profile#profile']);
    expect(await ownOf(token)).toMatchObject({
      displayName: 'Ada King',
      bio: 'Notes\nand letters',
      role: null,
      theme: 'paper',
    });
    const page = await (await ask(`/u/${username}`)).text();
    expect(page).toContain('Ada King');
    expect(page).toContain('data-theme="paper"');
    expect(await (await askAs(token, 'GET', '/me?saved=profile')).text()).toContain('>Saved.</p>');
  });

  test('with mistakes is shown again with all that was typed, and each mistake beside its field', async () => {
    const { username, token } = await createPerson();
    const long = 'x'.repeat(301);
    const response = await submit(token, '/me/profile', {
      ...PROFILE,
      username: 'no good',
      bio: long,
      displayName: '',
      role: 'Countess',
    });
    expect(response.status).toBe(400);
    const html = await response.text();
    expect(html).toContain(`${long}</textarea>`);
    for (const [id, value] of [
      ['edit-profile-username', 'no good'],
      ['edit-profile-displayName', ''],
    ]) {
      const field = new RegExp(`<input id="${id}"[^>]*>`).exec(html)?.[0];
      expect(field).toContain('aria-invalid="true"');
      expect(field).toContain(`value="${value}"`);
    }
    expect(partOf(html, 'edit-profile-bio-about')).toMatch(/^[^/]*class="wrong">Use at most 300 characters/);
    expect(html).toContain('value="Countess"');
    expect(await ownOf(token)).toMatchObject({ username, displayName: 'Ada Lovelace', role: null });
  });

  test('with a name that is taken says so beside the name', async () => {
    const taken = await createPerson();
    const { username, token } = await createPerson();
    const response = await submit(token, '/me/profile', { ...PROFILE, username: taken.username });
    expect(response.status).toBe(409);
    const html = await response.text();
    expect(partOf(html, 'edit-profile-username-about')).toMatch(/^[^/]*Username already taken\./);
    expect(html).toContain(`value="${taken.username}"`);
    expect((await ownOf(token)).username).toBe(username);
  });

  test('changed in two tabs: the second is warned, and keeps what it typed', async () => {
    const { username, token } = await createPerson();
    const version = await versionOf(token);
    await submitAs(token, '/me/profile', { version, username, ...PROFILE, role: 'First tab' });
    const second = { username, ...PROFILE, role: 'Second tab' };
    const response = await submitAs(token, '/me/profile', { version, ...second });
    expect(response.status).toBe(412);
    const html = await response.text();
    expect(html).toContain('changed in the meantime');
    expect(html).toContain('value="Second tab"');
    expect(html).toContain('Saved now: “<bdi>First tab</bdi>”.');
    expect(await ownOf(token)).toMatchObject({ role: 'First tab' });

    const newVersion = /name="version" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const again = await submitAs(token, '/me/profile', { version: newVersion, ...second });
    expect(again.status).toBe(303);
    expect(await ownOf(token)).toMatchObject({ role: 'Second tab' });
  });

  test('is not saved by a form that does not say what it was filled from', async () => {
    const { username, token } = await createPerson();
    const [number = ''] = (await versionOf(token)).split('-');
    for (const version of [{}, { version: '' }, { version: '*' }, { version: number }]) {
      const response = await submitAs(token, '/me/profile', { ...version, username, ...PROFILE });
      expect(response.status).toBe(412);
    }
    expect(await ownOf(token)).toMatchObject({ displayName: 'Ada Lovelace' });
  });

  test('filled in for another account is not saved to the one that is signed in by now', async () => {
    const other = await createPerson();
    const { username, token } = await createPerson();
    const [theirs, mine] = [await versionOf(other.token), await versionOf(token)];
    expect(theirs.split('-')[0]).toBe(mine.split('-')[0]);
    const response = await submitAs(token, '/me/profile', { version: theirs, ...PROFILE });
    expect(response.status).toBe(412);
    const html = await response.text();
    expect(html).toContain('filled in for another account');
    expect(html).toContain('value="Ada King"');
    expect(await ownOf(token)).toMatchObject({ username, displayName: 'Ada Lovelace' });
  });

  test('makes no code for another account than the one it was filled in for', async () => {
    const [other, { token }] = [await createPerson(), await createPerson()];
    const version = await versionOf(other.token);
    const response = await submitAs(token, '/me/offline-pass', { version, hours: '8' });
    expect(response.status).toBe(412);
    expect(await response.text()).toContain('filled in for another account');
  });

  test('says the older version where something was saved between the readings of profile and cards', async () => {
    const { token } = await createPerson();
    const version = await versionOf(token);
    const gate = await neon.gate({ at: 'request', match: "'defaultCardId'" });
    const reading = askAs(token, 'GET', '/me');
    await neon.held(gate, 1);
    expect((await askAs(token, 'POST', '/api/cards', { title: 'Meanwhile', linkIds: [] })).status).toBe(201);
    await neon.release(gate);
    const html = await (await reading).text();
    expect(html).not.toContain('Meanwhile');
    expect(html).toContain(`name="version" value="${version}"`);
  });

  test('shows what else was chosen meanwhile too: look and colour', async () => {
    const { username, token } = await createPerson();
    const version = await versionOf(token);
    await submit(token, '/me/profile', { username, ...PROFILE, theme: 'terminal' });
    const html = await (await submitAs(token, '/me/profile', { version, username, ...PROFILE })).text();
    expect(html.replace(/<[^>]+>/g, '')).toContain('Saved now: “AaTerminal”.');
    expect(html.match(/Saved now:/g)).toHaveLength(1);
  });

  test('is never so long that only the length of the request is refused', async () => {
    const { username, token } = await createPerson();
    const bio = 'long '.repeat(3_000);
    const response = await submit(token, '/me/profile', { username, ...PROFILE, bio });
    expect(response.status).toBe(400);
    const html = await response.text();
    expect(partOf(html, 'edit-profile-bio-about')).toMatch(/^[^/]*class="wrong">Use at most 300 characters/);
    expect(html).toContain(`${bio}</textarea>`);
    // A page is not made of as much as anybody sends.
    const endless = await submit(token, '/me/profile', { username, ...PROFILE, bio: bio.repeat(2) });
    expect(endless.status).toBe(413);
    expect(await endless.text()).toContain('The Back button of your browser leads to what you filled in.');
  });

  test('is read only in UTF-8, and a form has a hundred fields at the most', async () => {
    const { token } = await createPerson();
    const version = await versionOf(token);
    const send = (body: BodyInit, type = 'application/x-www-form-urlencoded') =>
      ask('/me/profile', {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': type },
        body,
        redirect: 'manual',
      });
    const multipart = 'multipart/form-data; boundary=x';
    const part = (name: string, bytes: number[]) =>
      new Uint8Array([
        ...new TextEncoder().encode(`--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
        ...bytes,
        ...new TextEncoder().encode('\r\n--x--\r\n'),
      ]);
    for (const answer of [
      await send('role=K%E4se'),
      await send(new Uint8Array([...new TextEncoder().encode('role=K'), 0xe4])),
      await send('role%E4=x'),
      await send(part('role', [0x4b, 0xe4]), multipart),
    ])
      expect([answer.status, (await answer.json<{ detail: string }>()).detail]).toEqual([
        400,
        'The body is not encoded in UTF-8.',
      ]);
    const ofAnotherCharset = 'application/x-www-form-urlencoded; charset=windows-1252';
    expect((await send('role=x', ofAnotherCharset)).status).toBe(415);
    expect((await send(part('role', [0x4b]), `${multipart}; charset=iso-8859-1`)).status).toBe(415);
    expect((await send('a=b&'.repeat(101))).status).toBe(413);
    expect((await send('--x\r\n\r\n'.repeat(102), multipart)).status).toBe(413);
    expect(await ownOf(token)).toMatchObject({ displayName: 'Ada Lovelace', role: null });
    // A percent sign that encodes nothing, and a replacement character that somebody wrote.
    const written = new URLSearchParams({ version, role: '100 % \ufffd' }).toString().replace('%25', '%');
    expect((await send(written)).status).toBe(303);
    expect(await ownOf(token)).toMatchObject({ role: '100 % \ufffd' });
  });

  test('that was refused is in sight without a script: the reason has the focus', async () => {
    const { username, token } = await createPerson();
    const response = await submit(token, '/me/profile', { ...PROFILE, username, displayName: '' });
    const html = await response.text();
    expect(html.match(/ autofocus/g)).toHaveLength(1);
    expect(html).toMatch(/<p class="wrong" role="alert" tabindex="-1" autofocus(="")?>Not saved yet\./);
    expect(html).toContain('<title>Not saved yet – Your card</title>');
  });

  test('says when not everybody sees it yet', async () => {
    const { username, token } = await createPerson();
    await upstash.fault({ kind: 'status' });
    const response = await submit(token, '/me/profile', { username, ...PROFILE });
    expect(seeOther(response)).toEqual([303, '/me?saved=profile&later#profile']);
    await upstash.clear();
    expect(await (await askAs(token, 'GET', '/me?saved=profile&later')).text()).toContain('five minutes');
  });
});

describe('links', () => {
  test.each([
    [
      { address: 'https://www.linkedin.com/in/ada-l/', platform: '' },
      ['linkedin', 'ada-l', 'https://www.linkedin.com/in/ada-l'],
    ],
    [
      { address: '@ada@hachyderm.io', platform: '' },
      ['mastodon', 'ada@hachyderm.io', 'https://hachyderm.io/@ada'],
    ],
    [{ address: 'ada', platform: 'gitlab' }, ['gitlab', 'ada', 'https://gitlab.com/ada']],
    [
      { address: 'https://talks.example.org/', platform: '', label: 'My talks' },
      ['custom', 'My talks', 'https://talks.example.org/'],
    ],
  ])('%j is added', async (fields, link) => {
    const { token } = await createPerson();
    expect(seeOther(await submit(token, '/me/links', fields))).toEqual([303, '/me?saved=links#links']);
    const { platform, username, url } = (await ownOf(token)).platformLinks.at(-1) ?? {};
    expect([platform, username, url]).toEqual(link);
  });

  test.each([
    [{ address: 'ada', platform: '' }, 'platform', 'Choose where this is'],
    [{ address: '', platform: '' }, 'address', 'Fill this in.'],
    [{ address: 'not a handle', platform: 'github' }, 'address', 'A handle at GitHub has'],
    [{ address: 'http://localhost/', platform: 'custom' }, 'address', 'public host name'],
    [{ address: 'http://talks.example.org/2026', platform: 'custom' }, 'address', 'https://'],
    [
      { address: 'https://evil.example/', platform: 'custom', label: 'bank.example/login' },
      'label',
      'another host',
    ],
  ])('%j is refused beside its field', async (fields, field, message) => {
    const { token } = await createPerson();
    const response = await submit(token, '/me/links', fields);
    expect(response.status).toBe(400);
    const html = await response.text();
    expect(partOf(html, `new-link-${field}-about`).slice(0, 300)).toContain(message);
    expect(/<input id="new-link-address"[^>]*>/.exec(html)?.[0]).toContain(`value="${fields.address}"`);
    expect((await ownOf(token)).platformLinks).toHaveLength(2);
  });

  test('of a bare http:// site are saved with https://, and it is said', async () => {
    const { token } = await createPerson();
    const response = await submit(token, '/me/links', { address: 'http://talks.example.org', platform: '' });
    expect(seeOther(response)).toEqual([303, '/me?saved=links&https#links']);
    expect((await ownOf(token)).platformLinks.at(-1)).toMatchObject({ url: 'https://talks.example.org/' });
    const html = await (await askAs(token, 'GET', '/me?saved=links&https')).text();
    expect(html).toContain('The address begins with https:// now.');
  });

  test('that are there already are noticed, and added again only on purpose', async () => {
    const { token } = await createPerson();
    await submit(token, '/me/links', { address: 'https://talks.example.org/2026', platform: '' });
    const before = (await ownOf(token)).platformLinks.length;
    for (const address of ['https://WWW.talks.example.org/2026/', 'talks.example.org/2026']) {
      const response = await submit(token, '/me/links', { address, platform: '' });
      expect(response.status).toBe(400);
      const html = await response.text();
      expect(partOf(html, 'new-link-address-about')).toContain('You have this link already.');
      expect(html).toContain('<button type="submit" name="again" value="yes">');
    }
    expect((await ownOf(token)).platformLinks).toHaveLength(before);
    await submit(token, '/me/links', { address: 'talks.example.org/2026', platform: '', again: 'yes' });
    expect((await ownOf(token)).platformLinks).toHaveLength(before + 1);
  });

  test.each([
    ['https://gitlab.com/ada', 'gitlab', 'GitLab', { platform: 'gitlab', username: 'ada' }],
    ['https://github.com/ada/engine', 'custom', 'Custom link', { url: 'https://github.com/ada/engine' }],
  ])('of GitHub with %s offer to be %s', async (address, instead, name, saved) => {
    const { token } = await createPerson();
    const [link] = (await ownOf(token)).platformLinks;
    const response = await submit(token, `/me/links/${link?.id}`, { address, platform: 'github' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(
      `<button type="submit" name="instead" value="${instead}">Save it as ${name}</button>`,
    );
    await submit(token, `/me/links/${link?.id}`, { address, platform: 'github', instead });
    expect((await ownOf(token)).platformLinks[0]).toMatchObject({ platform: instead, ...saved });
  });

  test('without a label are headed by their host', async () => {
    const { token } = await createPerson();
    for (const address of ['https://one.example/', 'https://two.example/a', 'https://two.example/b'])
      await submit(token, '/me/links', { address, platform: '' });
    const html = await (await askAs(token, 'GET', '/me')).text();
    for (const heading of ['one.example', 'two.example/a', 'two.example/b'])
      expect(html).toContain(`<b dir="auto">${heading}</b>`);
    expect(html).not.toContain('<b dir="auto">Custom link</b>');
  });

  test('are changed and removed', async () => {
    const { token } = await createPerson();
    const [npm, github] = (await ownOf(token)).platformLinks;
    await submit(token, `/me/links/${npm?.id}`, { address: 'countess', platform: 'npm' });
    await submit(token, `/me/links/${github?.id}/remove`);
    expect((await ownOf(token)).platformLinks).toMatchObject([{ id: npm?.id, username: 'countess' }]);
  });

  test('that were removed meanwhile leave what was typed where a new one is made', async () => {
    const { token } = await createPerson();
    const [npm] = (await ownOf(token)).platformLinks;
    await askAs(token, 'DELETE', `/api/profiles/me/links/${npm?.id}`);
    const response = await submit(token, `/me/links/${npm?.id}`, { address: 'countess', platform: 'npm' });
    expect(response.status).toBe(404);
    const html = partOf(await response.text(), 'new-link');
    expect(html).toContain('removed in the meantime');
    expect(/<input id="new-link-address"[^>]*>/.exec(html)?.[0]).toContain('value="countess"');
  });

  test.each(['link', 'card'])(
    'a %s that another tab removed does not take along what was typed',
    async (kind) => {
      const { token } = await createPerson();
      await submit(token, '/me/cards', { title: 'One', visibility: 'PUBLIC' });
      await submit(token, '/me/cards', { title: 'Two', visibility: 'PUBLIC' });
      const things = { link: (await ownOf(token)).platformLinks, card: await cardsOf(token) }[kind];
      const path = `/me/${kind}s/${things?.[0]?.id}`;
      const version = await versionOf(token);
      await submitAs(token, `${path}/remove`, { version });
      const typed = { address: 'countess', platform: 'npm', title: 'countess', visibility: 'PUBLIC' };
      const response = await submitAs(token, path, { version, ...typed });
      expect(response.status).toBe(412);
      const html = partOf(await response.text(), `new-${kind}`);
      expect(html).toContain('changed in the meantime');
      expect(/<input id="new-(link-address|card-title)"[^>]*>/.exec(html)?.[0]).toContain('value="countess"');
    },
  );

  test('move one place up or down, or into any order', async () => {
    const { token } = await createPerson();
    await submit(token, '/me/links', { address: 'https://gitlab.com/ada', platform: '' });
    const [a, b, c] = (await ownOf(token)).platformLinks.map(({ id }) => id) as [string, string, string];
    const order = async () => (await ownOf(token)).platformLinks.map(({ id }) => id);
    await submit(token, '/me/links/order', { order: [a, b, c], down: a });
    expect(await order()).toEqual([b, a, c]);
    await submit(token, '/me/links/order', { order: [b, a, c], up: c });
    expect(await order()).toEqual([b, c, a]);
    await submit(token, '/me/links/order', { order: [a, b, c] });
    expect(await order()).toEqual([a, b, c]);
    await submit(token, '/me/links/order', { order: [a, b, c], up: a });
    expect(await order()).toEqual([a, b, c]);
  });

  test('in an order that lacks one: the others stay in theirs', async () => {
    const { token } = await createPerson();
    const [a, b] = (await ownOf(token)).platformLinks.map(({ id }) => id) as [string, string];
    const response = await submit(token, '/me/links/order', { order: [b] });
    expect(response.status).toBe(303);
    expect((await ownOf(token)).platformLinks.map(({ id }) => id)).toEqual([b, a]);
  });
});

describe('cards', () => {
  test('are made, changed, made the usual one and removed', async () => {
    const { token } = await createPerson();
    const [npm, github] = (await ownOf(token)).platformLinks.map(({ id }) => id) as [string, string];
    const made = await submit(token, '/me/cards', {
      title: 'Conference',
      description: '',
      visibility: 'UNLISTED',
      linkIds: [github, npm],
    });
    expect(seeOther(made)).toEqual([303, '/me?saved=cards#cards']);
    await submit(token, '/me/cards', { title: 'Work', description: '', visibility: 'PUBLIC' });
    const [first, second] = (await cardsOf(token)) as [Card, Card];
    expect(first).toMatchObject({
      title: 'Conference',
      visibility: 'UNLISTED',
      isDefault: true,
      description: null,
    });
    expect(first.links.map(({ id }) => id)).toEqual([github, npm]);
    expect(second.links).toEqual([]);

    await submit(token, `/me/cards/${second.id}/default`);
    await submit(token, `/me/cards/${first.id}`, {
      title: 'Meetup',
      description: 'In town',
      visibility: 'PUBLIC',
      linkIds: npm,
    });
    expect(await cardsOf(token)).toMatchObject([
      { title: 'Meetup', description: 'In town', isDefault: false, links: [{ id: npm }] },
      { title: 'Work', isDefault: true },
    ]);
    await submit(token, `/me/cards/${first.id}/remove`);
    expect(await cardsOf(token)).toMatchObject([{ title: 'Work' }]);
    const last = await submit(token, `/me/cards/${second.id}/remove`);
    expect(last.status).toBe(400);
    expect(await last.text()).toContain('The last card stays');
  });

  test('with mistakes keep what was typed and chosen', async () => {
    const { token } = await createPerson();
    const [npm] = (await ownOf(token)).platformLinks;
    const response = await submit(token, '/me/cards', {
      title: '',
      description: 'Kept',
      visibility: 'PRIVATE',
      linkIds: npm?.id ?? '',
    });
    expect(response.status).toBe(400);
    const html = partOf(await response.text(), 'new-card');
    expect(html).toContain('Kept</textarea>');
    expect(html).toMatch(/value="PRIVATE" checked/);
    expect(html).toMatch(new RegExp(`value="${npm?.id}" checked`));
    expect(html.match(/type="checkbox"[^>]* checked/g)).toHaveLength(1);
    expect(await cardsOf(token)).toEqual([]);
  });
});

describe('a look before saving', () => {
  const preview = async (
    token: string,
    query: Record<string, string>,
    headers: Record<string, string> = {},
  ) =>
    ask(`/me/preview?${new URLSearchParams(query)}`, {
      headers: { Authorization: `Bearer ${token}`, ...headers },
    });

  test('shows what is typed as everybody would see it, and saves nothing', async () => {
    const { token } = await createPerson();
    const response = await preview(token, {
      displayName: '<b>Ada</b>',
      theme: 'terminal',
      accentColor: '#ff0000',
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'self'");
    const html = await response.text();
    expect(html).toContain('&lt;b&gt;Ada&lt;/b&gt;');
    expect(html).toContain('data-theme="terminal"');
    expect(html).toContain('GitHub');
    expect(await ownOf(token)).toMatchObject({ displayName: 'Ada Lovelace', theme: 'classic' });
  });

  test('leaves out what could not be saved', async () => {
    const { username, token } = await createPerson();
    const html = await (
      await preview(token, { displayName: '', username: 'no good', role: 'Countess' })
    ).text();
    expect(html).toContain('Ada Lovelace');
    expect(html).toContain(`@${username}`);
    expect(html).toContain('Countess');
  });

  test('is not for addresses that come from elsewhere', async () => {
    const { token } = await createPerson();
    const response = await ask('/me/preview?displayName=Mallory', {
      headers: { Cookie: `__Host-devcard=${token}`, 'Sec-Fetch-Site': 'cross-site' },
    });
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain('Mallory');
  });
});

describe('a code to hold up', () => {
  const drawn = (address: string) =>
    darkRuns(qrCode([{ mode: 'byte', text: `${env.PUBLIC_ORIGIN}${address}?source=qr` }], 'M'));

  test('says the address of the profile or of a card, and where the scan comes from', async () => {
    const { username, token } = await createPerson();
    expect(await (await askAs(token, 'GET', '/me/code')).text()).toContain(drawn(`/u/${username}`));
    await submit(token, '/me/cards', { title: 'Conference', description: '', visibility: 'UNLISTED' });
    const [card] = await cardsOf(token);
    const page = await (await askAs(token, 'GET', `/me/code?card=${card?.id}`)).text();
    expect(page).toContain(drawn(`/u/${username}/card/${card?.id}`));
    expect(page).toContain('Conference – Ada Lovelace');
  });

  test('is not there for a private card, which nobody could open', async () => {
    const { token } = await createPerson();
    await submit(token, '/me/cards', { title: 'Secret', description: '', visibility: 'PRIVATE' });
    const [card] = await cardsOf(token);
    expect((await askAs(token, 'GET', `/me/code?card=${card?.id}`)).status).toBe(404);
  });

  test('for places without a network says until when it counts, and can be revoked', async () => {
    vi.setSystemTime(Date.UTC(2027, 0, 15, 12));
    const { id, token } = await createPerson();
    const response = await submit(token, '/me/offline-pass', { hours: '8' });
    expect(response.status).toBe(201);
    const html = await response.text();
    expect(html).toContain('datetime="2027-01-15T20:00:00.000Z"');
    expect(html).toContain('<svg');
    expect(seeOther(await submit(token, '/me/offline-pass/revoke'))).toEqual([
      303,
      '/me?saved=offline#offline',
    ]);
    const [row] = await sql('SELECT pass_epoch FROM users WHERE id = $1', [id]);
    expect(row).toEqual({ pass_epoch: 1 });
    for (const hours of ['0', '169', 'x', ''])
      expect((await submit(token, '/me/offline-pass', { hours })).status).toBe(400);
  });
});

describe('taking along and leaving', () => {
  async function upload(token: string, content: string | Uint8Array<ArrayBuffer>): Promise<Response> {
    const body = new FormData();
    body.set('version', await versionOf(token));
    body.set('file', new File([content], 'devcard.json', { type: 'application/json' }));
    return ask('/me/import', {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, Accept: 'text/html' },
      body,
      redirect: 'manual',
    });
  }

  test('a file that was taken along is brought back', async () => {
    const { username, token } = await createPerson();
    const file = await (await askAs(token, 'GET', '/api/profiles/me/export')).text();
    await submit(token, '/me/profile', { username, ...PROFILE });
    expect(seeOther(await upload(token, file))).toEqual([303, '/me?saved=account#account']);
    expect(await ownOf(token)).toMatchObject({ displayName: 'Ada Lovelace', theme: 'classic' });
  });

  test.each([
    ['no JSON', 'This is not a file that was downloaded here.'],
    ['{"format":"other"}', 'This is no export of a DevCard.'],
  ])('%s is refused', async (content, message) => {
    const { token } = await createPerson();
    const response = await upload(token, content);
    expect(response.status).toBe(400);
    expect(partOf(await response.text(), 'import')).toContain(message);
    expect(await ownOf(token)).toMatchObject({ displayName: 'Ada Lovelace' });
  });

  test('a file may be larger than other forms, but not endless', async () => {
    const { token } = await createPerson();
    const file = await (await askAs(token, 'GET', '/api/profiles/me/export')).json<object>();
    expect((await upload(token, JSON.stringify({ ...file, more: 'x'.repeat(100_000) }))).status).toBe(303);
    const refused = await upload(token, 'x'.repeat(9_000_000));
    expect(refused.status).toBe(413);
    expect(await refused.text()).toContain('choose a smaller file');
    const cp1252 = Uint8Array.from('{"profile":"Käse"}', (letter) => letter.charCodeAt(0));
    const undecodable = await upload(token, cp1252);
    expect(undecodable.status).toBe(400);
    expect(partOf(await undecodable.text(), 'import')).toContain('The file is not encoded in UTF-8.');
  });

  test('a file that arrives too late for the session is still where it was chosen', async () => {
    const response = await upload((await createPerson()).token.replace(/.$/, '~'), '{}');
    expect(response.status).toBe(401);
    const html = await response.text();
    expect(html).toContain('The Back button of your browser leads to what you filled in.');
    expect(html).not.toContain('Send it again');
  });

  test('what is too large is not read only to be shown again', async () => {
    const { token } = await createPerson();
    const response = await submit(token, '/me/profile', { bio: 'secret'.repeat(200_000) });
    expect(response.status).toBe(413);
    const html = await response.text();
    expect(html).toContain('too much at once');
    expect(html).not.toContain('secret');
  });

  test('leaving wants the name, and then everything is gone', async () => {
    const { username, token } = await createPerson();
    const refused = await submit(token, '/me/remove', { username: 'somebody' });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('Type your username to confirm.');
    const response = await submit(token, '/me/remove', { username });
    expect(seeOther(response)).toEqual([303, '/']);
    expect(response.headers.get('Set-Cookie')).toMatch(/^__Host-devcard=; Max-Age=0/);
    expect((await ask(`/api/public/${username}`)).status).toBe(404);
  });
});

describe('what was typed is not lost', () => {
  const typed = { displayName: 'Typed "with" <care>', bio: 'Two\nlines' };

  async function expectKept(response: Response, status: number, reason: string) {
    expect(response.status).toBe(status);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    const html = await response.text();
    expect(html).toContain(reason);
    expect(html).toContain('<form method="post" action="/me/profile"');
    expect(html).toContain('value="Typed &quot;with&quot; &lt;care&gt;"');
    expect(html).toContain('value="Two\nlines"');
  }

  test('when the database does not answer', async () => {
    const { token } = await createPerson();
    const version = await versionOf(token);
    await neon.fault({ kind: 'status' });
    const response = await submitAs(token, '/me/profile', { version, ...typed });
    await expectKept(response, 503, 'The database cannot be reached right now');
    await neon.clear();
    expect((await submitAs(token, '/me/profile', { version, ...typed })).status).toBe(303);
  });

  test('when the session has ended', async () => {
    const { id, token } = await createPerson();
    const version = await versionOf(token);
    await sql('UPDATE users SET session_epoch = 1 WHERE id = $1', [id]);
    const response = await submitAs(token, '/me/profile', { version, ...typed });
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="devcard", error="invalid_token"');
    await expectKept(response, 401, 'Sign in first');
  });

  test('but another site’s form is not shown', async () => {
    const { token } = await createPerson();
    const response = await ask('/me/profile', {
      method: 'POST',
      headers: { Cookie: `__Host-devcard=${token}`, 'Sec-Fetch-Site': 'cross-site', Accept: 'text/html' },
      body: new URLSearchParams(typed),
    });
    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain('Typed');
    // Without the cookie, as browsers send it (SameSite=Lax).
    const anonymous = await ask('/me/profile', {
      method: 'POST',
      headers: { 'Sec-Fetch-Site': 'cross-site', Accept: 'text/html' },
      body: new URLSearchParams(typed),
    });
    expect(anonymous.status).toBe(401);
    expect(await anonymous.text()).not.toContain('Typed');
    expect(await ownOf(token)).toMatchObject({ displayName: 'Ada Lovelace' });
  });
});

test('what is no form is malformed, and hostile names of fields are only names', async () => {
  const { token } = await createPerson();
  expect((await askAs(token, 'POST', '/me/profile', {})).status).toBe(400);
  const response = await submit(token, '/me/profile', {
    __proto__2: 'x',
    constructor: 'x',
    displayName: 'Kept',
  });
  expect(response.status).toBe(303);
});

test('hostile texts are inert in every form', async () => {
  const hostile = '"><script>alert(1)</script>';
  const { token } = await createPerson();
  await submit(token, '/me/profile', { displayName: hostile, bio: hostile, role: hostile });
  await submit(token, '/me/links', { address: 'https://example.org/', platform: 'custom', label: hostile });
  await submit(token, '/me/cards', { title: hostile, description: hostile, visibility: 'PUBLIC' });
  const { displayName, platformLinks } = await ownOf(token);
  expect([displayName, platformLinks.at(-1)?.username]).toEqual([hostile, hostile]);
  for (const path of ['/me', '/me/code', '/me/preview'])
    expect(await (await askAs(token, 'GET', path)).text()).not.toContain('<script>alert');
});
