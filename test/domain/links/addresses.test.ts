/** Several hundred addresses as people paste them, and what is saved for each of them. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLink } from '../../../src/domain/links/parse-link.ts';
import { platformOf } from '../../../src/domain/links/platform-guess.ts';
import { handleRule } from '../../../src/domain/links/platform-handles.ts';
import { addressOf, handleIn, isFederated } from '../../../src/domain/links/profile-address.ts';
import { PLATFORMS } from '../../../verify/platforms.ts';

const LINES = readFileSync(new URL('addresses.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => /^(.+) → (\S+)(?: (.+))?$/.exec(line)?.slice(1) as [string, string, string | undefined]);

function saved(pasted: string) {
  const platform = platformOf(pasted) ?? 'none';
  const result = parseLink({ platform, username: pasted });
  if (!result.ok) throw new Error(result.errors[0]?.message);
  return result.link;
}

/** The pasted address as it stands in a link. */
const untouched = (pasted: string) =>
  new URL(pasted.includes('://') ? pasted.replace(/^http:/, 'https:') : `https://${pasted}`).href;

test('there are several hundred, of every platform that an address tells', () => {
  expect(LINES.length).toBeGreaterThan(400);
  const told = PLATFORMS.filter(
    (platform) =>
      platform.address.startsWith('https://') && platform.id !== 'line' && platform.id !== 'wechat',
  ).map(({ id }) => id);
  expect(told.filter((id) => !LINES.some(([, platform]) => platform === id))).toEqual(['nostr']);
});

describe('what is pasted', () => {
  test.each(LINES)('%s is saved for %s %s', (pasted, platform, handle) => {
    const link = saved(pasted);
    expect([link.platform, link.username]).toEqual([platform, handle ?? untouched(pasted)]);
    const known = PLATFORMS.find(({ id }) => id === platform);
    expect(link.url).toBe(handle && known ? addressOf(known, handle) : untouched(pasted));
  });
});

/** Profiles of the table, each with the platform. */
const profiles = LINES.filter(([pasted, platform]) => platform !== 'custom' && pasted.startsWith('https://'));
const platformNamed = (id: string) => PLATFORMS.find((one) => one.id === id) as (typeof PLATFORMS)[number];

describe('what is saved leads where the pasted address led', () => {
  test('whatever is pasted, the saved address is of the same account by the rules themselves, and stays so', () => {
    const noise = fc.constantFrom('', '?utm_source=x', '?fbclid=1&igsh=2', '?si=abc', '#top', '/');
    fc.assert(
      fc.property(fc.constantFrom(...profiles), noise, fc.boolean(), ([pasted, id], tail, upper) => {
        const url = new URL(pasted);
        fc.pre(!pasted.includes('#') && !(url.search && tail.startsWith('?')));
        const shout = upper ? pasted.replace(url.host, url.host.toUpperCase()) : pasted;
        const link = saved(tail === '/' && url.search ? shout : shout + tail);
        expect(link.platform).toBe(id);
        const platform = platformNamed(id);
        expect(handleIn(platform, new URL(link.url))).toBe(handleIn(platform, url));
        expect(saved(link.url)).toEqual(link);
      }),
      { numRuns: 500 },
    );
  });

  test('a page below a profile, or with a query that tells something, is left alone', () => {
    const more = fc.tuple(
      fc.constantFrom('/posts/1', '/status/1', '/a/b/c', '?page=2', '?v=1', '?id=7&q=x'),
      fc.constantFrom('', '&utm_source=x'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...profiles), more, ([pasted], [part, noise]) => {
        const url = new URL(pasted);
        fc.pre(!url.search && !url.hash);
        const longer = `${pasted.replace(/\/$/, '')}${part.startsWith('?') ? part + noise : part}`;
        expect(saved(longer)).toEqual({
          platform: 'custom',
          username: untouched(longer),
          url: untouched(longer),
        });
      }),
      { numRuns: 500 },
    );
  });

  test('no page that a site keeps for itself is anybody’s handle', () => {
    for (const platform of PLATFORMS.filter(({ address }) => /^https:\/\/[^/{]+\/\{\}$/.test(address)))
      for (const page of handleRule(platform.id)?.pages ?? []) {
        const address = platform.address.replace('{}', page);
        expect(saved(address)).toMatchObject({ platform: 'custom', url: new URL(address).href });
        expect(parseLink({ platform: platform.id, username: page }).ok).toBe(false);
      }
  });

  test('of federated platforms only the accounts on known servers are told', () => {
    expect(PLATFORMS.filter(isFederated).map(({ id }) => id)).toEqual([
      'forgejo',
      'mastodon',
      'pixelfed',
      'peertube',
      'lemmy',
      'nextcloud',
    ]);
  });
});
