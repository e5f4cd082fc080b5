/**
 * The platforms a link may name: identity and the address of a handle.
 *
 * Small on purpose, because the offline scanner ships it to turn `[code, handle]` back into a link. What a handle
 * may look like is in `platform-handles.ts`, the pictures are in `platform-icons.ts`.
 */

/** One service on which an owner can have a page, or one kind of address (email, portfolio, custom). */
export interface Platform {
  /** What the API and the database call it; never changes. */
  readonly id: string;
  /** What offline QR codes call it; never changes and never goes to another platform. */
  readonly code: number;
  /** As people write it. */
  readonly name: string;
  /** The address of a page, with `{}` where the handle stands; `''` where the handle decides more than that. */
  readonly address: string;
  /**
   * The https, mailto or tel address of a handle that `platform-handles.ts` accepts, or `''` where no address
   * follows from the handle (a Discord name, the label of a custom link): then the handle is shown as text.
   */
  url(handle: string): string;
}

/** Percent-encodes a handle for a URL, except what these URLs carry as it is. */
export const encodeHandle = (handle: string) =>
  encodeURIComponent(handle).replace(/%(?:40|2B|2F|3A)/g, (escaped) => decodeURIComponent(escaped));

/** `address` has `{}` where the handle stands, or is a function for the few platforms where that is not enough. */
const platform = (
  code: number,
  id: string,
  name: string,
  address: string | ((handle: string) => string),
): Platform =>
  typeof address === 'string'
    ? { id, code, name, address, url: (handle) => address.replace('{}', () => encodeHandle(handle)) }
    : { id, code, name, address: '', url: address };

/** A portfolio or custom link has its address as handle, unless the owner gave it a label. */
const ownAddress = (handle: string) => (handle.startsWith('https://') ? handle : '');

/** Names have no page, but the long number of an account does. */
const discordAddress = (handle: string) =>
  /^\d+$/.test(handle) ? `https://discord.com/users/${handle}` : '';

/** A Signal name has no page either; a telephone number does. */
const signalAddress = (handle: string) => (handle.startsWith('+') ? `https://signal.me/#p/${handle}` : '');

/** `user@server` with the path of the page at the server. */
const server = (path: (user: string) => string) => (handle: string) => {
  const at = handle.lastIndexOf('@');
  return `https://${handle.slice(at + 1)}/${path(encodeHandle(handle.slice(0, at)))}`;
};

/** Every platform, in the order in which a form offers them: code first, then people, then own addresses. */
export const PLATFORMS: readonly Platform[] = [
  platform(1, 'github', 'GitHub', 'https://github.com/{}'),
  platform(2, 'linkedin', 'LinkedIn', 'https://www.linkedin.com/in/{}'),
  platform(3, 'twitter', 'X (Twitter)', 'https://x.com/{}'),
  platform(15, 'email', 'Email', 'mailto:{}'),
  platform(56, 'phone', 'Phone', 'tel:{}'),
  platform(16, 'portfolio', 'Portfolio', ownAddress),

  platform(4, 'gitlab', 'GitLab', 'https://gitlab.com/{}'),
  platform(27, 'codeberg', 'Codeberg', 'https://codeberg.org/{}'),
  platform(28, 'bitbucket', 'Bitbucket', 'https://bitbucket.org/{}'),
  platform(29, 'sourcehut', 'SourceHut', 'https://sr.ht/~{}'),
  platform(57, 'gitee', 'Gitee', 'https://gitee.com/{}'),
  platform(58, 'gitea', 'Gitea', 'https://gitea.com/{}'),
  platform(
    59,
    'forgejo',
    'Forgejo',
    server((user) => user),
  ),
  platform(60, 'launchpad', 'Launchpad', 'https://launchpad.net/~{}'),
  platform(6, 'npm', 'npm', 'https://www.npmjs.com/~{}'),
  platform(51, 'pypi', 'PyPI', 'https://pypi.org/user/{}'),
  platform(61, 'jsr', 'JSR', 'https://jsr.io/@{}'),
  platform(62, 'crates', 'crates.io', 'https://crates.io/users/{}'),
  platform(63, 'rubygems', 'RubyGems', 'https://rubygems.org/profiles/{}'),
  platform(64, 'packagist', 'Packagist', 'https://packagist.org/users/{}'),
  platform(65, 'nuget', 'NuGet', 'https://www.nuget.org/profiles/{}'),
  platform(52, 'dockerhub', 'Docker Hub', 'https://hub.docker.com/u/{}'),
  platform(34, 'huggingface', 'Hugging Face', 'https://huggingface.co/{}'),
  platform(33, 'kaggle', 'Kaggle', 'https://www.kaggle.com/{}'),
  platform(35, 'codepen', 'CodePen', 'https://codepen.io/{}'),
  platform(66, 'codesandbox', 'CodeSandbox', 'https://codesandbox.io/u/{}'),
  platform(67, 'stackblitz', 'StackBlitz', 'https://stackblitz.com/@{}'),
  platform(68, 'replit', 'Replit', 'https://replit.com/@{}'),
  platform(69, 'observable', 'Observable', 'https://observablehq.com/@{}'),
  platform(12, 'stackoverflow', 'Stack Overflow', 'https://stackoverflow.com/users/{}'),
  platform(70, 'stackexchange', 'Stack Exchange', 'https://stackexchange.com/users/{}'),
  platform(71, 'wakatime', 'WakaTime', 'https://wakatime.com/@{}'),
  platform(72, 'daily', 'daily.dev', 'https://app.daily.dev/{}'),

  platform(5, 'devfolio', 'Devfolio', 'https://devfolio.co/@{}'),
  platform(53, 'peerlist', 'Peerlist', 'https://peerlist.io/{}'),
  platform(43, 'producthunt', 'Product Hunt', 'https://www.producthunt.com/@{}'),
  platform(10, 'leetcode', 'LeetCode', 'https://leetcode.com/u/{}'),
  platform(11, 'hackerrank', 'HackerRank', 'https://www.hackerrank.com/profile/{}'),
  platform(48, 'codeforces', 'Codeforces', 'https://codeforces.com/profile/{}'),
  platform(49, 'codechef', 'CodeChef', 'https://www.codechef.com/users/{}'),
  platform(73, 'codewars', 'Codewars', 'https://www.codewars.com/users/{}'),
  platform(74, 'exercism', 'Exercism', 'https://exercism.org/profiles/{}'),
  platform(75, 'hackerearth', 'HackerEarth', 'https://www.hackerearth.com/@{}'),
  platform(76, 'geeksforgeeks', 'GeeksforGeeks', 'https://www.geeksforgeeks.org/profile/{}'),
  platform(77, 'atcoder', 'AtCoder', 'https://atcoder.jp/users/{}'),
  platform(78, 'topcoder', 'Topcoder', 'https://profiles.topcoder.com/{}'),
  platform(79, 'tryhackme', 'TryHackMe', 'https://tryhackme.com/p/{}'),
  platform(80, 'hackthebox', 'Hack The Box', 'https://app.hackthebox.com/users/{}'),
  platform(81, 'hackerone', 'HackerOne', 'https://hackerone.com/{}'),
  platform(82, 'bugcrowd', 'Bugcrowd', 'https://bugcrowd.com/{}'),

  platform(7, 'devto', 'dev.to', 'https://dev.to/{}'),
  platform(8, 'hashnode', 'Hashnode', 'https://hashnode.com/@{}'),
  platform(9, 'medium', 'Medium', 'https://medium.com/@{}'),
  platform(47, 'substack', 'Substack', 'https://substack.com/@{}'),
  platform(50, 'hackernews', 'Hacker News', 'https://news.ycombinator.com/user?id={}'),
  platform(83, 'hackmd', 'HackMD', 'https://hackmd.io/@{}'),
  platform(84, 'wordpress', 'WordPress', 'https://{}.wordpress.com/'),
  platform(85, 'qiita', 'Qiita', 'https://qiita.com/{}'),
  platform(86, 'zenn', 'Zenn', 'https://zenn.dev/{}'),
  platform(87, 'note', 'note', 'https://note.com/{}'),
  platform(88, 'velog', 'velog', 'https://velog.io/@{}'),
  platform(89, 'habr', 'Habr', 'https://habr.com/users/{}'),
  platform(90, 'juejin', 'Juejin', 'https://juejin.cn/user/{}'),
  platform(91, 'csdn', 'CSDN', 'https://blog.csdn.net/{}'),
  platform(92, 'lobsters', 'Lobsters', 'https://lobste.rs/~{}'),
  platform(93, 'indiehackers', 'Indie Hackers', 'https://www.indiehackers.com/{}'),
  platform(94, 'sessionize', 'Sessionize', 'https://sessionize.com/{}'),
  platform(95, 'speakerdeck', 'Speaker Deck', 'https://speakerdeck.com/{}'),
  platform(96, 'slideshare', 'SlideShare', 'https://www.slideshare.net/{}'),
  platform(97, 'meetup', 'Meetup', 'https://www.meetup.com/members/{}'),
  platform(98, 'xing', 'XING', 'https://www.xing.com/profile/{}'),
  platform(99, 'wellfound', 'Wellfound', 'https://wellfound.com/u/{}'),
  platform(100, 'credly', 'Credly', 'https://www.credly.com/users/{}'),
  platform(101, 'googledevelopers', 'Google Developers', 'https://g.dev/{}'),

  platform(18, 'bluesky', 'Bluesky', 'https://bsky.app/profile/{}'),
  platform(
    19,
    'mastodon',
    'Mastodon',
    server((user) => `@${user}`),
  ),
  platform(23, 'threads', 'Threads', 'https://www.threads.com/@{}'),
  platform(21, 'instagram', 'Instagram', 'https://www.instagram.com/{}'),
  platform(22, 'facebook', 'Facebook', 'https://www.facebook.com/{}'),
  platform(24, 'reddit', 'Reddit', 'https://www.reddit.com/user/{}'),
  platform(20, 'youtube', 'YouTube', 'https://www.youtube.com/@{}'),
  platform(25, 'twitch', 'Twitch', 'https://www.twitch.tv/{}'),
  platform(26, 'tiktok', 'TikTok', 'https://www.tiktok.com/@{}'),
  platform(102, 'snapchat', 'Snapchat', 'https://www.snapchat.com/@{}'),
  platform(103, 'pinterest', 'Pinterest', 'https://www.pinterest.com/{}'),
  platform(104, 'tumblr', 'Tumblr', 'https://www.tumblr.com/{}'),
  platform(
    105,
    'pixelfed',
    'Pixelfed',
    server((user) => user),
  ),
  platform(
    106,
    'peertube',
    'PeerTube',
    server((user) => `a/${user}`),
  ),
  platform(
    107,
    'lemmy',
    'Lemmy',
    server((user) => `u/${user}`),
  ),
  platform(108, 'nostr', 'Nostr', 'https://njump.me/{}'),
  platform(109, 'farcaster', 'Farcaster', 'https://farcaster.xyz/{}'),
  platform(110, 'kick', 'Kick', 'https://kick.com/{}'),
  platform(111, 'vk', 'VK', 'https://vk.com/{}'),
  platform(112, 'weibo', 'Weibo', 'https://weibo.com/{}'),
  platform(113, 'zhihu', 'Zhihu', 'https://www.zhihu.com/people/{}'),
  platform(114, 'bilibili', 'Bilibili', 'https://space.bilibili.com/{}'),

  platform(14, 'telegram', 'Telegram', 'https://t.me/{}'),
  platform(13, 'discord', 'Discord', discordAddress),
  platform(36, 'whatsapp', 'WhatsApp', 'https://wa.me/{}'),
  platform(37, 'signal', 'Signal', signalAddress),
  platform(38, 'matrix', 'Matrix', 'https://matrix.to/#/@{}'),
  platform(115, 'threema', 'Threema', 'https://threema.id/{}'),
  platform(116, 'xmpp', 'XMPP', () => ''),
  platform(117, 'wechat', 'WeChat', () => ''),
  platform(118, 'line', 'LINE', () => ''),
  platform(
    119,
    'nextcloud',
    'Nextcloud',
    server((user) => `u/${user}`),
  ),
  platform(39, 'keybase', 'Keybase', 'https://keybase.io/{}'),
  platform(54, 'calcom', 'Cal.com', 'https://cal.com/{}'),
  platform(55, 'calendly', 'Calendly', 'https://calendly.com/{}'),

  platform(30, 'dribbble', 'Dribbble', 'https://dribbble.com/{}'),
  platform(31, 'behance', 'Behance', 'https://www.behance.net/{}'),
  platform(32, 'figma', 'Figma', 'https://www.figma.com/@{}'),
  platform(120, 'artstation', 'ArtStation', 'https://www.artstation.com/{}'),
  platform(121, 'deviantart', 'DeviantArt', 'https://www.deviantart.com/{}'),
  platform(122, 'unsplash', 'Unsplash', 'https://unsplash.com/@{}'),
  platform(123, 'flickr', 'Flickr', 'https://www.flickr.com/photos/{}'),
  platform(124, 'vimeo', 'Vimeo', 'https://vimeo.com/{}'),
  platform(125, 'spotify', 'Spotify', 'https://open.spotify.com/user/{}'),
  platform(126, 'soundcloud', 'SoundCloud', 'https://soundcloud.com/{}'),
  platform(127, 'bandcamp', 'Bandcamp', 'https://{}.bandcamp.com/'),
  platform(128, 'lastfm', 'Last.fm', 'https://www.last.fm/user/{}'),
  platform(129, 'mixcloud', 'Mixcloud', 'https://www.mixcloud.com/{}'),
  platform(130, 'letterboxd', 'Letterboxd', 'https://letterboxd.com/{}'),
  platform(131, 'goodreads', 'Goodreads', 'https://www.goodreads.com/user/show/{}'),
  platform(132, 'steam', 'Steam', 'https://steamcommunity.com/id/{}'),
  platform(133, 'itch', 'itch.io', 'https://{}.itch.io/'),
  platform(134, 'lichess', 'Lichess', 'https://lichess.org/@/{}'),
  platform(135, 'chesscom', 'Chess.com', 'https://www.chess.com/member/{}'),
  platform(136, 'duolingo', 'Duolingo', 'https://www.duolingo.com/profile/{}'),
  platform(137, 'strava', 'Strava', 'https://www.strava.com/athletes/{}'),
  platform(138, 'openstreetmap', 'OpenStreetMap', 'https://www.openstreetmap.org/user/{}'),
  platform(44, 'orcid', 'ORCID', 'https://orcid.org/{}'),
  platform(45, 'googlescholar', 'Google Scholar', 'https://scholar.google.com/citations?user={}'),
  platform(46, 'researchgate', 'ResearchGate', 'https://www.researchgate.net/profile/{}'),
  platform(139, 'linktree', 'Linktree', 'https://linktr.ee/{}'),
  platform(140, 'aboutme', 'about.me', 'https://about.me/{}'),
  platform(141, 'gravatar', 'Gravatar', 'https://gravatar.com/{}'),
  platform(40, 'buymeacoffee', 'Buy Me a Coffee', 'https://buymeacoffee.com/{}'),
  platform(41, 'kofi', 'Ko-fi', 'https://ko-fi.com/{}'),
  platform(42, 'patreon', 'Patreon', 'https://www.patreon.com/{}'),
  platform(142, 'githubsponsors', 'GitHub Sponsors', 'https://github.com/sponsors/{}'),
  platform(143, 'opencollective', 'Open Collective', 'https://opencollective.com/{}'),
  platform(144, 'liberapay', 'Liberapay', 'https://liberapay.com/{}'),
  platform(145, 'paypal', 'PayPal', 'https://paypal.me/{}'),
  platform(146, 'gumroad', 'Gumroad', 'https://gumroad.com/{}'),

  platform(17, 'custom', 'Custom link', ownAddress),
];

const byId = new Map(PLATFORMS.map((entry) => [entry.id, entry]));
const byCode = new Map(PLATFORMS.map((entry) => [entry.code, entry]));

/** The platform of an id as the API writes it, or undefined. */
export function platformById(id: string): Platform | undefined {
  return byId.get(id);
}

/** The platform of a code in an offline QR code, or undefined where the code is newer than this copy. */
export function platformByCode(code: number): Platform | undefined {
  return byCode.get(code);
}
