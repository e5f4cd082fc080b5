/** QR pictures of the address and of the offline code: what they say, their headers, and what is refused for nothing. */
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { qrCode } from '../../../src/domain/qr/encode.ts';
import { BLACK_ON_WHITE } from '../../../src/domain/qr/picture.ts';
import { qrPng } from '../../../src/domain/qr/png.ts';
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
  ['format=gif', 'format'],
  ['format=', 'format'],
  ['size=0', 'size'],
  ['size=2049', 'size'],
  ['size=-1', 'size'],
  ['size=1e3', 'size'],
  ['size=12.5', 'size'],
  ['size=', 'size'],
  ['size=20', 'size'],
  ['fg=red', 'fg'],
  ['bg=12345', 'bg'],
  ['fg=ffffff&bg=000000', 'fg'],
  ['fg=888888', 'fg'],
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
