/**
 * The platforms a link may name: identity, colour, and the address of a handle.
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
  /** Brand colour, `#rrggbb` in lower case. */
  readonly color: string;
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
  color: string,
  address: string | ((handle: string) => string),
): Platform =>
  typeof address === 'string'
    ? { id, code, name, color, address, url: (handle) => address.replace('{}', () => encodeHandle(handle)) }
    : { id, code, name, color, address: '', url: address };

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
  platform(1, 'github', 'GitHub', '#181717', 'https://github.com/{}'),
  platform(2, 'linkedin', 'LinkedIn', '#0a66c2', 'https://www.linkedin.com/in/{}'),
  platform(3, 'twitter', 'X (Twitter)', '#000000', 'https://x.com/{}'),
  platform(15, 'email', 'Email', '#ea4335', 'mailto:{}'),
  platform(56, 'phone', 'Phone', '#16a34a', 'tel:{}'),
  platform(16, 'portfolio', 'Portfolio', '#6366f1', ownAddress),

  platform(4, 'gitlab', 'GitLab', '#fc6d26', 'https://gitlab.com/{}'),
  platform(27, 'codeberg', 'Codeberg', '#2185d0', 'https://codeberg.org/{}'),
  platform(28, 'bitbucket', 'Bitbucket', '#0052cc', 'https://bitbucket.org/{}'),
  platform(29, 'sourcehut', 'SourceHut', '#000000', 'https://sr.ht/~{}'),
  platform(57, 'gitee', 'Gitee', '#c71d23', 'https://gitee.com/{}'),
  platform(58, 'gitea', 'Gitea', '#609926', 'https://gitea.com/{}'),
  platform(
    59,
    'forgejo',
    'Forgejo',
    '#fb923c',
    server((user) => user),
  ),
  platform(60, 'launchpad', 'Launchpad', '#e95420', 'https://launchpad.net/~{}'),
  platform(6, 'npm', 'npm', '#cb3837', 'https://www.npmjs.com/~{}'),
  platform(51, 'pypi', 'PyPI', '#3775a9', 'https://pypi.org/user/{}'),
  platform(61, 'jsr', 'JSR', '#f7df1e', 'https://jsr.io/@{}'),
  platform(62, 'crates', 'crates.io', '#000000', 'https://crates.io/users/{}'),
  platform(63, 'rubygems', 'RubyGems', '#e9573f', 'https://rubygems.org/profiles/{}'),
  platform(64, 'packagist', 'Packagist', '#f28d1a', 'https://packagist.org/users/{}'),
  platform(65, 'nuget', 'NuGet', '#004880', 'https://www.nuget.org/profiles/{}'),
  platform(52, 'dockerhub', 'Docker Hub', '#2496ed', 'https://hub.docker.com/u/{}'),
  platform(34, 'huggingface', 'Hugging Face', '#ffd21e', 'https://huggingface.co/{}'),
  platform(33, 'kaggle', 'Kaggle', '#20beff', 'https://www.kaggle.com/{}'),
  platform(35, 'codepen', 'CodePen', '#000000', 'https://codepen.io/{}'),
  platform(66, 'codesandbox', 'CodeSandbox', '#151515', 'https://codesandbox.io/u/{}'),
  platform(67, 'stackblitz', 'StackBlitz', '#1269d3', 'https://stackblitz.com/@{}'),
  platform(68, 'replit', 'Replit', '#f26207', 'https://replit.com/@{}'),
  platform(69, 'observable', 'Observable', '#353e58', 'https://observablehq.com/@{}'),
  platform(12, 'stackoverflow', 'Stack Overflow', '#f58025', 'https://stackoverflow.com/users/{}'),
  platform(70, 'stackexchange', 'Stack Exchange', '#1e5397', 'https://stackexchange.com/users/{}'),
  platform(71, 'wakatime', 'WakaTime', '#000000', 'https://wakatime.com/@{}'),
  platform(72, 'daily', 'daily.dev', '#ce3df3', 'https://app.daily.dev/{}'),

  platform(5, 'devfolio', 'Devfolio', '#3770ff', 'https://devfolio.co/@{}'),
  platform(53, 'peerlist', 'Peerlist', '#00aa45', 'https://peerlist.io/{}'),
  platform(43, 'producthunt', 'Product Hunt', '#da552f', 'https://www.producthunt.com/@{}'),
  platform(10, 'leetcode', 'LeetCode', '#ffa116', 'https://leetcode.com/u/{}'),
  platform(11, 'hackerrank', 'HackerRank', '#00ea64', 'https://www.hackerrank.com/profile/{}'),
  platform(48, 'codeforces', 'Codeforces', '#1f8acb', 'https://codeforces.com/profile/{}'),
  platform(49, 'codechef', 'CodeChef', '#5b4638', 'https://www.codechef.com/users/{}'),
  platform(73, 'codewars', 'Codewars', '#b1361e', 'https://www.codewars.com/users/{}'),
  platform(74, 'exercism', 'Exercism', '#009cab', 'https://exercism.org/profiles/{}'),
  platform(75, 'hackerearth', 'HackerEarth', '#2c3454', 'https://www.hackerearth.com/@{}'),
  platform(76, 'geeksforgeeks', 'GeeksforGeeks', '#2f8d46', 'https://www.geeksforgeeks.org/profile/{}'),
  platform(77, 'atcoder', 'AtCoder', '#222222', 'https://atcoder.jp/users/{}'),
  platform(78, 'topcoder', 'Topcoder', '#29a7df', 'https://profiles.topcoder.com/{}'),
  platform(79, 'tryhackme', 'TryHackMe', '#212c42', 'https://tryhackme.com/p/{}'),
  platform(80, 'hackthebox', 'Hack The Box', '#9fef00', 'https://app.hackthebox.com/users/{}'),
  platform(81, 'hackerone', 'HackerOne', '#494649', 'https://hackerone.com/{}'),
  platform(82, 'bugcrowd', 'Bugcrowd', '#f26822', 'https://bugcrowd.com/{}'),

  platform(7, 'devto', 'dev.to', '#0a0a0a', 'https://dev.to/{}'),
  platform(8, 'hashnode', 'Hashnode', '#2962ff', 'https://hashnode.com/@{}'),
  platform(9, 'medium', 'Medium', '#000000', 'https://medium.com/@{}'),
  platform(47, 'substack', 'Substack', '#ff6719', 'https://substack.com/@{}'),
  platform(50, 'hackernews', 'Hacker News', '#f0652f', 'https://news.ycombinator.com/user?id={}'),
  platform(83, 'hackmd', 'HackMD', '#453aff', 'https://hackmd.io/@{}'),
  platform(84, 'wordpress', 'WordPress', '#21759b', 'https://{}.wordpress.com/'),
  platform(85, 'qiita', 'Qiita', '#55c500', 'https://qiita.com/{}'),
  platform(86, 'zenn', 'Zenn', '#3ea8ff', 'https://zenn.dev/{}'),
  platform(87, 'note', 'note', '#000000', 'https://note.com/{}'),
  platform(88, 'velog', 'velog', '#20c997', 'https://velog.io/@{}'),
  platform(89, 'habr', 'Habr', '#65a3be', 'https://habr.com/users/{}'),
  platform(90, 'juejin', 'Juejin', '#007fff', 'https://juejin.cn/user/{}'),
  platform(91, 'csdn', 'CSDN', '#fc5531', 'https://blog.csdn.net/{}'),
  platform(92, 'lobsters', 'Lobsters', '#ac130d', 'https://lobste.rs/~{}'),
  platform(93, 'indiehackers', 'Indie Hackers', '#0e2439', 'https://www.indiehackers.com/{}'),
  platform(94, 'sessionize', 'Sessionize', '#1ab394', 'https://sessionize.com/{}'),
  platform(95, 'speakerdeck', 'Speaker Deck', '#009287', 'https://speakerdeck.com/{}'),
  platform(96, 'slideshare', 'SlideShare', '#008ed2', 'https://www.slideshare.net/{}'),
  platform(97, 'meetup', 'Meetup', '#ed1c40', 'https://www.meetup.com/members/{}'),
  platform(98, 'xing', 'XING', '#006567', 'https://www.xing.com/profile/{}'),
  platform(99, 'wellfound', 'Wellfound', '#000000', 'https://wellfound.com/u/{}'),
  platform(100, 'credly', 'Credly', '#ff6b00', 'https://www.credly.com/users/{}'),
  platform(101, 'googledevelopers', 'Google Developers', '#4285f4', 'https://g.dev/{}'),

  platform(18, 'bluesky', 'Bluesky', '#1185fe', 'https://bsky.app/profile/{}'),
  platform(
    19,
    'mastodon',
    'Mastodon',
    '#6364ff',
    server((user) => `@${user}`),
  ),
  platform(23, 'threads', 'Threads', '#000000', 'https://www.threads.com/@{}'),
  platform(21, 'instagram', 'Instagram', '#ff0069', 'https://www.instagram.com/{}'),
  platform(22, 'facebook', 'Facebook', '#0866ff', 'https://www.facebook.com/{}'),
  platform(24, 'reddit', 'Reddit', '#ff4500', 'https://www.reddit.com/user/{}'),
  platform(20, 'youtube', 'YouTube', '#ff0000', 'https://www.youtube.com/@{}'),
  platform(25, 'twitch', 'Twitch', '#9146ff', 'https://www.twitch.tv/{}'),
  platform(26, 'tiktok', 'TikTok', '#000000', 'https://www.tiktok.com/@{}'),
  platform(102, 'snapchat', 'Snapchat', '#fffc00', 'https://www.snapchat.com/@{}'),
  platform(103, 'pinterest', 'Pinterest', '#bd081c', 'https://www.pinterest.com/{}'),
  platform(104, 'tumblr', 'Tumblr', '#36465d', 'https://www.tumblr.com/{}'),
  platform(
    105,
    'pixelfed',
    'Pixelfed',
    '#6366f1',
    server((user) => user),
  ),
  platform(
    106,
    'peertube',
    'PeerTube',
    '#f1680d',
    server((user) => `a/${user}`),
  ),
  platform(
    107,
    'lemmy',
    'Lemmy',
    '#000000',
    server((user) => `u/${user}`),
  ),
  platform(108, 'nostr', 'Nostr', '#8e30eb', 'https://njump.me/{}'),
  platform(109, 'farcaster', 'Farcaster', '#855dcd', 'https://farcaster.xyz/{}'),
  platform(110, 'kick', 'Kick', '#53fc19', 'https://kick.com/{}'),
  platform(111, 'vk', 'VK', '#0077ff', 'https://vk.com/{}'),
  platform(112, 'weibo', 'Weibo', '#e6162d', 'https://weibo.com/{}'),
  platform(113, 'zhihu', 'Zhihu', '#0084ff', 'https://www.zhihu.com/people/{}'),
  platform(114, 'bilibili', 'Bilibili', '#00a1d6', 'https://space.bilibili.com/{}'),

  platform(14, 'telegram', 'Telegram', '#26a5e4', 'https://t.me/{}'),
  platform(13, 'discord', 'Discord', '#5865f2', discordAddress),
  platform(36, 'whatsapp', 'WhatsApp', '#25d366', 'https://wa.me/{}'),
  platform(37, 'signal', 'Signal', '#3b45fd', signalAddress),
  platform(38, 'matrix', 'Matrix', '#000000', 'https://matrix.to/#/@{}'),
  platform(115, 'threema', 'Threema', '#3fe669', 'https://threema.id/{}'),
  platform(116, 'xmpp', 'XMPP', '#002b5c', () => ''),
  platform(117, 'wechat', 'WeChat', '#07c160', () => ''),
  platform(118, 'line', 'LINE', '#00c300', () => ''),
  platform(
    119,
    'nextcloud',
    'Nextcloud',
    '#0082c9',
    server((user) => `u/${user}`),
  ),
  platform(39, 'keybase', 'Keybase', '#33a0ff', 'https://keybase.io/{}'),
  platform(54, 'calcom', 'Cal.com', '#292929', 'https://cal.com/{}'),
  platform(55, 'calendly', 'Calendly', '#006bff', 'https://calendly.com/{}'),

  platform(30, 'dribbble', 'Dribbble', '#ea4c89', 'https://dribbble.com/{}'),
  platform(31, 'behance', 'Behance', '#1769ff', 'https://www.behance.net/{}'),
  platform(32, 'figma', 'Figma', '#f24e1e', 'https://www.figma.com/@{}'),
  platform(120, 'artstation', 'ArtStation', '#13aff0', 'https://www.artstation.com/{}'),
  platform(121, 'deviantart', 'DeviantArt', '#05cc47', 'https://www.deviantart.com/{}'),
  platform(122, 'unsplash', 'Unsplash', '#000000', 'https://unsplash.com/@{}'),
  platform(123, 'flickr', 'Flickr', '#0063dc', 'https://www.flickr.com/photos/{}'),
  platform(124, 'vimeo', 'Vimeo', '#1ab7ea', 'https://vimeo.com/{}'),
  platform(125, 'spotify', 'Spotify', '#1ed760', 'https://open.spotify.com/user/{}'),
  platform(126, 'soundcloud', 'SoundCloud', '#ff5500', 'https://soundcloud.com/{}'),
  platform(127, 'bandcamp', 'Bandcamp', '#408294', 'https://{}.bandcamp.com/'),
  platform(128, 'lastfm', 'Last.fm', '#d51007', 'https://www.last.fm/user/{}'),
  platform(129, 'mixcloud', 'Mixcloud', '#5000ff', 'https://www.mixcloud.com/{}'),
  platform(130, 'letterboxd', 'Letterboxd', '#202830', 'https://letterboxd.com/{}'),
  platform(131, 'goodreads', 'Goodreads', '#1e1914', 'https://www.goodreads.com/user/show/{}'),
  platform(132, 'steam', 'Steam', '#000000', 'https://steamcommunity.com/id/{}'),
  platform(133, 'itch', 'itch.io', '#fa5c5c', 'https://{}.itch.io/'),
  platform(134, 'lichess', 'Lichess', '#000000', 'https://lichess.org/@/{}'),
  platform(135, 'chesscom', 'Chess.com', '#81b64c', 'https://www.chess.com/member/{}'),
  platform(136, 'duolingo', 'Duolingo', '#58cc02', 'https://www.duolingo.com/profile/{}'),
  platform(137, 'strava', 'Strava', '#fc4c02', 'https://www.strava.com/athletes/{}'),
  platform(138, 'openstreetmap', 'OpenStreetMap', '#7ebc6f', 'https://www.openstreetmap.org/user/{}'),
  platform(44, 'orcid', 'ORCID', '#a6ce39', 'https://orcid.org/{}'),
  platform(45, 'googlescholar', 'Google Scholar', '#4285f4', 'https://scholar.google.com/citations?user={}'),
  platform(46, 'researchgate', 'ResearchGate', '#00ccbb', 'https://www.researchgate.net/profile/{}'),
  platform(139, 'linktree', 'Linktree', '#43e55e', 'https://linktr.ee/{}'),
  platform(140, 'aboutme', 'about.me', '#333333', 'https://about.me/{}'),
  platform(141, 'gravatar', 'Gravatar', '#1e8cbe', 'https://gravatar.com/{}'),
  platform(40, 'buymeacoffee', 'Buy Me a Coffee', '#ffdd00', 'https://buymeacoffee.com/{}'),
  platform(41, 'kofi', 'Ko-fi', '#ff6433', 'https://ko-fi.com/{}'),
  platform(42, 'patreon', 'Patreon', '#000000', 'https://www.patreon.com/{}'),
  platform(142, 'githubsponsors', 'GitHub Sponsors', '#ea4aaa', 'https://github.com/sponsors/{}'),
  platform(143, 'opencollective', 'Open Collective', '#7fadf2', 'https://opencollective.com/{}'),
  platform(144, 'liberapay', 'Liberapay', '#f6c915', 'https://liberapay.com/{}'),
  platform(145, 'paypal', 'PayPal', '#002991', 'https://paypal.me/{}'),
  platform(146, 'gumroad', 'Gumroad', '#ff90e8', 'https://gumroad.com/{}'),

  platform(17, 'custom', 'Custom link', '#8b5cf6', ownAddress),
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
