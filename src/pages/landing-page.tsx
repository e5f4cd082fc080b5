/** The start page: what this is, how a card looks, where to begin. */
import type { PublicLink } from '../domain/profile.ts';
import { Footer } from './footer.tsx';
import { Identity } from './identity.tsx';
import { HOUSE_ACCENT, type PageParts } from './layout.tsx';
import { Links } from './links.tsx';
import type { TextKey, Texts } from './texts/texts.ts';

/** A card that nobody owns, made by the same components as everybody's. */
const SAMPLE = {
  username: 'ada',
  displayName: 'Ada Lovelace',
  pronouns: 'she/her',
  role: 'Mathematician',
  company: 'Analytical Engine',
  bio: 'First programmer. Poetical science, long letters, short loops.',
  avatarUrl: null,
};
const SAMPLE_LINKS: readonly PublicLink[] = ['github', 'mastodon', 'email'].map((platform, displayOrder) => ({
  id: platform,
  platform,
  username: { github: 'ada', mastodon: 'ada@hachyderm.io', email: 'ada@devcard.example' }[platform] ?? '',
  url: '',
  displayOrder,
  followed: false,
}));

const POINTS = ['fast', 'offline', 'private'] as const satisfies readonly TextKey[];

/** `/` */
export function landingPage(text: Texts, origin: string): PageParts {
  return {
    kind: 'landing',
    language: text.language,
    title: 'DevCard Edge',
    accent: HOUSE_ACCENT,
    head: (
      <>
        <meta name="description" content={text('pitch')} />
        <link rel="canonical" href={`${origin}/`} />
        <meta property="og:title" content="DevCard Edge" />
        <meta property="og:description" content={text('pitch')} />
        <meta property="og:url" content={`${origin}/`} />
      </>
    ),
    body: (
      <>
        <main>
          <div class="hero">
            <div>
              <h1>{text('tagline')}</h1>
              <p class="lead">{text('pitch')}</p>
              <div class="buttons">
                <a class="main" href="/me">
                  {text('start')}
                </a>
                <a href="/scan">{text('scanCode')}</a>
              </div>
            </div>
            <figure class="sample">
              <Identity owner={SAMPLE} level={2} />
              <Links links={SAMPLE_LINKS} label={text('links')} />
              <figcaption>{text('example')}</figcaption>
            </figure>
          </div>
          <div class="points">
            {POINTS.map((point) => (
              <section>
                <h2>{text(point)}</h2>
                <p>{text(`${point}Detail`)}</p>
              </section>
            ))}
          </div>
        </main>
        <Footer text={text}>
          <a href="/docs">API</a>
        </Footer>
      </>
    ),
  };
}
