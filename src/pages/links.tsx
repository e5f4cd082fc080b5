/** The list of links of a profile or card. */
import { type LinkHeading, linkHeadings } from '../domain/links/link-heading.ts';
import type { PublicLink } from '../domain/profile.ts';
import { PlatformIcon } from './icon.tsx';
import { linkUrl } from './safe-url.ts';

/** Links in their order; one without an address shows its handle as text. */
export function Links({ links, label }: { links: readonly PublicLink[]; label: string }) {
  if (links.length === 0) return null;
  const headings = linkHeadings(links);
  return (
    <nav class="links" aria-label={label}>
      <ul>
        {links.map((link, index) => {
          const url = linkUrl(link.url);
          const content = (
            <>
              <PlatformIcon platform={link.platform} />
              <LinkText {...headings[index]} />
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

function LinkText({ heading = '', detail = '' }: Partial<LinkHeading>) {
  return (
    <span>
      <b>
        <bdi>{heading}</bdi>
      </b>
      {detail && (
        <small>
          <bdi>{detail}</bdi>
        </small>
      )}
    </span>
  );
}
