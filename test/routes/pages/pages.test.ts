/** The public pages as they leave the Worker: answers, headers, languages, weight, and hostile texts. */
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addressCode } from '../../../src/domain/qr/encode.ts';
import { darkRuns } from '../../../src/domain/qr/svg.ts';
import { ask, askAs, createPerson, freshName, stopClock } from '../../harness/fixtures.ts';
import { startIsolate } from '../../harness/isolate.ts';
import { neon, sql, startClean, upstash } from '../../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

const german = { headers: { 'Accept-Language': 'de-AT,de;q=0.9,en;q=0.5' } };

async function addCard(userId: string, title: string, visibility = 'PUBLIC'): Promise<string> {
  const [card] = await sql<{ id: string }>(
    `INSERT INTO cards (user_id, title, description, visibility) VALUES ($1, $2, 'For the hallway', $3) RETURNING id`,
    [userId, title, visibility],
  );
  await sql(
    `INSERT INTO card_links (card_id, platform_link_id)
     SELECT $1, id FROM platform_links WHERE user_id = $2 AND platform = 'npm'`,
    [card?.id, userId],
  );
  return card?.id as string;
}

async function gzipSize(text: string): Promise<number> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

describe('the profile page', () => {
  test('shows name, links in order and the address, from one read of each tier', async () => {
    const { username } = await createPerson();
    const response = await ask(`/u/${username}`);
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).toMatch(/^<!doctype html><html lang="en" dir="ltr" data-theme="classic"/);
    expect(html).toContain('>Ada Lovelace</h1>');
    expect(html.indexOf('https://www.npmjs.com/~ada')).toBeLessThan(html.indexOf('https://github.com/ada'));
    expect(html).toContain(`devcard.example/u/${username}</bdi>`);
    expect(html).toContain(`href="/u/${username}.vcf"`);
    expect(html).not.toContain('ada@private.example');
    await upstash.settled(2);
    expect(await neon.count()).toBe(1);
  });

  test('has a code that leads back to it and says that it was scanned', async () => {
    const { username } = await createPerson();
    const code = addressCode(`${env.PUBLIC_ORIGIN}/u/${username}?source=qr`);
    expect(await (await ask(`/u/${username}`)).text()).toContain(`<path d="${darkRuns(code)}"`);
  });

  test('carries the headers of a public answer and those that protect a page', async () => {
    const { username } = await createPerson();
    const { headers } = await ask(`/u/${username}`);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=300, stale-while-revalidate=60',
      'x-cache': 'MISS',
      vary: 'Accept-Language',
      'content-language': 'en',
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    });
    expect(headers.get('Set-Cookie')).toBeNull();
    expect(headers.get('Content-Security-Policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'sha256-[\w+/]{43}=' 'sha256-[\w+/]{43}='; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
  });

  test('is 304 to its own entity tag, and another page after a change', async () => {
    const { username, token } = await createPerson();
    const etag = (await ask(`/u/${username}`)).headers.get('ETag') as string;
    const again = await ask(`/u/${username}`, { headers: { 'If-None-Match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    await askAs(token, 'PUT', '/api/profiles/me', { bio: 'Changed' });
    const changed = await ask(`/u/${username}`, { headers: { 'If-None-Match': etag } });
    expect(changed.status).toBe(200);
    expect(await changed.text()).toContain('Changed');
  });

  test('answers HEAD without a body', async () => {
    const { username } = await createPerson();
    const head = await ask(`/u/${username}`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('ETag')).toMatch(/^"[\w-]{43}"$/);
  });

  test('speaks the language of the browser, with another entity tag', async () => {
    const { username } = await createPerson();
    const english = await ask(`/u/${username}`);
    const response = await ask(`/u/${username}`, german);
    expect(response.headers.get('Content-Language')).toBe('de');
    expect(response.headers.get('ETag')).not.toBe(english.headers.get('ETag'));
    const html = await response.text();
    expect(html).toContain('lang="de"');
    expect(html).toContain('Kontakt speichern');
    expect(await (await ask(`/u/${username}`, { headers: { 'Accept-Language': 'ar' } })).text()).toContain(
      'lang="ar" dir="rtl"',
    );
  });

  test('weighs less than 7 KB compressed with eight links, styles and QR code included', async () => {
    const { id, username } = await createPerson();
    for (const platform of ['linkedin', 'mastodon', 'stackoverflow', 'devto', 'discord', 'telegram'])
      await sql(
        `INSERT INTO platform_links (user_id, platform, username, url, display_order) VALUES ($1, $2, 'ada', $3, 5)`,
        [id, platform, `https://${platform}.example/ada`],
      );
    const html = await (await ask(`/u/${username}`)).text();
    expect(html.match(/<li>/g)).toHaveLength(8);
    expect(await gzipSize(html)).toBeLessThan(7 * 1024);
  });

  test('wears the look and the colour that its owner chose; an unknown look is the usual one', async () => {
    const { id, username } = await createPerson();
    await sql(`UPDATE users SET theme = 'vivid', accent_color = '#facc15' WHERE id = $1`, [id]);
    const html = await (await ask(`/u/${username}`)).text();
    expect(html).toContain('data-theme="vivid"');
    expect(html).toContain('--accent:#facc15;--on-accent:#000000');
    const other = await createPerson();
    await sql(`UPDATE users SET theme = 'gone' WHERE id = $1`, [other.id]);
    expect(await (await ask(`/u/${other.username}`)).text()).toContain('data-theme="classic"');
  });

  test('has previews for chats and search engines', async () => {
    const { username } = await createPerson();
    const html = await (await ask(`/u/${username}`)).text();
    const url = `https://devcard.example/u/${username}`;
    expect(html).toContain(`<title>Ada Lovelace (@${username})</title>`);
    expect(html).toContain(`<link rel="canonical" href="${url}"/>`);
    expect(html).toContain('<meta name="description" content="Notes"/>');
    expect(html).toContain(`<meta property="og:url" content="${url}"/>`);
    expect(html).toMatch(
      new RegExp(`<meta property="og:image" content="${url}/preview\\.png\\?v=[\\w.%-]+"/>`),
    );
    expect(html).toContain('<meta name="twitter:card" content="summary_large_image"/>');
    const [, json] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(json as string)).toEqual({
      '@context': 'https://schema.org',
      '@type': 'Person',
      name: 'Ada Lovelace',
      alternateName: username,
      description: 'Notes',
      url,
      sameAs: ['https://www.npmjs.com/~ada', 'https://github.com/ada'],
    });
  });

  test('of an old name redirects for good, but is asked again after five minutes', async () => {
    const { username, token } = await createPerson();
    const newName = freshName();
    await askAs(token, 'PUT', '/api/profiles/me', { username: newName });
    for (const path of ['', '.vcf', '/card/x']) {
      const response = await ask(`/u/${username}${path}`, { redirect: 'manual' });
      expect(response.status).toBe(301);
      expect(response.headers.get('Location')).toBe(`/u/${newName}${path}`);
      expect(response.headers.get('Cache-Control')).toBe('public, max-age=300');
    }
  });
});

describe('the card page', () => {
  test('shows the title, the description and the links of the card alone', async () => {
    const { id, username } = await createPerson();
    const cardId = await addCard(id, 'Conference');
    const html = await (await ask(`/u/${username}/card/${cardId}`)).text();
    expect(html).toContain('Conference</h2>');
    expect(html).toContain('For the hallway');
    expect(html).toContain('href="https://www.npmjs.com/~ada"');
    expect(html).not.toContain('href="https://github.com/ada"');
    expect(html).not.toContain('noindex');
    expect(await (await ask(`/u/${username}`)).text()).toContain(`href="/u/${username}/card/${cardId}"`);
  });

  test('that is unlisted is not on the profile and not for search engines; a private one is not there', async () => {
    const { id, username } = await createPerson();
    const unlisted = await addCard(id, 'Unlisted', 'UNLISTED');
    const hidden = await addCard(id, 'Hidden', 'PRIVATE');
    expect(await (await ask(`/u/${username}`)).text()).not.toContain('Unlisted');
    expect(await (await ask(`/u/${username}/card/${unlisted}`)).text()).toContain(
      '<meta name="robots" content="noindex"/>',
    );
    expect((await ask(`/u/${username}/card/${hidden}`)).status).toBe(404);
  });

  test('that is private is seen by its signed-in owner alone, marked as private, and kept by no cache', async () => {
    const [owner, stranger] = [await createPerson(), await createPerson()];
    const hidden = await addCard(owner.id, 'Hidden', 'PRIVATE');
    const askAs = (token: string, username: string) =>
      ask(`/u/${username}/card/${hidden}`, { headers: { Cookie: `__Host-devcard=${token}` } });
    const own = await askAs(owner.token, owner.username.toUpperCase());
    expect([own.status, own.headers.get('Cache-Control')]).toEqual([200, 'private, no-store']);
    const html = await own.text();
    expect(html).toContain('Hidden</h2>');
    expect(html).toContain('<p class="private">Private: nobody but you sees this card.</p>');
    expect(html).toContain('<meta name="robots" content="noindex"/>');
    // Under another name, to others, and to who is signed out everywhere, it is not there.
    expect((await askAs(owner.token, stranger.username)).status).toBe(404);
    expect((await askAs(stranger.token, owner.username)).status).toBe(404);
    expect((await askAs('none', owner.username)).status).toBe(404);
    await sql('UPDATE users SET session_epoch = session_epoch + 1 WHERE id = $1', [owner.id]);
    expect((await askAs(owner.token, owner.username)).status).toBe(404);
    expect((await ask(`/u/${owner.username}/card/${hidden}`)).status).toBe(404);
  });
});

describe('what fails', () => {
  test('an unknown and an impossible name are a page with 404', async () => {
    const unknown = await ask(`/u/${freshName()}`, german);
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(unknown.headers.get('Cache-Control')).toBe('public, max-age=30');
    expect(unknown.headers.get('Content-Security-Policy')).toContain("frame-ancestors 'none'");
    expect(await unknown.text()).toContain('Hier ist keine Karte');
    const impossible = await ask('/u/a');
    expect([impossible.status, impossible.headers.get('Cache-Control')]).toEqual([404, 'no-store']);
  });

  test('a browser elsewhere gets a page, a program and the API problem+json', async () => {
    const html = { headers: { Accept: 'text/html,*/*;q=0.8' } };
    expect((await ask('/nothing', html)).headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect((await ask('/nothing')).headers.get('Content-Type')).toBe('application/problem+json');
    expect((await ask('/api/nothing', html)).headers.get('Content-Type')).toBe('application/problem+json');
  });

  test('a database that does not answer is a page with 503 that says when to come back', async () => {
    const { username } = await createPerson();
    await neon.fault({ kind: 'refuse' });
    // An isolate of its own: that of the other tests would go on skipping Postgres.
    const response = await startIsolate().ask(`/u/${username}`);
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('5');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(await response.text()).toContain(`href="/u/${username}"`);
  });
});

describe('vCards', () => {
  test('are the same under both addresses, as a file for contacts', async () => {
    const { username } = await createPerson();
    const file = await ask(`/u/${username}.vcf`);
    expect(file.status).toBe(200);
    expect(file.headers.get('Content-Type')).toBe('text/vcard; charset=utf-8');
    expect(file.headers.get('Content-Disposition')).toBe(`attachment; filename="${username}.vcf"`);
    expect(file.headers.get('Cache-Control')).toBe('public, max-age=300, stale-while-revalidate=60');
    const text = await file.text();
    expect(text).toContain('\r\nFN:Ada Lovelace\r\n');
    expect(await (await ask(`/api/public/${username}/vcard`)).text()).toBe(text);
    const etag = file.headers.get('ETag') as string;
    expect((await ask(`/u/${username}.vcf`, { headers: { 'If-None-Match': etag } })).status).toBe(304);
    expect((await ask('/u/nobody-at-all.vcf')).status).toBe(404);
  });

  test('are of the same contact after a rename, and of another for anybody else', async () => {
    const [{ username, token }, other] = [await createPerson(), await createPerson()];
    const uidOf = async (name: string) => /^UID:(.+)$/m.exec(await (await ask(`/u/${name}.vcf`)).text())?.[1];
    const uid = await uidOf(username);
    expect(uid).toMatch(/^urn:uuid:[\da-f-]{36}\r?$/);
    const renamed = `${username}-2`;
    expect((await askAs(token, 'PUT', '/api/profiles/me', { username: renamed })).status).toBe(200);
    expect(await uidOf(renamed)).toBe(uid);
    expect(await uidOf(other.username)).not.toBe(uid);
  });
});

describe('preview images', () => {
  test('are PNGs of 1200 × 630 pixels, cached like the page', async () => {
    const { username } = await createPerson();
    const response = await ask(`/u/${username}/preview.png`);
    expect(response.headers.get('Content-Type')).toBe('image/png');
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=300, stale-while-revalidate=60');
    const view = new DataView(await response.arrayBuffer());
    expect([view.getUint32(0), view.getUint32(16), view.getUint32(20)]).toEqual([0x89504e47, 1200, 630]);
    expect(view.byteLength).toBeLessThan(40_000);
    const etag = response.headers.get('ETag') as string;
    const again = await ask(`/u/${username}/preview.png`, { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
    expect((await ask('/u/nobody-at-all/preview.png')).status).toBe(404);
  });
});

describe('the map of the site', () => {
  test('lists the profiles under their names, not the names left behind', async () => {
    const [first, second] = [await createPerson('Map-Ada'), await createPerson('Map-Grace')];
    await askAs(second.token, 'PUT', '/api/profiles/me', { username: 'Map-Hopper' });
    const index = await ask('/sitemap.xml');
    expect(index.headers.get('Content-Type')).toBe('application/xml; charset=utf-8');
    expect(index.headers.get('Cache-Control')).toBe('public, max-age=3600');
    const [, page] = /<loc>https:\/\/devcard\.example([^<]+)<\/loc>/.exec(await index.text()) ?? [];
    expect(page).toBe('/sitemap/1-of-1.xml');
    const names = [...(await (await ask(page as string)).text()).matchAll(/<loc>([^<]+)<\/loc>/g)];
    expect(names.map(([, url]) => url).sort()).toEqual([
      `https://devcard.example/u/${first.username}`,
      'https://devcard.example/u/Map-Hopper',
    ]);
  });

  test('has everybody on one page, however many pages there are', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => createPerson()));
    const pages = await Promise.all(
      Array.from({ length: 7 }, async (_, i) => (await ask(`/sitemap/${i + 1}-of-7.xml`)).text()),
    );
    const listed = pages.flatMap((page) => [...page.matchAll(/\/u\/([^<]+)</g)].map(([, name]) => name));
    expect(listed.sort()).toEqual(people.map(({ username }) => username).sort());
  });

  test.each(['..%2f', '0-of-1', '2-of-1', '1-of-50001', '1-of-999999', '01-of-1', 'ada'])(
    'has no page %s',
    async (name) => {
      expect((await ask(`/sitemap/${name}.xml`)).status).toBe(404);
    },
  );
});

describe('files', () => {
  test('the start page, its script, icon and robots.txt are there', async () => {
    const start = await ask('/');
    expect([start.status, start.headers.get('Cache-Control')]).toEqual([
      200,
      'public, max-age=300, stale-while-revalidate=60',
    ]);
    const { username } = await createPerson();
    const html = await (await ask(`/u/${username}`)).text();
    const script = await ask(/src="(\/files\/[^"]+)"/.exec(html)?.[1] as string);
    expect(script.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('Cache-Control')).toContain('immutable');
    expect((await script.text()).length).toBeLessThan(2048);
    expect((await ask('/files/other.js')).status).toBe(404);
    expect((await ask('/favicon.svg')).headers.get('Content-Type')).toBe('image/svg+xml');
    expect(await (await ask('/robots.txt')).text()).toContain('Sitemap: https://devcard.example/sitemap.xml');
  });
});

/** The elements of a document as a real parser sees them. */
async function elementsOf(html: string): Promise<{ name: string; attributes: [string, string][] }[]> {
  const elements: { name: string; attributes: [string, string][] }[] = [];
  const rewriter = new HTMLRewriter().on('*', {
    element(element) {
      const attributes = [...element.attributes].map(([name, value]): [string, string] => [
        name as string,
        value as string,
      ]);
      elements.push({ name: element.tagName, attributes });
    },
  });
  await rewriter.transform(new Response(html)).text();
  return elements;
}

test('hostile texts in every field are inert on every surface', async () => {
  const hostile = `"'><script>alert(1)</script></style><img src=x onerror=alert(2)>&\u202e{{7*7}}\`\${1}\n</script>`;
  const { id, username } = await createPerson();
  const bad = 'javascript:alert(3)';
  await sql(
    `UPDATE users SET display_name = $2, bio = $2, pronouns = $2, role = $2, company = $2, avatar_url = $3,
       theme = $2, accent_color = '#0f766e' WHERE id = $1`,
    [id, hostile, `https://x.example/a.png"onload="alert(4)`],
  );
  await sql(`UPDATE platform_links SET username = $2, url = $3 WHERE user_id = $1`, [id, hostile, bad]);
  await sql(
    `INSERT INTO platform_links (user_id, platform, username, url, display_order) VALUES ($1, $2, $2, $3, 9)`,
    [id, hostile, `https://x.example/"><script>alert(5)</script>`],
  );
  const cardId = await addCard(id, hostile);
  for (const path of [`/u/${username}`, `/u/${username}/card/${cardId}`]) {
    const response = await ask(path);
    const html = await response.text();
    expect(response.status).toBe(200);
    const elements = await elementsOf(html);
    // The only ones of these are our own: two styles, the data block and the buttons' script, one picture.
    const count = (name: string) => elements.filter((element) => element.name === name).length;
    expect([count('script'), count('style'), count('img')]).toEqual([2, 2, 1]);
    for (const { attributes } of elements) {
      expect(attributes.filter(([name]) => name.startsWith('on') || name === 'style')).toEqual([]);
      expect(attributes.filter(([, value]) => value.startsWith('javascript:'))).toEqual([]);
    }
    const [, json] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
    expect(JSON.parse(json as string).name).toBe(hostile);
    expect(response.headers.get('Content-Security-Policy')).toContain(
      "img-src 'self' https://x.example; connect-src 'self'",
    );
  }
  expect((await ask(`/u/${username}/preview.png`)).status).toBe(200);
  const vcf = await (await ask(`/u/${username}.vcf`)).text();
  expect(vcf.match(/^BEGIN:/gm)).toHaveLength(1);
  expect(vcf).not.toContain(bad);
});
