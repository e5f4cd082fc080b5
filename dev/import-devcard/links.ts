/** A link of an existing DevCard as a link of this service: by the rules of pasting, or left out with the reason. */
import { type LinkDraft, type ParsedLink, parseLink } from '../../src/domain/links/parse-link.ts';
import { platformOf } from '../../src/domain/links/platform-guess.ts';
import { looksLikeAddress, parseWebAddress, withHttps } from '../../src/domain/links/web-address.ts';
import { trimInvisible } from '../../src/domain/text.ts';
import { platformById } from '../../verify/platforms.ts';
import type { Finding, Reason } from './findings.ts';
import type { OldLink } from './old-person.ts';

/** Words of the existing DevCard's clients for platforms that it calls otherwise itself. */
const OTHER_WORDS: Record<string, string> = { x: 'twitter', website: 'portfolio' };

/** Platforms whose address is the handle itself. */
const OWN_ADDRESS = new Set(['portfolio', 'custom']);

/** How the existing DevCard made an address of a handle; of its other platforms it made none. */
const OLD_PATTERNS: Record<string, string> = {
  github: 'https://github.com/{}',
  linkedin: 'https://www.linkedin.com/in/{}',
  twitter: 'https://x.com/{}',
  gitlab: 'https://gitlab.com/{}',
  devfolio: 'https://devfolio.co/@{}',
  npm: 'https://www.npmjs.com/~{}',
  devto: 'https://dev.to/{}',
  hashnode: 'https://hashnode.com/@{}',
  medium: 'https://medium.com/@{}',
  leetcode: 'https://leetcode.com/u/{}',
  hackerrank: 'https://www.hackerrank.com/profile/{}',
  stackoverflow: 'https://stackoverflow.com/users/{}',
  telegram: 'https://t.me/{}',
  email: 'mailto:{}',
};

export interface LinkOutcome {
  /** Undefined where the link is left out. */
  link?: ParsedLink;
  finding?: Finding;
}

/** Tries what is closest to the old link first. */
export function importLink(old: OldLink): LinkOutcome {
  const username = trimInvisible(old.username);
  const url = trimInvisible(old.url);
  const word = old.platform.trim().toLowerCase();
  const known = platformById(OTHER_WORDS[word] ?? word)?.id;
  const isDerived = url === '' || (known !== undefined && isOldAddress(known, old));
  const drafts: [LinkDraft, Reason][] = known ? draftsOf(known, username, url, isDerived) : [];
  // Where the address alone tells where the link leads.
  for (const address of [url, username]) drafts.push(...pasted(address, username));
  const refusals: string[] = [];
  for (const [draft, reason] of drafts) {
    const parsed = parseLink(draft);
    if (parsed.ok) return { link: parsed.link, ...findingOf(old, parsed.link, reason) };
    refusals.push(...parsed.errors.map(({ message }) => message));
  }
  const detail = refusals[0] ?? 'It has no address, and its platform is not known here.';
  const from = describe(old);
  return { finding: { outcome: 'left-out', reason: 'link-refused', id: old.id, from, detail } };
}

/** The old link on its own platform, as a handle, with its address, or with the address as https. */
function draftsOf(
  platform: string,
  username: string,
  url: string,
  isDerived: boolean,
): [LinkDraft, Reason][] {
  if (OWN_ADDRESS.has(platform)) {
    const label = username === url ? '' : username;
    const address = url || username;
    const secure = withHttps(address);
    return [
      [
        { platform, username: url ? label : username, url: url || undefined },
        /^http:/i.test(address) ? 'link-to-https' : 'link-rewritten',
      ],
      [{ platform, username: label && url ? label : secure, url: url ? secure : undefined }, 'link-to-https'],
      // A label that shows another host than the one it leads to goes.
      [{ platform, username: secure }, 'link-rewritten'],
    ];
  }
  const handle: LinkDraft = { platform, username };
  if (isDerived) return [[handle, 'link-rewritten']];
  return [
    [{ platform, username, url }, 'link-rewritten'],
    // An address that nobody should follow goes; the handle stays.
    ...(isWeb(url) ? [] : ([[handle, 'link-address-dropped']] as [LinkDraft, Reason][])),
  ];
}

/** What pasting an address makes of it: a link of the platform that it is on, else a custom one. */
function pasted(address: string, label: string): [LinkDraft, Reason][] {
  const secure = withHttps(address);
  if (!looksLikeAddress(secure) && platformOf(secure) === undefined) return [];
  const platform = platformOf(secure);
  if (platform !== undefined && platform !== 'custom')
    return [[{ platform, username: secure }, 'platform-guessed']];
  if (!parseWebAddress(secure).ok) return [];
  const custom = { platform: 'custom', url: secure };
  return [
    [{ ...custom, username: label === address ? '' : label }, 'link-to-custom'],
    [{ platform: 'custom', username: secure }, 'link-to-custom'],
  ];
}

function isOldAddress(platform: string, { username, url }: OldLink): boolean {
  const pattern = OLD_PATTERNS[platform];
  return pattern !== undefined && url === pattern.replaceAll('{}', () => username);
}

function isWeb(address: string): boolean {
  return parseWebAddress(withHttps(address)).ok;
}

/** Nothing is said of a link that is as it was, but for the way in which addresses are written. */
function findingOf(old: OldLink, link: ParsedLink, reason: Reason): Pick<LinkOutcome, 'finding'> {
  const isSame =
    link.platform === old.platform &&
    (link.username === old.username || link.username === URL.parse(bare(old.username))?.href) &&
    (link.url === old.url || link.url === URL.parse(bare(old.url))?.href);
  if (isSame) return {};
  const isRenamed = reason === 'link-rewritten' && link.platform !== old.platform;
  const finding = { outcome: 'changed', id: old.id, from: describe(old), to: describe(link) } as const;
  return { finding: { ...finding, reason: isRenamed ? 'platform-renamed' : reason } };
}

/** A bare word such as `jane.dev` as the address that it is. */
function bare(address: string): string {
  return /^[a-z][a-z\d+.-]*:/i.test(address) ? address : `https://${address}`;
}

function describe({ platform, username, url }: ParsedLink): string {
  return [platform, username, url].filter((part, i, all) => part && all.indexOf(part) === i).join(' ');
}
