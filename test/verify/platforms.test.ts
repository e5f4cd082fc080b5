/** The registry of platforms: names that never change, addresses that existing clients know, rules that agree. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handleRule } from '../../src/domain/links/platform-handles.ts';
import { platformIcon } from '../../src/domain/links/platform-icons.ts';
import { bareHandle, handleIn, isOn } from '../../src/domain/links/profile-address.ts';
import { parseWebAddress } from '../../src/domain/links/web-address.ts';
import { PLATFORMS, platformByCode, platformById } from '../../verify/platforms.ts';

/** Codes are printed on paper: a line of this table may be added, never changed. */
const CODES = {
  github: 1,
  linkedin: 2,
  twitter: 3,
  gitlab: 4,
  devfolio: 5,
  npm: 6,
  devto: 7,
  hashnode: 8,
  medium: 9,
  leetcode: 10,
  hackerrank: 11,
  stackoverflow: 12,
  discord: 13,
  telegram: 14,
  email: 15,
  portfolio: 16,
  custom: 17,
  bluesky: 18,
  mastodon: 19,
  youtube: 20,
  instagram: 21,
  facebook: 22,
  threads: 23,
  reddit: 24,
  twitch: 25,
  tiktok: 26,
  codeberg: 27,
  bitbucket: 28,
  sourcehut: 29,
  dribbble: 30,
  behance: 31,
  figma: 32,
  kaggle: 33,
  huggingface: 34,
  codepen: 35,
  whatsapp: 36,
  signal: 37,
  matrix: 38,
  keybase: 39,
  buymeacoffee: 40,
  kofi: 41,
  patreon: 42,
  producthunt: 43,
  orcid: 44,
  googlescholar: 45,
  researchgate: 46,
  substack: 47,
  codeforces: 48,
  codechef: 49,
  hackernews: 50,
  pypi: 51,
  dockerhub: 52,
  peerlist: 53,
  calcom: 54,
  calendly: 55,
};

describe('the registry', () => {
  test('has every platform under the code that it has always had', () => {
    expect(Object.fromEntries(PLATFORMS.map(({ id, code }) => [id, code]))).toEqual(CODES);
  });

  test('finds a platform by id and by code, and nothing else', () => {
    for (const platform of PLATFORMS) {
      expect(platformById(platform.id)).toBe(platform);
      expect(platformByCode(platform.code)).toBe(platform);
    }
    for (const id of ['', 'GitHub', 'myspace', '__proto__', 'constructor', 'toString']) {
      expect(platformById(id)).toBeUndefined();
    }
    for (const code of [0, -1, 1.5, 56, Number.NaN]) expect(platformByCode(code)).toBeUndefined();
  });

  test.each(PLATFORMS.map((platform) => [platform.id, platform] as const))(
    'describes %s whole',
    (id, platform) => {
      expect(platform.name).toMatch(/^\S.*\S$/);
      expect(platform.color).toMatch(/^#[\da-f]{6}$/);
      expect(platformIcon(id)).toMatch(/^[Mm][\d\sMmLlHhVvCcSsQqTtAaZz.,-]+$/);
      const rule = handleRule(id);
      if (!rule) {
        expect(['portfolio', 'custom']).toContain(id);
        return;
      }
      expect(rule.allowed).toMatch(/^[^.].*[^.]$/);
      expect(rule.pattern.flags).not.toMatch(/[gy]/);
      expect(bareHandle(platform, rule.example)).toMatch(rule.pattern);
    },
  );

  test('has its own picture for every platform, and that of a custom link for an unknown one', () => {
    expect(new Set(PLATFORMS.map(({ id }) => platformIcon(id))).size).toBe(PLATFORMS.length);
    expect(platformIcon('myspace')).toBe(platformIcon('custom'));
    expect(platformIcon('constructor')).toBe(platformIcon('custom'));
  });
});

describe('url', () => {
  test.each([
    ['github', 'octocat', 'https://github.com/octocat'],
    ['linkedin', 'ada', 'https://www.linkedin.com/in/ada'],
    ['twitter', 'ada', 'https://x.com/ada'],
    ['gitlab', 'ada', 'https://gitlab.com/ada'],
    ['devfolio', 'ada', 'https://devfolio.co/@ada'],
    ['npm', 'ada', 'https://www.npmjs.com/~ada'],
    ['devto', 'ada', 'https://dev.to/ada'],
    ['hashnode', 'ada', 'https://hashnode.com/@ada'],
    ['medium', 'ada', 'https://medium.com/@ada'],
    ['leetcode', 'ada', 'https://leetcode.com/u/ada'],
    ['hackerrank', 'ada', 'https://www.hackerrank.com/profile/ada'],
    ['stackoverflow', '22656', 'https://stackoverflow.com/users/22656'],
    ['discord', 'ada', ''],
    ['telegram', 'ada', 'https://t.me/ada'],
    ['email', 'ada+card@example.org', 'mailto:ada+card@example.org'],
    ['portfolio', 'https://ada.example/', 'https://ada.example/'],
    ['custom', 'https://ada.example/', 'https://ada.example/'],
  ])('builds the %s address of the existing API', (id, handle, url) => {
    expect(platformById(id)?.url(handle)).toBe(url);
  });

  test.each([
    ['mastodon', 'ada@fosstodon.org', 'https://fosstodon.org/@ada'],
    ['matrix', 'ada:matrix.org', 'https://matrix.to/#/@ada:matrix.org'],
    ['signal', 'ada.01', ''],
    ['signal', '+4915123456789', 'https://signal.me/#p/+4915123456789'],
    ['discord', '80351110224678912', 'https://discord.com/users/80351110224678912'],
    ['whatsapp', '4915123456789', 'https://wa.me/4915123456789'],
    ['googlescholar', 'qc6CJjYAAAAJ', 'https://scholar.google.com/citations?user=qc6CJjYAAAAJ'],
    ['linkedin', 'josé', 'https://www.linkedin.com/in/jos%C3%A9'],
    ['email', 'a?b&c@example.org', 'mailto:a%3Fb%26c@example.org'],
    ['custom', 'My blog', ''],
    ['github', '$&', 'https://github.com/%24%26'],
  ])('builds the %s address of %s', (id, handle, url) => {
    expect(platformById(id)?.url(handle)).toBe(url);
  });
});

/** Texts that a pattern accepts; fast-check knows no lookaheads and no `i`, so those are left to the filter. */
function matching(pattern: RegExp): fc.Arbitrary<string> {
  const source = pattern.source.replace(/\(\?[!=](?:[^()]|\([^()]*\))*\)/g, '');
  const flags = pattern.flags.replace('i', '');
  return fc.stringMatching(new RegExp(source, flags)).filter((text) => pattern.test(text));
}

describe('every handle that a rule accepts', () => {
  const ruled = PLATFORMS.filter(({ id }) => handleRule(id));

  test.each(ruled.map((platform) => [platform.id, platform] as const))(
    'at %s has an address that is safe and leads back to it',
    (id, platform) => {
      const pattern = handleRule(id)?.pattern ?? /^$/;
      const handles = matching(pattern).filter((handle) => handle === handle.normalize('NFC'));
      fc.assert(
        fc.property(handles, (typed) => {
          const handle = handleRule(id)?.tidy?.(typed) ?? typed;
          const url = platform.url(handle);
          if (url === '') return;
          if (id === 'email') {
            expect(decodeURIComponent(url)).toBe(`mailto:${handle}`);
            return;
          }
          const address = parseWebAddress(url);
          if (!address.ok) {
            // A made-up server can be one that is not public: parseLink refuses such a handle.
            expect(id).toBe('mastodon');
            return;
          }
          expect(address.value.href).toBe(url);
          expect(isOn(platform, address.value)).toBe(true);
          expect(handleIn(platform, address.value)).toBe(handle);
        }),
        { numRuns: 50 },
      );
    },
  );
});
