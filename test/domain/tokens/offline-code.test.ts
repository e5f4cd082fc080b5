/** The offline carrier: its vectors, its lives, and that whatever the API accepts fits and comes back as a part of itself. */

import { Buffer } from 'node:buffer';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PublicProfile } from '../../../src/domain/profile.ts';
import { sturdyCode } from '../../../src/domain/qr/encode.ts';
import {
  type OfflineCarrier,
  offlineCodeSegments,
  signCarrier,
} from '../../../src/domain/tokens/offline-code.ts';
import { DICTIONARY } from '../../../verify/layout2.ts';
import { type Card, type CardLink, verify } from '../../../verify/verify.ts';
import { KEYS, LAYOUT_2 } from '../../verify/vectors.ts';
import { anyProfile } from '../any-profile.ts';

const { issuer, now, jwks } = KEYS;
const ring = KEYS.private.keys;
/** Modules along a side of version 13. */
const LARGEST = 69;
const typical = LAYOUT_2.find(({ name }) => name === 'typical')!.profile;

function sign(profile: PublicProfile, origin = issuer): Promise<OfflineCarrier> {
  return signCarrier({ ring, origin, profile, now });
}

function readToken(token: string) {
  const [header = '', payload = ''] = token.split('.').map((part) => Buffer.from(part, 'base64url'));
  return {
    header: JSON.parse(String(header)),
    claims: JSON.parse(String(inflateRawSync(payload, { dictionary: DICTIONARY }))),
  };
}

async function cardOf(token: string, origin = issuer): Promise<Card> {
  const verdict = await verify(token, jwks, { now, issuer: origin });
  if (verdict.outcome !== 'fresh') throw new Error(JSON.stringify(verdict));
  return verdict.card;
}

describe('vectors', () => {
  test.each(LAYOUT_2)('$name', async ({ profile, token, digits, qrVersion, linksLeftOut, card }) => {
    const carrier = await sign(profile);
    expect(readToken(carrier.token)).toEqual(readToken(token));
    expect(carrier.linksLeftOut).toBe(linksLeftOut);
    const url = `${issuer}/c#${digits}`;
    expect(sturdyCode(offlineCodeSegments(url)).size).toBe(17 + 4 * qrVersion);
    expect(await cardOf(url)).toEqual(card);
  });
});

describe('signCarrier', () => {
  test('lives ten minutes', async () => {
    const { token, expiresAt } = await sign(typical);
    expect(expiresAt).toBe(now + 600);
    expect(readToken(token).claims).toMatchObject({ iss: issuer, iat: now, exp: now + 600, sub: 'ada' });
    expect(readToken(token).claims).not.toHaveProperty('e');
  });

  test('an offline pass lives for its hours and names its epoch', async () => {
    const pass = { hours: 168, epoch: 0 };
    const { token, expiresAt } = await signCarrier({ ring, origin: issuer, profile: typical, now, pass });
    expect(expiresAt).toBe(now + 168 * 3600);
    expect(await verify(token, jwks, { now: expiresAt - 1, issuer })).toMatchObject({
      outcome: 'fresh',
      kind: 'carrier',
      epoch: 0,
    });
  });

  test('says what it is in the header, and nothing else', async () => {
    expect(readToken((await sign(typical)).token).header).toEqual({
      alg: 'ES256',
      kid: 't001',
      typ: 'dcq2',
    });
  });

  test('writes a link in its shortest form', async () => {
    const { claims } = readToken((await sign(typical)).token);
    expect(claims.l).toEqual([
      [1],
      [2, 'ada-lovelace'],
      [3],
      [19, 'ada@fosstodon.org'],
      [18, 'ada.example.org'],
      [15, 'ada@example.org'],
      [16, 'https://ada.example.org/'],
      [17, 'Notes on the engine', 'https://notes.example.org/engine'],
    ]);
  });

  test('carries a link whose platform has left the registry', async () => {
    const link = { ...typical.links[0]!, platform: 'gone', username: 'ada', url: 'https://gone.example/ada' };
    expect(await cardOf((await sign({ ...typical, links: [link] })).token)).toMatchObject({
      links: [{ platform: 'custom', username: 'ada', url: 'https://gone.example/ada' }],
    });
  });

  test('refuses to sign before any key may', async () => {
    const later = [{ ...ring[0]!, nbf: now + 1 }];
    await expect(signCarrier({ ring: later, origin: issuer, profile: typical, now })).rejects.toThrow(
      'no QR key may sign yet',
    );
  });

  test('has room for the least of any card behind an origin of 70 characters', async () => {
    const origin = `https://${'x'.repeat(62)}`;
    const { profile } = LAYOUT_2.find(({ name }) => name === 'everything as long as it may be')!;
    const pass = { hours: 168, epoch: 999_999_999 };
    const { token, url, linksLeftOut } = await signCarrier({ ring, origin, profile, now, pass });
    expect(linksLeftOut).toBe(50);
    expect(sturdyCode(offlineCodeSegments(url)).size).toBeLessThanOrEqual(LARGEST);
    expect((await cardOf(token, origin)).displayName).toBe(
      `${[...profile.displayName].slice(0, 8).join('')}…`,
    );
  });

  test('refuses an origin that leaves no room', async () => {
    await expect(sign(typical, `https://${'a'.repeat(600)}.example`)).rejects.toThrow('origin is too long');
  });
});

describe('any profile that the API accepts', () => {
  test.each([issuer, 'https://devcard-edge.some-long-account-name.workers.dev'])(
    'fits, and comes back as a part of itself: %s',
    async (origin) => {
      const property = fc.asyncProperty(anyProfile, async (profile) => {
        const { url, linksLeftOut } = await sign(profile, origin);
        expect(sturdyCode(offlineCodeSegments(url)).size).toBeLessThanOrEqual(LARGEST);

        const card = await cardOf(url, origin);
        expect(card.username).toBe(profile.username);
        expect(card.accentColor).toBe(profile.accentColor);
        expect([null, profile.avatarUrl]).toContain(card.avatarUrl);
        expectCut(card.displayName, profile.displayName);
        for (const field of ['bio', 'pronouns', 'role', 'company'] as const) {
          if (card[field] !== null) expectCut(card[field], profile[field] ?? '');
        }
        expect(card.linksLeftOut).toBe(linksLeftOut);
        expect(card.links.length + linksLeftOut).toBe(profile.links.length);
        expectSubsequence(card.links, profile.links);
      });
      await fc.assert(property, { numRuns: 150 });
    },
  );
});

/** A text is whole, or a beginning of itself and an ellipsis. */
function expectCut(shown: string, whole: string): void {
  if (shown !== whole) {
    expect(shown.endsWith('…')).toBe(true);
    expect(whole.startsWith(shown.slice(0, -1))).toBe(true);
  }
}

function expectSubsequence(links: readonly CardLink[], all: PublicProfile['links']): void {
  const rest = all.map(({ platform, username, url }) => JSON.stringify({ platform, username, url }));
  let from = 0;
  for (const link of links) {
    const at = rest.indexOf(JSON.stringify(link), from);
    expect(at).toBeGreaterThanOrEqual(from);
    from = at + 1;
  }
}
