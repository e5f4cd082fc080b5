/** The profiles behind the test vectors: from small to the longest that the API accepts. */

import { LIMITS, type PublicLink, type PublicProfile } from '../../src/domain/profile.ts';
import { PLATFORMS, platformById } from '../../verify/platforms.ts';

type Link = [platform: string, handle: string, url?: string];

/** A profile with these links; an address that is left out is what the registry makes of the handle. */
export function profile(
  fields: Partial<PublicProfile> & { username: string; displayName: string },
  links: Link[],
): PublicProfile {
  return {
    bio: null,
    pronouns: null,
    role: null,
    company: null,
    avatarUrl: null,
    accentColor: '#6366f1',
    ...fields,
    links: links.map(
      ([platform, username, url], displayOrder): PublicLink => ({
        id: `00000000-0000-4000-8000-${String(displayOrder).padStart(12, '0')}`,
        platform,
        username,
        url: url ?? platformById(platform)!.url(username),
        displayOrder,
        followed: false,
      }),
    ),
  };
}

const small = profile({ username: 'grace', displayName: 'Grace Hopper', role: 'Rear admiral' }, [
  ['github', 'grace'],
  ['linkedin', 'grace-hopper'],
  ['email', 'grace@example.org'],
]);

const typical = profile(
  {
    username: 'ada',
    displayName: 'Ada Lovelace',
    bio: 'Writes programs for machines that do not exist yet. Notes on notes, long walks, and the odd Bernoulli number.',
    pronouns: 'she/her',
    role: 'Staff engineer',
    company: 'Analytical Engines',
    avatarUrl: 'https://avatars.githubusercontent.com/u/1815?v=4',
  },
  [
    ['github', 'ada'],
    ['linkedin', 'ada-lovelace'],
    ['twitter', 'ada'],
    ['mastodon', 'ada@fosstodon.org'],
    ['bluesky', 'ada.example.org'],
    ['email', 'ada@example.org'],
    ['portfolio', 'https://ada.example.org/'],
    ['custom', 'Notes on the engine', 'https://notes.example.org/engine'],
  ],
);

const large = profile(
  {
    username: 'linus-builds',
    displayName: 'Linus Johansson-Fernández',
    bio: 'Kernel person by day, compiler person by night. I maintain a handful of small libraries that half of your dependency tree leans on, speak at meetups about boring technology that works, and answer mail on Fridays. Before: two start-ups, one bank and a lighthouse. Ask me about build systems and bees.',
    pronouns: 'he/they',
    role: 'Principal engineer, developer infrastructure',
    company: 'Northern Lights Computing Cooperative',
    avatarUrl: 'https://avatars.githubusercontent.com/u/1024025?v=4',
    accentColor: '#0b7285',
  },
  [
    ['github', 'linus-builds'],
    ['gitlab', 'linus-builds'],
    ['linkedin', 'linus-johansson-fernandez'],
    ['twitter', 'linusbuilds'],
    ['mastodon', 'linus@hachyderm.io'],
    ['bluesky', 'linus.builds.example'],
    ['devto', 'linusbuilds'],
    ['hashnode', 'linusbuilds'],
    ['medium', 'linus.builds'],
    ['npm', 'linus-builds'],
    ['stackoverflow', '1024025/linus'],
    ['leetcode', 'linusb'],
    ['youtube', 'linusbuilds'],
    ['twitch', 'linusbuilds'],
    ['discord', 'linusbuilds'],
    ['telegram', 'linusbuilds'],
    ['email', 'linus@builds.example'],
    ['portfolio', 'https://linus.builds.example/'],
    ['custom', 'Talk: boring technology', 'https://talks.builds.example/2026/boring-technology'],
    ['custom', 'Book a chat', 'https://cal.builds.example/linus/30min'],
  ],
);

const scripts = profile(
  {
    username: 'sakura_dev',
    displayName: '佐藤 さくら · सकुरा',
    bio: '東京とプネーを行き来するソフトウェアエンジニアです。分散システムと日本語組版が好きで、週末は味噌を仕込んでいます。कोड, किताबें और चाय। मैं खुले स्रोत की परियोजनाओं में योगदान करती हूँ और नए लोगों को प्रोग्रामिंग सिखाती हूँ। 気軽に話しかけてください、ヒンディー語も大歓迎です。दिल्ली और पुणे की सभाओं में मिलिए, और अपनी समस्याएँ साथ लाइए। 一緒に直しましょう。よろしくお願いします。',
    pronouns: '彼女 / वह',
    role: 'シニアソフトウェアエンジニア',
    company: '株式会社つくばデータ研究所',
    avatarUrl: 'https://avatars.githubusercontent.com/u/40318?v=4',
    accentColor: '#d6336c',
  },
  [
    ['github', 'sakura_dev'],
    ['linkedin', 'sakura-sato'],
    ['twitter', 'sakura_dev'],
    ['email', 'sakura@example.jp'],
    ['portfolio', 'https://sakura.example.jp/'],
    ['custom', '日本語ブログ', 'https://blog.example.jp/ja/'],
    ['custom', 'हिन्दी ब्लॉग', 'https://blog.example.jp/hi/'],
    ['telegram', 'sakura_dev'],
  ],
);

const emojiAndRightToLeft = profile(
  {
    username: 'noor',
    displayName: 'نور الهدى 👩🏽‍💻 Noor',
    bio: '🧑‍🚀 מפתחת תוכנה · مهندسة برمجيات 🏳️‍🌈\nبناء أدوات للمطوّرين 🛠️ ✨\n"Quotes", \\backslashes\\ and é as e + ◌́: é 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿',
    pronouns: 'هي · היא 🙋🏽‍♀️',
    role: '🔧 مهندسة',
    company: 'שלום בע״מ 🕊️',
    accentColor: '#2b8a3e',
  },
  [
    ['github', 'noor'],
    ['mastodon', 'noor@mastodon.social'],
    ['custom', 'مدوّنتي ✍🏽', 'https://noor.example/%D9%85%D8%AF%D9%88%D9%86%D8%A9'],
    ['custom', '🎧 הפודקאסט', 'https://noor.example/podcast'],
    ['email', 'noor+card@example.com'],
  ],
);

/** Text that does not compress: the steps through the characters are a fixed pseudo-random sequence. */
function noise(length: number, from: number, to: number, seed: number): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return String.fromCodePoint(from + ((state >>> 8) % (to - from)));
  }).join('');
}

const lower = (length: number, seed: number) => noise(length, 97, 123, seed);
const han = (length: number, seed: number) => noise(length, 0x20000, 0x2a6d6, seed);

const longest = profile(
  {
    username: lower(50, 1),
    displayName: han(LIMITS.displayName, 2),
    bio: han(LIMITS.bio, 3),
    pronouns: han(LIMITS.pronouns, 4),
    role: han(LIMITS.role, 5),
    company: han(LIMITS.company, 6),
    avatarUrl: `https://example.org/${lower(200, 7)}`,
    accentColor: '#a61e4d',
  },
  Array.from(
    { length: LIMITS.links },
    (_, i): Link => [
      'custom',
      han(LIMITS.linkHandle, 100 + i),
      `https://example.org/${lower(LIMITS.url - 'https://example.org/'.length, 200 + i)}`,
    ],
  ),
);

const fiftyLinks = profile(
  { username: 'collector', displayName: 'Collector of Accounts', bio: 'Signs up for everything once.' },
  PLATFORMS.filter(({ id }) => !['custom', 'portfolio', 'email', 'mastodon', 'signal'].includes(id))
    .slice(0, 50)
    .map(({ id }, i): Link => [id, i % 3 === 0 ? 'collector' : lower(12, 300 + i)]),
);

/** By name, in the order of the vectors. */
export const PROFILES: Readonly<Record<string, PublicProfile>> = {
  small,
  typical,
  large,
  'japanese and hindi': scripts,
  'emoji and right to left': emojiAndRightToLeft,
  'fifty links': fiftyLinks,
  'everything as long as it may be': longest,
};
