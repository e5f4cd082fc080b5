/** How large the offline code is: over cards made from the authors of the packages in node_modules, and for hard cards. */

import { expect, test } from 'vitest';
import { sturdyCode } from '../../../src/domain/qr/encode.ts';
import { offlineCodeSegments, signCarrier } from '../../../src/domain/tokens/offline-code.ts';
import { type Card, verify } from '../../../verify/verify.ts';
import { measuredCards } from '../../vectors/corpus.ts';
import { PROFILES, profile } from '../../vectors/profiles.ts';
import { KEYS } from '../../verify/vectors.ts';

const { issuer, now, jwks } = KEYS;

async function shown(
  of: Parameters<typeof signCarrier>[0]['profile'],
): Promise<{ version: number; card: Card }> {
  const { url } = await signCarrier({ ring: KEYS.private.keys, origin: issuer, profile: of, now });
  const verdict = await verify(url, jwks, { now, issuer });
  if (verdict.outcome !== 'fresh') throw new Error(JSON.stringify(verdict));
  return { version: (sturdyCode(offlineCodeSegments(url)).size - 17) / 4, card: verdict.card };
}

function graphemes(text: string | null): number {
  return [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text ?? '')].length;
}

test('58 cards of developers: half of them within version 10, none above 12, nothing left out', async () => {
  const cards = measuredCards();
  expect(cards).toHaveLength(58);
  const results = await Promise.all(cards.map(shown));
  const versions = results.map(({ version }) => version).sort((a, b) => a - b);
  expect(versions[29]).toBeLessThanOrEqual(10);
  expect(versions.at(-1)).toBeLessThanOrEqual(12);
  results.forEach(({ card }, i) => {
    expect(card.links).toHaveLength(cards[i]!.links.length);
    expect(card.bio).toBe(cards[i]!.bio);
  });
});

test('the demo card within version 10', async () => {
  const demo = profile(
    {
      username: 'devcard-demo',
      displayName: 'Dev Card',
      bio: 'Builds small, fast things for the edge. Talks about caches, keys and QR codes.',
      pronouns: 'they/them',
      role: 'Platform Engineer',
      company: 'DevCard',
      accentColor: '#0ea5e9',
    },
    [
      ['github', 'devcard-demo'],
      ['linkedin', 'devcard-demo'],
      ['twitter', 'devcarddemo'],
      ['npm', 'devcard-demo'],
      ['devto', 'devcarddemo'],
      ['leetcode', 'devcard-demo'],
      ['email', 'demo@devcard.example'],
      ['portfolio', 'https://devcard.example'],
    ],
  );
  const { version, card } = await shown(demo);
  expect(version).toBeLessThanOrEqual(10);
  expect(card).toMatchObject({ bio: demo.bio, linksLeftOut: 0 });
});

test.each([
  ['large', 20, 80],
  ['japanese and hindi', 8, 40],
])('the card «%s» keeps all of its %i links, and %i graphemes of its bio', async (name, links, most) => {
  const { version, card } = await shown(PROFILES[name]!);
  expect(version).toBeLessThanOrEqual(13);
  expect(card.links).toHaveLength(links);
  expect(graphemes(card.bio)).toBeGreaterThanOrEqual(most);
});
