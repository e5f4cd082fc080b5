/** Whether a card has a link already, however it was written. */
import type { ParsedLink } from './parse-link.ts';

/** What is said of a link that is there already. */
export const HAS_ALREADY = 'You have this link already.';

/** Whether one of these links is the same account, or leads to the same page. */
export function hasAlready(links: readonly ParsedLink[], link: ParsedLink): boolean {
  const key = keyOf(link);
  return links.some((other) => keyOf(other) === key);
}

/** Hosts, and handles where they decide, differ in case only by taste; and so does a slash at the end. */
function keyOf({ platform, username, url }: ParsedLink): string {
  const isPage = url.startsWith('https:') && (platform === 'custom' || platform === 'portfolio');
  if (!isPage) return `${platform} ${username.toLowerCase()}`;
  const { host, pathname, search, hash } = new URL(url);
  return host.replace(/^www\./, '') + pathname.replace(/\/$/, '') + search + hash;
}
