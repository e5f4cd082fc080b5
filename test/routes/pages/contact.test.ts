/** Visitors leave their details, and owners have them: consent, bounds, sealing, exports, deletion. Through the front door. */
import { env } from 'cloudflare:workers';
import { parse } from 'csv-parse/browser/esm/sync';
import ICAL from 'ical.js';
import VCard from 'vcf';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ContactPage } from '../../../src/domain/contacts/contact.ts';
import { DAILY_CRON } from '../../../src/settings.ts';
import {
  ask,
  askAs,
  atOnce,
  createPerson,
  type Fields,
  freshName,
  passSeconds,
  stopClock,
  submitAs,
} from '../../harness/fixtures.ts';
import { startIsolate } from '../../harness/isolate.ts';
import { runCron } from '../../harness/visitors.ts';
import { neon, redis, sql, startClean } from '../../harness/worker.ts';

const DAY_SECONDS = 86_400;
const BOB = { name: 'Bob', reach: 'bob@example.org', place: 'DevConf', note: 'Wants the slides' };

type Ask = typeof ask;

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** An owner whose form is on. */
async function createOpen(contactDays = 365) {
  const person = await createPerson();
  const settings = { contactsOpen: true, contactDays };
  expect((await askAs(person.token, 'PUT', '/api/profiles/me', settings)).status).toBe(200);
  return person;
}

/** What the form on a page carries unseen. */
async function stampOn(path: string, by: Ask = ask): Promise<string> {
  const html = await (await by(path)).text();
  return /name="form" value="([^"]+)"/.exec(html)?.[1] ?? '';
}

interface Sending {
  by?: Ask;
  headers?: Record<string, string>;
}

function send(username: string, fields: Fields, { by = ask, headers }: Sending = {}): Promise<Response> {
  return by(`/u/${username}/contact`, {
    method: 'POST',
    headers: { Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin', ...headers },
    body: new URLSearchParams(fields as Record<string, string>),
    redirect: 'manual',
  });
}

/** Fills in the form as a person does. */
async function leave(username: string, fields: Fields = BOB, sending: Sending = {}): Promise<Response> {
  const form = await stampOn(`/u/${username}`, sending.by);
  passSeconds(5);
  return send(username, { form, website: '', ...fields }, sending);
}

const pageOf = async (token: string, query = '') =>
  (await askAs(token, 'GET', `/api/contacts${query}`)).json<ContactPage>();

const rows = () => sql('SELECT * FROM contacts');

async function gzipSize(text: string): Promise<number> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

describe('the form', () => {
  test('is off at first, and then the page is what it was; it adds at most 1 KB', async () => {
    const { username, token } = await createPerson();
    const before = await (await ask(`/u/${username}`)).text();
    expect(before).not.toContain('<form');
    await askAs(token, 'PUT', '/api/profiles/me', { contactsOpen: true });
    for (const language of ['en', 'de', 'es', 'fr', 'ja', 'ar']) {
      const headers = { 'Accept-Language': language };
      const response = await ask(`/u/${username}`, { headers });
      const html = await response.text();
      expect(html).toContain(`action="/u/${username}/contact"`);
      expect(response.headers.get('Content-Security-Policy')).toContain("form-action 'self'");
      expect(response.headers.get('ETag')).toMatch(/^W\/"/);
      expect(response.headers.get('Set-Cookie')).toBeNull();
      await askAs(token, 'PUT', '/api/profiles/me', { contactsOpen: false });
      const off = await (await ask(`/u/${username}`, { headers })).text();
      if (language === 'en')
        expect(off.replace(/\?v=[\w%.-]+/g, '')).toBe(before.replace(/\?v=[\w%.-]+/g, ''));
      await askAs(token, 'PUT', '/api/profiles/me', { contactsOpen: true });
      expect((await gzipSize(html)) - (await gzipSize(off))).toBeLessThanOrEqual(1024);
    }
  });

  test('says who keeps the details and how long, has six fields at most, and knows the card', async () => {
    const { id, username } = await createOpen(90);
    const [card] = await sql<{ id: string }>(
      `INSERT INTO cards (user_id, title) VALUES ($1, 'DevConf "26"') RETURNING id`,
      [id],
    );
    const html = await (await ask(`/u/${username}/card/${card?.id}`)).text();
    expect(html).toContain(
      'Ada Lovelace sees this and keeps it for at most 90 days. By sending it you agree.',
    );
    expect(html).toMatch(/name="place"[^>]* value="DevConf &quot;26&quot;"/);
    expect(html.match(/<(?:input|textarea|select) [^>]*name=/g)).toHaveLength(6);
    const german = await ask(`/u/${username}`, { headers: { 'Accept-Language': 'de' } });
    expect(await german.text()).toContain('Ada Lovelace sieht das und behält es höchstens 90 Tage.');
  });

  test('leaves details in one batch, which the owner reads', async () => {
    const { username, token } = await createOpen();
    const form = await stampOn(`/u/${username}`);
    passSeconds(5);
    await neon.reset();
    const response = await send(username, { form, ...BOB });
    expect(await neon.count()).toBe(1);
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([201, 'no-store']);
    expect(await response.text()).toContain('Ada Lovelace has your details');
    const now = Date.now();
    expect(await pageOf(token)).toEqual({
      data: [
        {
          id: expect.any(String),
          createdAt: new Date(now).toISOString(),
          keptUntil: new Date(now + 365 * DAY_SECONDS * 1000).toISOString(),
          name: 'Bob',
          reach: { platform: 'email', username: 'bob@example.org', url: 'mailto:bob@example.org' },
          place: 'DevConf',
          note: 'Wants the slides',
        },
      ],
      meta: { total: 1, limit: 50, nextCursor: null },
    });
  });

  test.each([
    ['+49 151 2345678', 'phone', 'tel:+491512345678'],
    ['https://bob.example/me?a=1', 'custom', 'https://bob.example/me?a=1'],
    ['github.com/bob', 'github', 'https://github.com/bob'],
    ['@bob@mastodon.social', 'mastodon', 'https://mastodon.social/@bob'],
  ])('takes %s as %s', async (reach, platform, url) => {
    const { username, token } = await createOpen();
    expect((await leave(username, { ...BOB, reach })).status).toBe(201);
    expect((await pageOf(token)).data[0]?.reach).toMatchObject({ platform, url });
  });

  test.each<[string, Fields, string]>([
    ['no name', { name: ' ' }, 'Fill this in.'],
    ['no way back', { reach: '' }, 'Fill this in.'],
    ['a script for a way back', { reach: 'javascript:alert(1)' }, 'Write an email address'],
    ['a handle of nowhere', { reach: 'bob' }, 'Write an email address'],
    ['a password in an address', { reach: 'https://a:b@bob.example/' }, 'Write an email address'],
    ['a long name', { name: 'x'.repeat(101) }, 'This is too long.'],
    ['a long note', { note: 'x'.repeat(501) }, 'This is too long.'],
    ['a turned name', { name: 'Bob\u202e' + 'x' }, 'This has characters that have no place here.'],
  ])('refuses %s, and keeps what was typed', async (_, fields, said) => {
    const { username } = await createOpen();
    const response = await leave(username, { ...BOB, ...fields });
    expect(response.status).toBe(400);
    const html = await response.text();
    expect(html).toContain(said);
    expect(html).toContain('Nothing was sent yet.');
    expect(html).toContain('DevConf');
    expect(await rows()).toEqual([]);
  });

  test('shows what was typed as text', async () => {
    const { username, token } = await createOpen();
    const evil = '"><script>alert(1)</script>';
    const html = await (await leave(username, { ...BOB, name: evil, reach: 'bob' })).text();
    expect(html).not.toContain('<script>alert');
    await leave(username, { name: evil, reach: 'https://evil.example/"onclick="x', note: evil, place: evil });
    const page = await (await askAs(token, 'GET', '/me/contacts')).text();
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('"onclick=');
    // Nothing leads there before its reader has opened it.
    expect(page).toMatch(/<details><summary dir="ltr">https:\/\/evil\.example\/%22onclick=%22x<\/summary>/);
  });

  test('that comes back at once, or without its stamp, asks again; the second time it is sent', async () => {
    const { username, token } = await createOpen();
    const other = await createOpen();
    const form = await stampOn(`/u/${username}`);
    passSeconds(2);
    const again = await send(username, { form, ...BOB });
    expect(again.status).toBe(400);
    expect(await again.text()).toContain('Please check this and send it again.');
    const bad = [await stampOn(`/u/${other.username}`), form.replace(/^\d+/, '999'), '', `${form}x`];
    passSeconds(60);
    for (const form of bad) expect((await send(username, { form, ...BOB })).status).toBe(400);
    expect(await rows()).toEqual([]);
    expect((await send(username, { form, ...BOB })).status).toBe(201);
    expect((await pageOf(token)).meta.total).toBe(1);
    passSeconds(DAY_SECONDS);
    expect((await send(username, { form, ...BOB })).status).toBe(400);
  });

  test('keeps nothing of a program that fills in every field, and tells it nothing', async () => {
    const { username } = await createOpen();
    const response = await leave(username, { ...BOB, website: 'https://spam.example' });
    expect(response.status).toBe(201);
    expect(await rows()).toEqual([]);
  });

  test('comes from our own pages alone', async () => {
    const { username, token } = await createOpen();
    const foreign = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await leave(username, BOB, { headers: foreign })).status).toBe(403);
    const cookie = { ...foreign, Cookie: `__Host-devcard=${token}` };
    expect((await send(username, { card: '1' }, { headers: cookie })).status).toBe(403);
    for (const path of ['/me/contacts/remove', '/me/contacts'])
      expect((await ask(path, { method: 'POST', headers: cookie })).status).toBe(403);
    expect((await ask('/api/contacts', { method: 'DELETE', headers: cookie })).status).toBe(403);
    expect(await rows()).toEqual([]);
  });

  test('is gone when its owner has switched it off, whatever page a visitor still has', async () => {
    const { username, token } = await createOpen();
    const form = await stampOn(`/u/${username}`);
    // Another isolate still has the record of before.
    const { ask: elsewhere } = startIsolate();
    await elsewhere(`/u/${username}`);
    await askAs(token, 'PUT', '/api/profiles/me', { contactsOpen: false });
    passSeconds(4);
    for (const by of [ask, elsewhere]) {
      const response = await send(username, { form, ...BOB }, { by });
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('Ada Lovelace takes no details right now');
    }
    expect(await rows()).toEqual([]);
  });

  test('of an old name leads on with what was typed', async () => {
    const { username, token } = await createOpen();
    const newName = freshName();
    await askAs(token, 'PUT', '/api/profiles/me', { username: newName });
    const response = await send(username, BOB);
    expect([response.status, response.headers.get('Location')]).toEqual([308, `/u/${newName}/contact`]);
  });
});

describe('a visitor with a card here', () => {
  test('gives it with one tap', async () => {
    const { username, token } = await createOpen();
    const visitor = await createPerson();
    const form = await stampOn(`/u/${username}`);
    const headers = { Cookie: `__Host-devcard=${visitor.token}` };
    const response = await send(
      username,
      { form, name: '', reach: '', place: 'DevConf', card: '1' },
      { headers },
    );
    expect(response.status).toBe(201);
    const url = `${env.PUBLIC_ORIGIN}/u/${visitor.username}`;
    expect((await pageOf(token)).data[0]).toMatchObject({
      name: 'Ada Lovelace',
      reach: { platform: 'custom', username: url, url },
      place: 'DevConf',
      note: null,
    });
  });

  test('who is not signed in is led to the ways in, and back', async () => {
    const { username } = await createOpen();
    const gone = await createPerson();
    await sql('UPDATE users SET session_epoch = 1 WHERE id = $1', [gone.id]);
    for (const Cookie of ['', `__Host-devcard=${gone.token}`]) {
      const response = await send(username, { card: '1' }, { headers: { Cookie } });
      expect(response.status).toBe(401);
      expect(await rows()).toEqual([]);
    }
  });
});

describe('bounds', () => {
  test('by visitor', async () => {
    const { username } = await createOpen();
    const form = await stampOn(`/u/${username}`);
    passSeconds(5);
    const headers = { 'CF-Connecting-IP': '203.0.113.77' };
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++)
      statuses.push((await send(username, { form, ...BOB, note: String(i) }, { headers })).status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(10);
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  test.each([
    ['in a minute', 30, '0 s'],
    ['in a day', 500, '2 minutes'],
    ['altogether', 2_000, '2 days'],
  ])('by owner, %s: %i, however many come at once', async (_, count, age) => {
    const { id, username } = await createOpen();
    await sql(
      `INSERT INTO contacts (id, owner_id, created_at, expires_at, generation, sealed)
       SELECT gen_random_uuid(), $1, $3::timestamptz - $4::interval, $3::timestamptz + interval '9 days', 'x', 'x'
       FROM generate_series(1, $2::int)`,
      [id, count - 1, new Date().toISOString(), age],
    );
    const form = await stampOn(`/u/${username}`);
    passSeconds(5);
    const requests = ['a', 'b', 'c'].map((note) => () => send(username, { form, ...BOB, note }));
    const statuses = (await atOnce('INSERT INTO contacts', requests)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([201, 409, 409]);
    expect(await rows()).toHaveLength(count);
  });

  test('by size', async () => {
    const { username } = await createOpen();
    expect((await leave(username, { ...BOB, note: 'x'.repeat(9_000) })).status).toBe(413);
  });
});

describe('contacts of an owner', () => {
  test('come newest first, page by page, and are found by name, place and note', async () => {
    const { username, token } = await createOpen();
    const { username: other } = await createOpen();
    await leave(other);
    const people = ['Zoë', 'Bob', 'Bert', 'Al', 'Cy'];
    for (const name of people)
      await leave(username, { ...BOB, name, place: name === 'Al' ? 'Ghent' : 'DevConf' });
    const names = ({ data }: ContactPage) => data.map(({ name }) => name);
    const first = await pageOf(token, '?limit=2');
    expect([names(first), first.meta.total]).toEqual([['Cy', 'Al'], 5]);
    const second = await pageOf(token, `?limit=2&cursor=${first.meta.nextCursor}`);
    expect(names(second)).toEqual(['Bert', 'Bob']);
    const third = await pageOf(token, `?limit=2&cursor=${second.meta.nextCursor}`);
    expect([names(third), third.meta.nextCursor]).toEqual([['Zoë'], null]);
    expect(names(await pageOf(token, '?q=zoe'))).toEqual(['Zoë']);
    expect(names(await pageOf(token, '?q=ghent'))).toEqual(['Al']);
    expect(names(await pageOf(token, '?q=slides+DEVCONF&limit=3'))).toEqual(['Cy', 'Bert', 'Bob']);
    expect((await askAs(token, 'GET', '/api/contacts?cursor=x')).status).toBe(400);
    const page = await (await askAs(token, 'GET', '/me/contacts?q=ghent')).text();
    expect([page.includes('>Al</h2>'), page.includes('>Cy</h2>')]).toEqual([true, false]);
  });

  test('are deleted one by one and all at once, and only their owner’s', async () => {
    const { username, token } = await createOpen();
    const mallory = await createOpen();
    for (const note of ['a', 'b', 'c']) await leave(username, { ...BOB, note });
    const [{ id } = { id: '' }] = (await pageOf(token)).data;
    expect((await askAs(mallory.token, 'DELETE', `/api/contacts/${id}`)).status).toBe(404);
    expect((await askAs(mallory.token, 'DELETE', '/api/contacts')).status).toBe(204);
    expect(await rows()).toHaveLength(3);
    expect((await askAs(token, 'DELETE', `/api/contacts/${id}`)).status).toBe(204);
    expect((await askAs(token, 'DELETE', `/api/contacts/${id}`)).status).toBe(404);
    const removed = await submitAs(token, '/me/contacts/remove', {});
    expect([removed.status, removed.headers.get('Location')]).toEqual([303, '/me/contacts']);
    expect(await rows()).toEqual([]);
  });

  test('go when their time is over: what the visitor agreed to, or less where the owner wants less', async () => {
    const { username, token } = await createOpen(30);
    await leave(username, { ...BOB, name: 'Short' });
    await askAs(token, 'PUT', '/api/profiles/me', { contactDays: 365 });
    await leave(username, { ...BOB, name: 'Long' });
    passSeconds(31 * DAY_SECONDS);
    const session = await createSession(token);
    expect((await pageOf(session)).data.map(({ name }) => name)).toEqual(['Long']);
    expect(await rows()).toHaveLength(2);
    await runCron(DAILY_CRON);
    expect(await rows()).toHaveLength(1);
    await askAs(session, 'PUT', '/api/profiles/me', { contactDays: 7 });
    await runCron(DAILY_CRON);
    expect(await rows()).toEqual([]);
  });

  test('are in the export of the account, and go with it', async () => {
    const { username, token } = await createOpen();
    await leave(username);
    const exported = await (await askAs(token, 'GET', '/api/profiles/me/export')).json<{
      profile: object;
      contacts: { name: string }[];
    }>();
    expect(exported.contacts.map(({ name }) => name)).toEqual(['Bob']);
    expect(exported.profile).toMatchObject({ contactsOpen: true, contactDays: 365 });
    await askAs(token, 'DELETE', '/api/profiles/me', { username });
    expect([await rows(), await sql('SELECT * FROM contact_keys')]).toEqual([[], []]);
  });

  test('are in no cache, no log and no public answer', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const { username, token } = await createOpen();
    const secret = 'Xanthippe';
    await leave(username, { name: secret, reach: 'xanthippe@example.org', note: secret, place: secret });
    await pageOf(token);
    const answers = [`/u/${username}`, `/api/public/${username}`, `/u/${username}.vcf`].map(async (path) =>
      (await ask(path)).text(),
    );
    const keys = (await redis('KEYS', '*')) as string[];
    const stored = await Promise.all(keys.map((key) => redis('GET', key).catch(() => '')));
    const tables = await Promise.all([rows(), sql('SELECT * FROM contact_keys')]);
    const everything = JSON.stringify([await Promise.all(answers), stored, log.mock.calls, tables]);
    expect(everything).not.toMatch(/xanthippe/i);
  });
});

/** The clock has moved past the end of a session. */
async function createSession(token: string): Promise<string> {
  const { sub } = JSON.parse(atob((token.split('.')[1] as string).replaceAll('-', '+').replaceAll('_', '/')));
  const { ownerToken } = await import('../../harness/fixtures.ts');
  return ownerToken(sub);
}

describe('exports', () => {
  const EVIL = [
    '=HYPERLINK("https://evil.example")',
    '+1',
    '-2+3',
    '@SUM(A1)',
    '＝1',
    ' =1',
    'a;=1',
    'say "hi", Bob',
  ];

  test('as CSV no cell begins a formula, and every text is whole', async () => {
    const { username, token } = await createOpen();
    for (const name of EVIL)
      await leave(username, { ...BOB, name, reach: '+491512345678', note: `${name}\n=2` });
    const response = await askAs(token, 'GET', '/api/contacts/export.csv');
    expect(response.headers.get('Content-Disposition')).toBe('attachment; filename="devcard-contacts.csv"');
    const csv = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      await response.arrayBuffer(),
    );
    expect(
      csv.startsWith('\ufeff"received","name","email","phone","link","place","note","kept until"\r\n'),
    ).toBe(true);
    // Nor where a spreadsheet splits at other characters, or leaves quotes out of account.
    expect(csv).not.toMatch(/(?:^|[,;\t\n])["'\s]*(?<!')[=+\-@＝]/m);
    expect(csv).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    expect(csv).toContain('"tel:+491512345678"');
    const read = parse(csv, { bom: true, columns: true }) as { name: string; note: string }[];
    const texts = read.map(({ name, note }) => [name, note]);
    const guarded = [
      '\'=HYPERLINK("https://evil.example")',
      "'+1",
      "'-2+3",
      "'@SUM(A1)",
      "'＝1",
      "'=1",
      "a;'=1",
    ];
    expect(texts.toReversed()).toEqual([...guarded, 'say "hi", Bob'].map((name) => [name, `${name}\n'=2`]));
  });

  test('as vCards two parsers read everybody, whatever they are called', async () => {
    const { username, token } = await createOpen();
    const names = ['Ada; Countess, of\\Lovelace', 'Zoë', 'X\u00a0END:VCARD'];
    for (const name of names) await leave(username, { ...BOB, name, note: 'One\nEND:VCARD\nTEL:+1' });
    const response = await askAs(token, 'GET', '/api/contacts/export.vcf');
    expect(response.headers.get('Content-Type')).toBe('text/vcard; charset=utf-8');
    const text = await response.text();
    const cards = ICAL.parse(text) as [string, [string, object, string, unknown][]][];
    const lineOf = ([, lines]: (typeof cards)[number], name: string) =>
      String(lines.find(([each]) => each === name)?.[3]).replaceAll('\\;', ';');
    expect(cards.map((card) => lineOf(card, 'fn'))).toEqual(names.toReversed());
    expect(cards.map((card) => lineOf(card, 'note'))).toEqual(
      Array(3).fill('DevConf\nOne\nEND:VCARD\nTEL:+1'),
    );
    expect(cards.map((card) => lineOf(card, 'email'))).toEqual(Array(3).fill('bob@example.org'));
    expect(VCard.parse(text)).toHaveLength(3);
  });
});
