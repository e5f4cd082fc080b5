/** QR pictures of the address and of the offline code: what they say, their headers, and what is refused for nothing. */
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { qrCode } from '../../../src/domain/qr/encode.ts';
import { BLACK_ON_WHITE } from '../../../src/domain/qr/picture.ts';
import { qrPng } from '../../../src/domain/qr/png.ts';
import { parseQrStyle, styledCode } from '../../../src/domain/qr/style.ts';
import { styledSvg } from '../../../src/domain/qr/styled.ts';
import { qrSvg } from '../../../src/domain/qr/svg.ts';
import { ask, askAs, createPerson, freshName, stopClock } from '../../harness/fixtures.ts';
import { neon, startClean, upstash } from '../../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

const addressCode = (username: string) =>
  qrCode([{ mode: 'byte', text: `${env.PUBLIC_ORIGIN}/u/${username}` }], 'M');

describe('the address', () => {
  test('is a PNG of 400 px unless told, of the name as its owner writes it', async () => {
    const { username } = await createPerson();
    const response = await ask(`/api/public/${username.toLowerCase()}/qr`);
    expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'image/png']);
    expect(response.headers.get('Content-Disposition')).toBe(`inline; filename="devcard-${username}.png"`);
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=300, stale-while-revalidate=60');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(
      new Uint8Array(
        await new Response(await qrPng(addressCode(username), 400, BLACK_ON_WHITE)).arrayBuffer(),
      ),
    );
  });

  test('is an SVG in the colours that were asked for', async () => {
    const { username } = await createPerson();
    const response = await ask(`/api/u/${username}/qr?format=svg&size=512&fg=1a237e&bg=%23fffde7`);
    expect(response.headers.get('Content-Type')).toBe('image/svg+xml');
    expect(await response.text()).toBe(qrSvg(addressCode(username), 512, { fg: '#1a237e', bg: '#fffde7' }));
  });

  test('has a tag that differs with the picture and not with the bio', async () => {
    const { username, token } = await createPerson();
    const tag = async (query: string) =>
      (await ask(`/api/public/${username}/qr?${query}`)).headers.get('ETag');
    const tags = await Promise.all(['', 'size=401', 'format=svg', 'fg=222222', 'bg=eeeeee'].map(tag));
    expect(new Set(tags).size).toBe(5);
    await askAs(token, 'PUT', '/api/profiles/me', { bio: 'other' });
    expect(await tag('')).toBe(tags[0]);
    const again = await ask(`/api/public/${username}/qr`, {
      headers: { 'If-None-Match': tags[0] as string },
    });
    expect([again.status, again.headers.get('X-Cache')]).toEqual([304, 'HIT']);
  });

  test('of what cannot be a name is refused, however long', async () => {
    for (const path of ['qr', 'qr-session/qr']) {
      const response = await ask(`/api/public/${'a'.repeat(600)}/${path}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'invalid-username' });
    }
  });

  test('of nobody is 404, of a name that moved redirects with its query', async () => {
    expect((await ask(`/api/public/${freshName()}/qr`)).status).toBe(404);
    const { username, token } = await createPerson();
    const newName = freshName();
    await askAs(token, 'PUT', '/api/profiles/me', { username: newName });
    const moved = await ask(`/api/public/${username}/qr?size=99`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('Location')]).toEqual([308, `/api/public/${newName}/qr?size=99`]);
  });
});

describe('the face of a code', () => {
  const STYLE = { fg: '#1a237e', bg: '#fffde7', shape: 'dots', logo: 'initials', level: 'Q' };

  test('is what the query says', async () => {
    const { username } = await createPerson();
    const style = parseQrStyle({ shape: 'rounded', logo: 'mark', level: 'H', fg: '4f46e5' });
    const code = styledCode(`${env.PUBLIC_ORIGIN}/u/${username}`, style);
    const query = 'shape=rounded&logo=mark&level=H&fg=4f46e5&format=svg';
    const response = await ask(`/api/public/${username}/qr?${query}`);
    expect(await response.text()).toBe(styledSvg(code, 400, style));
  });

  test('is chosen once by its owner, for every place, and seen at once', async () => {
    const { username, token } = await createPerson();
    const url = `/api/public/${username}/qr?format=svg`;
    const before = await (await ask(url)).text();
    const pageBefore = await (await ask(`/u/${username}`)).text();
    expect(pageBefore).not.toContain('stroke-linecap="round"');
    const saved = await askAs(token, 'PUT', '/api/profiles/me', { qrStyle: { ...STYLE, fg: '1A237E' } });
    expect(await saved.json()).toMatchObject({ qrStyle: STYLE });

    const after = await (await ask(url)).text();
    expect(after).toContain('<path fill="#fffde7"');
    expect(after).toContain('stroke="#1a237e" stroke-linecap="round" stroke-width="0.9"');
    expect(after).toMatch(/<path fill="#1a237e" stroke="none" d="M[^"]*Q/);
    const page = await (await ask(`/u/${username}`)).text();
    expect(page).toContain('<path stroke="#1a237e" stroke-linecap="round" stroke-width="0.9"');
    const myCode = await (await askAs(token, 'GET', '/me/code')).text();
    expect(myCode).toContain('<path stroke="#1a237e" stroke-linecap="round" stroke-width="0.9"');
    const offline = await (await ask(`/api/public/${username}/qr-session/qr?format=svg`)).text();
    expect(offline).toContain('stroke="#1a237e" stroke-linecap="round" stroke-width="0.9"');
    expect(offline).not.toContain('stroke="none"');

    // Whoever says anything of the look gets what is said; the public profile tells nothing of it.
    expect(await (await ask(`${url}&logo=none`)).text()).toBe(before);
    expect(await (await ask(`/api/public/${username}`)).json()).not.toHaveProperty('qrStyle');
    expect(await (await askAs(token, 'GET', '/api/profiles/me/export')).json()).toMatchObject({
      profile: { qrStyle: STYLE },
    });

    expect((await askAs(token, 'PUT', '/api/profiles/me', { qrStyle: null })).status).toBe(200);
    expect(await (await ask(url)).text()).toBe(before);
    expect(await (await ask(`/u/${username}`)).text()).not.toContain('stroke-linecap="round"');
  });

  test('changes with the name whose initials it has', async () => {
    const { username, token } = await createPerson();
    await askAs(token, 'PUT', '/api/profiles/me', { qrStyle: STYLE });
    const first = (await ask(`/api/public/${username}/qr`)).headers.get('ETag');
    await askAs(token, 'PUT', '/api/profiles/me', { displayName: 'Grace Hopper' });
    expect((await ask(`/api/public/${username}/qr`)).headers.get('ETag')).not.toBe(first);
  });

  test('gives way where a picture is too small for it', async () => {
    const { username, token } = await createPerson();
    await askAs(token, 'PUT', '/api/profiles/me', { qrStyle: STYLE });
    const small = await (await ask(`/api/public/${username}/qr?format=svg&size=60`)).text();
    expect(small).not.toContain('stroke-linecap');
    const refusal = await ask(`/api/public/${username}/qr?format=svg&size=60&shape=dots`);
    expect([refusal.status, await refusal.json()]).toMatchObject([400, { errors: [{ path: 'size' }] }]);
  });

  test.each([
    [{ logo: 'mark', level: 'M' }, 'A logo covers what level M cannot repair: choose Q or H.'],
    [{ fg: '#888888' }, 'A contrast of 3.5 would not scan: it must be at least 5.5'],
    [{ fg: '#ffffff', bg: '#000000' }, 'The code must be darker than its background'],
    [{ shape: 'stars' }, 'Choose one of: square, rounded, dots.'],
    [{ colour: 'red' }, 'There is no such field.'],
    ['dots', 'Send a JSON object.'],
  ])('%o is not saved', async (qrStyle, message) => {
    const { token } = await createPerson();
    const response = await askAs(token, 'PUT', '/api/profiles/me', { qrStyle });
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ message }] }]);
  });

  test.each([
    ['logo=mark', 'logo'],
    ['level=H', 'level'],
  ])('?%s is refused for an offline code, which has no room for it', async (query, path) => {
    const response = await ask(`/api/public/${freshName()}/qr-session/qr?${query}`);
    expect([response.status, await response.json()]).toMatchObject([400, { errors: [{ path }] }]);
  });
});

describe('the offline code', () => {
  test('is a picture of a carrier that verifies', async () => {
    const { username } = await createPerson();
    const response = await ask(`/api/public/${username}/qr-session/qr?format=svg`);
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Disposition')).toBe(
      `inline; filename="devcard-${username}-offline.svg"`,
    );
    expect(await response.text()).toMatch(/^<svg /);
  });

  test('is refused below the size of the largest code', async () => {
    const { username } = await createPerson();
    const response = await ask(`/api/public/${username}/qr-session/qr?size=76`);
    expect(response.status).toBe(400);
    expect((await ask(`/api/public/${username}/qr-session/qr?size=77`)).status).toBe(200);
  });
});

test.each([
  ['format=gif&size=300.9', 'image/png', 300],
  ['format=PNG&size=300px', 'image/png', 300],
  ['format=&size=0300', 'image/png', 300],
  ['format=svg&size=300.5', 'image/svg+xml', 300],
])('?%s is read as the existing API reads it', async (query, type, size) => {
  const { username } = await createPerson();
  const [lenient, strict] = await Promise.all(
    [query, `format=${type === 'image/png' ? 'png' : 'svg'}&size=${size}`].map((each) =>
      ask(`/api/u/${username}/qr?${each}`),
    ),
  );
  expect([lenient?.status, lenient?.headers.get('Content-Type')]).toEqual([200, type]);
  expect(await lenient?.arrayBuffer()).toEqual(await strict?.arrayBuffer());
});

test.each([
  ['size=0', 'size'],
  ['size=2049', 'size'],
  ['size=-1', 'size'],
  ['size=1e3', 'size'],
  ['size=10000', 'size'],
  ['size=wide', 'size'],
  ['size=12.5', 'size'],
  ['size=', 'size'],
  ['size=20', 'size'],
  ['fg=red', 'fg'],
  ['bg=12345', 'bg'],
  ['fg=ffffff&bg=000000', 'fg'],
  ['fg=888888', 'fg'],
  ['shape=stars', 'shape'],
  ['shape=dots&size=80', 'size'],
])('?%s is refused before anybody is asked', async (query, path) => {
  for (const picture of ['qr', 'qr-session/qr']) {
    const response = await ask(`/api/public/${freshName()}/${picture}?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'invalid-input',
      errors: [{ path, message: expect.any(String) }],
    });
  }
  expect([await upstash.count(), await neon.count()]).toEqual([0, 0]);
});
