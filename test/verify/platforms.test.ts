/** The registry of platforms: names that never change, addresses that existing clients know, rules that agree. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLink } from '../../src/domain/links/parse-link.ts';
import { handleRule } from '../../src/domain/links/platform-handles.ts';
import { platformIcon } from '../../src/domain/links/platform-icons.ts';
import { bareHandle, isOn, kindOf } from '../../src/domain/links/profile-address.ts';
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
  phone: 56,
  gitee: 57,
  gitea: 58,
  forgejo: 59,
  launchpad: 60,
  jsr: 61,
  crates: 62,
  rubygems: 63,
  packagist: 64,
  nuget: 65,
  codesandbox: 66,
  stackblitz: 67,
  replit: 68,
  observable: 69,
  stackexchange: 70,
  wakatime: 71,
  daily: 72,
  codewars: 73,
  exercism: 74,
  hackerearth: 75,
  geeksforgeeks: 76,
  atcoder: 77,
  topcoder: 78,
  tryhackme: 79,
  hackthebox: 80,
  hackerone: 81,
  bugcrowd: 82,
  hackmd: 83,
  wordpress: 84,
  qiita: 85,
  zenn: 86,
  note: 87,
  velog: 88,
  habr: 89,
  juejin: 90,
  csdn: 91,
  lobsters: 92,
  indiehackers: 93,
  sessionize: 94,
  speakerdeck: 95,
  slideshare: 96,
  meetup: 97,
  xing: 98,
  wellfound: 99,
  credly: 100,
  googledevelopers: 101,
  snapchat: 102,
  pinterest: 103,
  tumblr: 104,
  pixelfed: 105,
  peertube: 106,
  lemmy: 107,
  nostr: 108,
  farcaster: 109,
  kick: 110,
  vk: 111,
  weibo: 112,
  zhihu: 113,
  bilibili: 114,
  threema: 115,
  xmpp: 116,
  wechat: 117,
  line: 118,
  nextcloud: 119,
  artstation: 120,
  deviantart: 121,
  unsplash: 122,
  flickr: 123,
  vimeo: 124,
  spotify: 125,
  soundcloud: 126,
  bandcamp: 127,
  lastfm: 128,
  mixcloud: 129,
  letterboxd: 130,
  goodreads: 131,
  steam: 132,
  itch: 133,
  lichess: 134,
  chesscom: 135,
  duolingo: 136,
  strava: 137,
  openstreetmap: 138,
  linktree: 139,
  aboutme: 140,
  gravatar: 141,
  githubsponsors: 142,
  opencollective: 143,
  liberapay: 144,
  paypal: 145,
  gumroad: 146,
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
    for (const code of [0, -1, 1.5, 147, Number.NaN]) expect(platformByCode(code)).toBeUndefined();
  });

  test.each(PLATFORMS.map((platform) => [platform.id, platform] as const))(
    'describes %s whole',
    (id, platform) => {
      expect(platform.name).toMatch(/^\S.*\S$/);
      expect(platformIcon(id)).toMatch(/^[Mm][\d\sMmLlHhVvCcSsQqTtAaZz.,-]+$/);
      const rule = handleRule(id);
      if (!rule) {
        expect(['portfolio', 'custom']).toContain(id);
        return;
      }
      expect(rule.allowed).toMatch(/^[^.].*[^.]$/);
      for (const { pattern } of rule.kinds) expect(pattern.flags).not.toMatch(/[gy]/);
      if (id === 'nostr') return; // Nobody could read a whole key.
      expect(kindOf(rule, bareHandle(platform, rule.example))).toBe(rule.kinds.at(-1));
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

/** Texts that a pattern accepts; fast-check knows no assertions and no `i`, so those are left to the filter. */
function matching(pattern: RegExp): fc.Arbitrary<string> {
  const source = pattern.source.replace(/\(\?<?[!=](?:[^()]|\([^()]*\))*\)/g, '');
  const flags = pattern.flags.replace('i', '');
  return fc.stringMatching(new RegExp(source, flags)).filter((text) => pattern.test(text));
}

describe('every handle that a rule accepts', () => {
  const kinds = PLATFORMS.flatMap((platform) =>
    (handleRule(platform.id)?.kinds ?? []).map(
      (kind, index) => [platform.id, index, platform, kind] as const,
    ),
  );

  test.each(kinds)(
    'at %s (kind %i) has an address that is safe and leads back to it',
    (id, _, platform, kind) => {
      const handles = matching(kind.pattern).filter((handle) => handle === handle.normalize('NFC'));
      fc.assert(
        fc.property(handles, (typed) => {
          const parsed = parseLink({ platform: id, username: typed });
          // A made-up server can be one that is not public, a name one that the site keeps for itself.
          fc.pre(parsed.ok);
          const { username, url } = parsed.link;
          expect(parseLink(parsed.link)).toEqual(parsed);
          if (url === '') return;
          if (/^(?:mailto|tel):/.test(url)) {
            expect(url).toBe(platform.url(handleRule(id)?.tidy?.(username) ?? username));
            return;
          }
          const address = parseWebAddress(url);
          if (!address.ok) throw new Error(address.message);
          expect(address.value.href).toBe(url);
          expect(isOn(platform, address.value)).toBe(true);
          expect(parseLink({ platform: id, username: url })).toEqual(parsed);
        }),
        { numRuns: 30 },
      );
    },
  );
});
