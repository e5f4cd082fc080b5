/** The scanner for browser tests: served by wrangler on the run's stack, opened in a browser that remembers. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { CompactSign, generateKeyPair } from 'jose';
import { type BrowserContext, chromium } from 'playwright-core';
import { type Listening, serve } from '../../dev/http.ts';
import { sturdyCode } from '../../src/domain/qr/encode.ts';
import { BLACK_ON_WHITE } from '../../src/domain/qr/picture.ts';
import { qrPng } from '../../src/domain/qr/png.ts';
import { parseKeyRing } from '../../src/domain/tokens/key-ring.ts';
import { offlineCodeSegments, signCarrier } from '../../src/domain/tokens/offline-code.ts';
import { signRevocations } from '../../src/domain/tokens/revocation-list.ts';
import { chromiumPath } from '../harness/chromium.ts';
import { laneBindings, laneSite } from '../harness/lane-client.ts';
import { serveOwnSite } from '../harness/own-site.ts';
import { PageErrors } from '../harness/page-errors.ts';
import { signLayout1 } from '../vectors/layout1.ts';
import { PROFILES } from '../vectors/profiles.ts';

type PersistentOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;

/** What a browser test of the scanner works with. */
export interface ScannerSite {
  /** Such as `http://localhost:40123`. */
  origin: string;
  /** The issuer's list, which names the token «revoked». */
  revoked: string;
  /** A link to a card of https://other.example, and its keys. */
  other: { link: string; jwks: string };
  /** A link to a card of https://third.example, whose keys nobody can have. */
  thirdLink: string;
  tokens: Record<
    'fresh' | 'revoked' | 'layout1' | 'pass' | 'expired' | 'early' | 'forged' | 'unknownKey' | 'bomb',
    string
  >;
  /** That of the token with an unknown key. */
  strangersKey: { kid: string; kty: string; crv: string; x: string; y: string };
  /** What stands between the browser and the site; closed, it is as if the server were gone. */
  server: Pick<Listening, 'url' | 'close'>;
  /** A folder that goes with it. */
  dir: string;
  /** Opens the browser, with all that it kept when it was closed before. */
  open(options?: PersistentOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** Seconds since the expired card was signed: what the page is to call «20 minutes ago». */
const EXPIRED_AGE_SECONDS = 20 * 60 + 5;

/**
 * Starts the server; what had started is stopped when something fails.
 * @param isOwn whether its Worker serves nobody else, so that people can sign in under its origin
 */
export async function startScannerSite(isOwn = false): Promise<ScannerSite> {
  const parts = new AsyncDisposableStack();
  try {
    const dir = await mkdtemp(join(tmpdir(), 'devcard-scanner-'));
    parts.defer(() => rm(dir, { recursive: true, force: true }));
    const bindings = await laneBindings();
    const server = isOwn ? await serveOwnSite(bindings, dir) : await servePassage((await laneSite()).origin);
    parts.defer(() => server.close());
    const origin = server.url.replace('127.0.0.1', 'localhost');
    const errors = new PageErrors();
    parts.defer(() => errors.check());
    const open: ScannerSite['open'] = async ({ args = [], ...options } = {}) =>
      errors.watch(
        await chromium.launchPersistentContext(join(dir, 'browser'), {
          executablePath: chromiumPath() as string,
          // A page that still fades in has the wrong contrast.
          reducedMotion: 'reduce',
          args: ['--no-sandbox', '--disable-dev-shm-usage', ...args],
          ...options,
        }),
      );
    const signed = await makeTokens(bindings.QR_SIGNING_KEYS, origin);
    return { origin, ...signed, server, dir, open, close: () => parts.disposeAsync() };
  } catch (error) {
    await parts.disposeAsync();
    throw error;
  }
}

/** Passes requests on to the site, under an origin whose caches no other file has filled. */
function servePassage(target: string): Promise<Listening> {
  return serve(async ({ method = 'GET', url = '/' }, response) => {
    const answer = await fetch(target + url, { method, redirect: 'manual' });
    const headers = new Headers(answer.headers);
    // The body comes unpacked.
    for (const name of ['content-encoding', 'content-length', 'transfer-encoding', 'connection'])
      headers.delete(name);
    response
      .writeHead(answer.status, Object.fromEntries(headers))
      .end(Buffer.from(await answer.arrayBuffer()));
  });
}

/** A picture of a code. @param size pixels of a side */
export async function codePicture(origin: string, token: string, size = 640): Promise<Buffer> {
  const code = sturdyCode(offlineCodeSegments(`${origin}/c#${token}`));
  return Buffer.from(await new Response(await qrPng(code, size, BLACK_ON_WHITE)).arrayBuffer());
}

async function makeTokens(
  signingKeys: string,
  origin: string,
): Promise<Pick<ScannerSite, 'tokens' | 'strangersKey' | 'revoked' | 'other' | 'thirdLink'>> {
  const ring = parseKeyRing(signingKeys, 'ES256');
  const [key] = ring as [(typeof ring)[0]];
  const now = Math.floor(Date.now() / 1000);
  const profile = PROFILES.typical!;
  const sign = async (options: object = {}) =>
    (await signCarrier({ ring, origin, profile, now, ...options })).url.split('#')[1] as string;
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const stranger = { ...(await crypto.subtle.exportKey('jwk', privateKey)), alg: 'ES256' as const, nbf: 0 };
  const bomb = new Uint8Array(deflateRawSync(Buffer.alloc(10 << 20)));
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey);
  const tokens = {
    fresh: await sign(),
    pass: await sign({ pass: { hours: 24, epoch: 0 } }),
    revoked: await sign({ profile: PROFILES.small, pass: { hours: 24, epoch: 0 } }),
    layout1: (await signLayout1({ ring, origin, profile, now })).url.split('#')[1] as string,
    expired: await sign({ now: now - EXPIRED_AGE_SECONDS }),
    early: await sign({ now: now + 3605 }),
    forged: await sign({ ring: [{ ...stranger, kid: key.kid }] }),
    unknownKey: await sign({ ring: [{ ...stranger, kid: 'none' }] }),
    bomb: await new CompactSign(bomb)
      .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ: 'dcq', zip: 'DEF' })
      .sign(key),
  };
  const strangersKey = { kid: 'none', kty: 'EC', crv: 'P-256', x, y };
  const nameHash = createHash('sha256').update('grace').digest('hex').slice(0, 16);
  const revocations = [{ nameHash, at: now, epoch: 1 }];
  const others = { ring: [{ ...stranger, kid: 'none' }], origin: 'https://other.example', profile, now };
  const thirds = { ...others, ring: [{ ...stranger, kid: 'third' }], origin: 'https://third.example' };
  return {
    tokens,
    strangersKey,
    revoked: JSON.stringify(await signRevocations({ ring, origin, now, revocations })),
    other: {
      link: (await signCarrier({ ...others, pass: { hours: 24, epoch: 0 } })).url,
      jwks: JSON.stringify({ keys: [strangersKey] }),
    },
    thirdLink: (await signCarrier({ ...thirds, pass: { hours: 24, epoch: 0 } })).url,
  };
}
