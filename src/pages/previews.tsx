/** What others show of a page: search engines, chats, feeds (Open Graph, Twitter, JSON-LD). */
import { platformById } from '../../verify/platforms.ts';
import { PREVIEW_HEIGHT, PREVIEW_WIDTH } from '../domain/preview/preview-image.ts';
import type { ProfileFields, PublicLink } from '../domain/profile.ts';
import { httpsUrl } from './safe-url.ts';

/** Search engines and chats cut longer ones. */
const MAX_DESCRIPTION = 200;

interface PreviewParts {
  owner: ProfileFields;
  links: readonly PublicLink[];
  /** The page's own address, and that of its picture. */
  url: string;
  imageUrl: string;
  title: string;
  description: string;
  /** Keeps search engines away, for cards that only who has the link may find. */
  unlisted?: boolean;
}

/** The elements of the head that make a link to this page look good elsewhere. */
export function Previews({ owner, links, url, imageUrl, title, description, unlisted }: PreviewParts) {
  const short = shortened(description);
  return (
    <>
      <meta name="description" content={short} />
      {unlisted && <meta name="robots" content="noindex" />}
      <link rel="canonical" href={url} />
      <meta property="og:type" content="profile" />
      <meta property="og:site_name" content="DevCard" />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={short} />
      <meta property="og:url" content={url} />
      <meta property="og:image" content={imageUrl} />
      <meta property="og:image:width" content={String(PREVIEW_WIDTH)} />
      <meta property="og:image:height" content={String(PREVIEW_HEIGHT)} />
      <meta property="og:image:alt" content={title} />
      <meta property="profile:username" content={owner.username} />
      <meta name="twitter:card" content="summary_large_image" />
      <script
        type="application/ld+json"
        dangerouslySetInnerHTML={{ __html: jsonLd(owner, links, url, description) }}
      />
    </>
  );
}

/** A schema.org Person as JSON that cannot end its script element. */
function jsonLd(
  owner: ProfileFields,
  links: readonly PublicLink[],
  url: string,
  description: string,
): string {
  const { displayName, username, role, company, avatarUrl } = owner;
  const person = {
    '@context': 'https://schema.org',
    '@type': 'Person',
    name: displayName,
    alternateName: username,
    description,
    url,
    ...(role && { jobTitle: role }),
    ...(company && { worksFor: { '@type': 'Organization', name: company } }),
    ...(httpsUrl(avatarUrl) && { image: avatarUrl }),
    sameAs: links.filter((link) => platformById(link.platform) && httpsUrl(link.url)).map((link) => link.url),
  };
  return JSON.stringify(person).replaceAll('<', '\\u003c');
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const characters = [...line];
  return characters.length <= MAX_DESCRIPTION
    ? line
    : `${characters.slice(0, MAX_DESCRIPTION - 1).join('')}…`;
}
