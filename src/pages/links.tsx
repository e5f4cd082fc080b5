/** The list of links of a profile or card. */
import { platformById } from '../../verify/platforms.ts';
import type { PublicLink } from '../domain/profile.ts';
import { PlatformIcon } from './icon.tsx';
import { linkUrl } from './safe-url.ts';

/** Links in their order; one without an address shows its handle as text. */
export function Links({ links, label }: { links: readonly PublicLink[]; label: string }) {
  if (links.length === 0) return null;
  return (
    <nav class="links" aria-label={label}>
      <ul>
        {links.map((link) => {
          const url = linkUrl(link.url);
          const content = (
            <>
              <PlatformIcon platform={link.platform} />
              <LinkText link={link} />
            </>
          );
          return (
            <li>
              {url ? (
                <a href={url} rel="me noopener">
                  {content}
                </a>
              ) : (
                <span>{content}</span>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** The platform and the handle; an own address is called by its label if it has one, and shown without `https://`. */
function LinkText({ link: { platform, username, url } }: { link: PublicLink }) {
  const isOwn = platform === 'portfolio' || platform === 'custom';
  const isLabelled = isOwn && !username.startsWith('https://');
  const name = isLabelled ? username : (platformById(platform)?.name ?? platform);
  const detail = isOwn ? shortAddress(url || username) : username;
  return (
    <span>
      <b>
        <bdi>{name}</bdi>
      </b>
      <small>
        <bdi>{detail}</bdi>
      </small>
    </span>
  );
}

function shortAddress(url: string): string {
  return url.replace(/^https:\/\/(www\.)?/, '').replace(/\/$/, '');
}
