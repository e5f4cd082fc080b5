/** Addresses that were changed on their way lead to the page, as cacheable redirects; what is nobody's stays 404. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ask, askAs, createPerson, freshName, stopClock } from '../../harness/fixtures.ts';
import { startIsolate } from '../../harness/isolate.ts';
import { neon, sql, startClean } from '../../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

const get = (path: string, init?: RequestInit) => ask(path, { redirect: 'manual', ...init });
const ledTo = async (path: string) => {
  const { status, headers } = await get(path);
  return [status, headers.get('Location'), headers.get('Cache-Control')];
};
const redirect = (to: string) => [301, to, 'public, max-age=300'];

async function addCard(id: string): Promise<string> {
  const [card] = await sql<{ id: string }>(
    "INSERT INTO cards (user_id, title) VALUES ($1, 'Talk') RETURNING id",
    [id],
  );
  return (card as { id: string }).id;
}

test('what chats, mails and keyboards add to an address leads to the page', async () => {
  const { username } = await createPerson();
  const page = `/u/${username}`;
  for (const junk of [
    '/',
    '.',
    ',',
    ')',
    '%20',
    '%E2%80%8B',
    '&utm_source=mail',
    '__;!!N11eV2iwtfs!xyz$',
    '%22',
    ').',
    '…',
  ])
    expect([junk, ...(await ledTo(page + junk))]).toEqual([junk, ...redirect(page)]);
  for (const path of [
    `/u/@${username}`,
    `/U/${username}`,
    `/${username}`,
    `/@${username}`,
    `/u/${username.toUpperCase()}.`,
  ])
    expect([path, ...(await ledTo(path))]).toEqual([path, ...redirect(page)]);
  expect(await ledTo(`${page}.VCF`)).toEqual(redirect(`${page}.vcf`));
  expect(await ledTo(`/${username}?source=nfc`)).toEqual(redirect(`${page}?source=nfc`));
  expect((await get(`${page}.`, { method: 'HEAD' })).status).toBe(301);
  expect((await get(`${page}.`, { method: 'POST' })).status).toBe(405);
});

test('cards, by both of their addresses, and by the tag of the existing app', async () => {
  const { id, username } = await createPerson();
  const card = await addCard(id);
  const page = `/u/${username}/card/${card}`;
  for (const path of [`${page}/`, `${page}).`, `/U/${username}/card/${card}`, `/${username}?card=${card}`])
    expect([path, ...(await ledTo(path))]).toEqual([path, ...redirect(page)]);
  expect(await ledTo(`/devcard/${card}.`)).toEqual(redirect(`/devcard/${card}`));
  const other = crypto.randomUUID();
  for (const path of [`/u/${username}/card/${other}.`, `/${username}?card=${other}`])
    expect((await get(path)).status).toBe(404);
});

test('an offline code whose # was encoded on the way', async () => {
  expect(await ledTo('/q%23123456789')).toEqual(redirect('/q#123456789'));
});

test('an old name, at once to the newest', async () => {
  const { username, token } = await createPerson();
  const renamed = freshName();
  await askAs(token, 'PUT', '/api/profiles/me', { username: renamed });
  expect(await ledTo(`/u/${username}.`)).toEqual(redirect(`/u/${renamed}`));
  expect(await ledTo(`/${username}`)).toEqual(redirect(`/u/${renamed}`));
});

test('what is nobody’s stays 404, also as JSON, and pages of ours stay what they are', async () => {
  const { username } = await createPerson();
  for (const path of [
    '/u/nobody-here.',
    '/nobody-here',
    '/NOBODY-HERE/',
    `/u/${username}.json`,
    `/u/${username}/settings`,
    '/wp-login.php',
    '/.env',
  ])
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  for (const path of ['/scanner', '/api', '/admin/', '/api/nothing.'])
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  expect((await get(`/api/public/${username}.`)).status).toBe(400);
  expect((await get('/')).status).toBe(200);
});

test('names that programs try are not looked up, and look-ups count as reads', async () => {
  await neon.reset();
  for (const path of ['/admin', '/login', '/robots', '/api', '/config.php', '/.git/config']) await get(path);
  expect(await neon.count()).toBe(0);
  const counted: string[] = [];
  const LIMIT_READS = { limit: async ({ key }: { key: string }) => ({ success: counted.push(key) < 3 }) };
  const { ask: askLimited } = startIsolate({ LIMIT_READS });
  const statuses: number[] = [];
  for (let i = 0; i < 4; i++) {
    const headers = { 'CF-Connecting-IP': '203.0.113.9' };
    statuses.push((await askLimited(`/guess-${i}x`, { headers, redirect: 'manual' })).status);
  }
  expect([statuses, counted.length >= 3]).toEqual([[404, 404, 429, 429], true]);
});

test.each([
  ['/favicon.ico', 'image/x-icon', [0, 0, 1, 0, 1, 0, 32, 32]],
  ['/apple-touch-icon.png', 'image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['/apple-touch-icon-precomposed.png', 'image/png', [0x89, 0x50, 0x4e, 0x47]],
])('%s is a picture', async (path, type, start) => {
  const answer = await ask(path);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, type]);
  expect(answer.headers.get('Cache-Control')).toBe('public, max-age=86400');
  expect([...bytes.slice(0, start.length)]).toEqual(start);
  expect(bytes.length).toBeLessThan(2_000);
  const again = await ask(path, { headers: { 'If-None-Match': answer.headers.get('ETag') ?? '' } });
  expect(again.status).toBe(304);
});
