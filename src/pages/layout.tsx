/** The frame of every page: head, styles, and the headers that protect it. */
import type { Child } from 'hono/jsx';
import { direction, type Language } from '../domain/languages.ts';
import { THEMES } from '../domain/themes.ts';
import { digest } from './digest.ts';
import { stylesFor } from './style.ts';

/** The colour of pages that nobody owns. */
export const HOUSE_ACCENT = '#4f46e5';

/** What one page has inside the frame. */
export interface PageParts {
  language: Language;
  title: string;
  /** Further elements of the head: descriptions, previews, scripts. */
  head?: Child;
  body: Child;
  /** Id of a look in `THEMES`. */
  theme?: string;
  /** `#rrggbb` */
  accent?: string;
  /** Which page it is, for the style sheet. */
  kind: string;
  /** Styles that this page has beside every page's. */
  styles?: string;
  /** Origins of pictures beside our own. */
  imageOrigins?: readonly string[];
  /** Directives of the Content-Security-Policy that this page needs beyond the frame's own. */
  policy?: Readonly<Record<string, string>>;
}

/** A page as it goes out. */
export interface RenderedPage {
  html: string;
  /** Identifies the bytes of `html`; base64url. */
  etag: string;
  headers: Record<string, string>;
}

const SECONDS_PER_YEAR = 31_536_000;

/** Renders a page with the headers that it must be sent with. */
export async function renderPage(parts: PageParts): Promise<RenderedPage> {
  const { language, accent = HOUSE_ACCENT, imageOrigins = [], policy } = parts;
  const styles = parts.styles ? [...stylesFor(accent), parts.styles] : stylesFor(accent);
  const html = `<!doctype html>${Frame({ ...parts, accent, styles })}`;
  const [etag, ...hashes] = await Promise.all([
    digest(html, 'base64url'),
    ...styles.map((style) => digest(style, 'base64')),
  ]);
  const directives = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': hashes.map((hash) => `'sha256-${hash}'`).join(' '),
    'img-src': ["'self'", ...imageOrigins].join(' '),
    // For the pages' own scripts; auditing tools also ask for robots.txt under this policy.
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    ...policy,
  };
  return {
    html,
    etag,
    headers: {
      'Content-Security-Policy': Object.entries(directives)
        .map((directive) => directive.join(' '))
        .join('; '),
      'Strict-Transport-Security': `max-age=${SECONDS_PER_YEAR}`,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'strict-origin-when-cross-origin',
      'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
      'Content-Language': language,
      Vary: 'Accept-Language',
    },
  };
}

function Frame(parts: Omit<PageParts, 'styles'> & { accent: string; styles: readonly string[] }) {
  const { language, title, head, body, theme = THEMES[0].id, kind, styles, accent } = parts;
  return (
    <html lang={language} dir={direction(language)} data-theme={theme} data-page={kind}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <meta name="theme-color" content={accent} />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {styles.map((style) => (
          <style dangerouslySetInnerHTML={{ __html: style }} />
        ))}
        {head}
      </head>
      <body>{body}</body>
    </html>
  );
}
