/** `GET /u/:username/preview.png` in workerd: fonts are read from the static files when a picture needs them. */
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SCRIPTS } from '../../domain/preview/scripts.ts';
import { createPerson, stopClock } from '../../harness/fixtures.ts';
import { startIsolate } from '../../harness/isolate.ts';
import { sql, startClean } from '../../harness/worker.ts';

beforeEach(async () => {
  stopClock();
  await startClean();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A person whose card has these texts; answers the address of the picture. */
async function pictureOf(displayName: string, role: string | null = null, company: string | null = null) {
  const { id, username } = await createPerson();
  await sql('UPDATE users SET display_name = $2, role = $3, company = $4 WHERE id = $1', [
    id,
    displayName,
    role,
    company,
  ]);
  return `/u/${username}/preview.png`;
}

/** The static files with a note of what was asked for. */
function notedAssets() {
  const asked: string[] = [];
  return {
    asked,
    ASSETS: {
      fetch: (url: string, init?: RequestInit) => {
        asked.push(new URL(url).pathname);
        return env.ASSETS.fetch(url, init);
      },
    },
  };
}

const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

describe('a picture', () => {
  test.each(SCRIPTS)('of $script differs from the one without its fonts', async ({ texts, files }) => {
    const path = await pictureOf(...texts);
    const drawn = await startIsolate().ask(path);
    expect([drawn.status, drawn.headers.get('Cache-Control')]).toEqual([
      200,
      'public, max-age=300, stale-while-revalidate=60',
    ]);
    if (files.length === 0) return;
    const plain = await startIsolate({ ASSETS: undefined }).ask(path);
    expect(await bytesOf(drawn)).not.toEqual(await bytesOf(plain));
  });

  test('of Latin letters asks for no file, one of Hebrew for one, and an isolate keeps it', async () => {
    const { asked, ASSETS } = notedAssets();
    const { ask } = startIsolate({ ASSETS });
    expect((await ask(await pictureOf('Zoë Müller', 'Ingénieure'))).status).toBe(200);
    expect(asked).toEqual([]);
    for (const name of ['דוד לוי', 'דוד כהן']) await ask(await pictureOf(name));
    expect(asked).toEqual(['/preview-fonts/hebrew.ttf']);
  });

  test('of Japanese reads the index and the few files that the name needs', async () => {
    const { asked, ASSETS } = notedAssets();
    await startIsolate({ ASSETS }).ask(await pictureOf('やまだ たろう'));
    expect(asked[0]).toBe('/preview-fonts/jp.index');
    expect(asked.slice(1).every((path) => /^\/preview-fonts\/jp-\d+\.ttf$/.test(path))).toBe(true);
    expect(asked.length).toBeLessThan(6);
  });

  test('that would need too many files reads none but the index, and shows the handle', async () => {
    const { asked, ASSETS } = notedAssets();
    // A letter of every file.
    const name = Array.from({ length: 100 }, (_, i) => String.fromCodePoint(0x4e00 + 103 * i)).join('');
    const path = await pictureOf(name);
    const drawn = await startIsolate({ ASSETS }).ask(path);
    expect(drawn.headers.get('Cache-Control')).toMatch(/^public/);
    expect(asked.filter((file) => file.endsWith('.ttf'))).toEqual([]);
    const plain = await startIsolate({ ASSETS: undefined }).ask(path);
    expect(await bytesOf(drawn)).toEqual(await bytesOf(plain));
  });
});

describe('while the fonts cannot be read', () => {
  const failures: [string, { fetch: () => Promise<Response> } | undefined][] = [
    ['there are no files', undefined],
    ['they are missing', { fetch: async () => new Response(null, { status: 404 }) }],
    ['reading fails', { fetch: async () => Promise.reject(new Error('lost')) }],
  ];

  test.each(failures)('because %s, the handle is shown and nobody keeps it', async (_, ASSETS) => {
    const path = await pictureOf('ליאת לוי', null, null);
    const isolate = startIsolate({ ASSETS });
    const plain = await isolate.ask(path);
    expect([plain.status, plain.headers.get('Content-Type'), plain.headers.get('Cache-Control')]).toEqual([
      200,
      'image/png',
      'no-store',
    ]);
    const whole = await startIsolate().ask(path);
    expect(whole.headers.get('ETag')).not.toBe(plain.headers.get('ETag'));
    expect(await bytesOf(plain)).not.toEqual(await bytesOf(whole));
  });

  test('the next request that finds them gets the name', async () => {
    let isBroken = true;
    const ASSETS = {
      fetch: (url: string, init?: RequestInit) =>
        isBroken ? Promise.reject(new Error('lost')) : env.ASSETS.fetch(url, init),
    };
    const path = await pictureOf('ליאת לוי');
    const { ask } = startIsolate({ ASSETS });
    const plain = await ask(path);
    isBroken = false;
    const etag = plain.headers.get('ETag') as string;
    const whole = await ask(path, { headers: { 'If-None-Match': etag } });
    expect([whole.status, whole.headers.get('Cache-Control')?.slice(0, 6)]).toEqual([200, 'public']);
    expect(await bytesOf(whole)).not.toEqual(await bytesOf(plain));
  });

  test('a Latin name is drawn as ever', async () => {
    const path = await pictureOf('Ada Lovelace');
    const drawn = await startIsolate({ ASSETS: undefined }).ask(path);
    expect(drawn.headers.get('Cache-Control')).toMatch(/^public/);
  });
});
