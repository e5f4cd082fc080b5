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
   * The https or mailto address of a handle that `platform-handles.ts` accepts, or `''` where no address
   * follows from the handle (a Discord name, the label of a custom link): then the handle is shown as text.
   */
  url(handle: string): string;
}

/** Percent-encodes a handle for a URL, except what these URLs carry as it is. */
const encode = (handle: string) =>
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
    ? { id, code, name, color, address, url: (handle) => address.replace('{}', () => encode(handle)) }
    : { id, code, name, color, address: '', url: address };

/** A portfolio or custom link has its address as handle, unless the owner gave it a label. */
const ownAddress = (handle: string) => (handle.startsWith('https://') ? handle : '');

/** Names have no page, but the long number of an account does. */
const discordAddress = (handle: string) =>
  /^\d+$/.test(handle) ? `https://discord.com/users/${handle}` : '';

/** A Signal name has no page either; a telephone number does. */
const signalAddress = (handle: string) => (handle.startsWith('+') ? `https://signal.me/#p/${handle}` : '');

/** `user@server`: every server has its own pages. */
const mastodonAddress = (handle: string) => {
  const at = handle.lastIndexOf('@');
  return `https://${handle.slice(at + 1)}/@${encode(handle.slice(0, at))}`;
};

/** Every platform, in the order in which a form offers them: code first, then people, then own addresses. */
export const PLATFORMS: readonly Platform[] = [
  platform(1, 'github', 'GitHub', '#181717', 'https://github.com/{}'),
  platform(2, 'linkedin', 'LinkedIn', '#0a66c2', 'https://www.linkedin.com/in/{}'),
  platform(3, 'twitter', 'X (Twitter)', '#000000', 'https://x.com/{}'),
  platform(15, 'email', 'Email', '#ea4335', 'mailto:{}'),
  platform(16, 'portfolio', 'Portfolio', '#6366f1', ownAddress),

  platform(4, 'gitlab', 'GitLab', '#fc6d26', 'https://gitlab.com/{}'),
  platform(27, 'codeberg', 'Codeberg', '#2185d0', 'https://codeberg.org/{}'),
  platform(28, 'bitbucket', 'Bitbucket', '#0052cc', 'https://bitbucket.org/{}'),
  platform(29, 'sourcehut', 'SourceHut', '#000000', 'https://sr.ht/~{}'),
  platform(6, 'npm', 'npm', '#cb3837', 'https://www.npmjs.com/~{}'),
  platform(51, 'pypi', 'PyPI', '#3775a9', 'https://pypi.org/user/{}'),
  platform(52, 'dockerhub', 'Docker Hub', '#2496ed', 'https://hub.docker.com/u/{}'),
  platform(34, 'huggingface', 'Hugging Face', '#ffd21e', 'https://huggingface.co/{}'),
  platform(33, 'kaggle', 'Kaggle', '#20beff', 'https://www.kaggle.com/{}'),
  platform(35, 'codepen', 'CodePen', '#000000', 'https://codepen.io/{}'),
  platform(12, 'stackoverflow', 'Stack Overflow', '#f58025', 'https://stackoverflow.com/users/{}'),

  platform(5, 'devfolio', 'Devfolio', '#3770ff', 'https://devfolio.co/@{}'),
  platform(53, 'peerlist', 'Peerlist', '#00aa45', 'https://peerlist.io/{}'),
  platform(43, 'producthunt', 'Product Hunt', '#da552f', 'https://www.producthunt.com/@{}'),
  platform(10, 'leetcode', 'LeetCode', '#ffa116', 'https://leetcode.com/u/{}'),
  platform(11, 'hackerrank', 'HackerRank', '#00ea64', 'https://www.hackerrank.com/profile/{}'),
  platform(48, 'codeforces', 'Codeforces', '#1f8acb', 'https://codeforces.com/profile/{}'),
  platform(49, 'codechef', 'CodeChef', '#5b4638', 'https://www.codechef.com/users/{}'),

  platform(7, 'devto', 'dev.to', '#0a0a0a', 'https://dev.to/{}'),
  platform(8, 'hashnode', 'Hashnode', '#2962ff', 'https://hashnode.com/@{}'),
  platform(9, 'medium', 'Medium', '#000000', 'https://medium.com/@{}'),
  platform(47, 'substack', 'Substack', '#ff6719', 'https://substack.com/@{}'),
  platform(50, 'hackernews', 'Hacker News', '#f0652f', 'https://news.ycombinator.com/user?id={}'),

  platform(18, 'bluesky', 'Bluesky', '#1185fe', 'https://bsky.app/profile/{}'),
  platform(19, 'mastodon', 'Mastodon', '#6364ff', mastodonAddress),
  platform(23, 'threads', 'Threads', '#000000', 'https://www.threads.com/@{}'),
  platform(21, 'instagram', 'Instagram', '#ff0069', 'https://www.instagram.com/{}'),
  platform(22, 'facebook', 'Facebook', '#0866ff', 'https://www.facebook.com/{}'),
  platform(24, 'reddit', 'Reddit', '#ff4500', 'https://www.reddit.com/user/{}'),
  platform(20, 'youtube', 'YouTube', '#ff0000', 'https://www.youtube.com/@{}'),
  platform(25, 'twitch', 'Twitch', '#9146ff', 'https://www.twitch.tv/{}'),
  platform(26, 'tiktok', 'TikTok', '#000000', 'https://www.tiktok.com/@{}'),

  platform(14, 'telegram', 'Telegram', '#26a5e4', 'https://t.me/{}'),
  platform(13, 'discord', 'Discord', '#5865f2', discordAddress),
  platform(36, 'whatsapp', 'WhatsApp', '#25d366', 'https://wa.me/{}'),
  platform(37, 'signal', 'Signal', '#3b45fd', signalAddress),
  platform(38, 'matrix', 'Matrix', '#000000', 'https://matrix.to/#/@{}'),
  platform(39, 'keybase', 'Keybase', '#33a0ff', 'https://keybase.io/{}'),
  platform(54, 'calcom', 'Cal.com', '#292929', 'https://cal.com/{}'),
  platform(55, 'calendly', 'Calendly', '#006bff', 'https://calendly.com/{}'),

  platform(30, 'dribbble', 'Dribbble', '#ea4c89', 'https://dribbble.com/{}'),
  platform(31, 'behance', 'Behance', '#1769ff', 'https://www.behance.net/{}'),
  platform(32, 'figma', 'Figma', '#f24e1e', 'https://www.figma.com/@{}'),
  platform(44, 'orcid', 'ORCID', '#a6ce39', 'https://orcid.org/{}'),
  platform(45, 'googlescholar', 'Google Scholar', '#4285f4', 'https://scholar.google.com/citations?user={}'),
  platform(46, 'researchgate', 'ResearchGate', '#00ccbb', 'https://www.researchgate.net/profile/{}'),
  platform(40, 'buymeacoffee', 'Buy Me a Coffee', '#ffdd00', 'https://buymeacoffee.com/{}'),
  platform(41, 'kofi', 'Ko-fi', '#ff6433', 'https://ko-fi.com/{}'),
  platform(42, 'patreon', 'Patreon', '#000000', 'https://www.patreon.com/{}'),

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
