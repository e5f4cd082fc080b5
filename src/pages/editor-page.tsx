/** `/me`: the owner's editor. Every action is a form that works without a script; `editor.client.js` makes it quicker. */
import type { Child } from 'hono/jsx';
import type { OwnProfileWithLinks } from '../domain/owner.ts';
import type { OwnCard } from '../domain/owner-cards.ts';
import editorStyles from './editor.css';
import { AccountForms, OfflinePassForm } from './editor-account.tsx';
import { CardForms } from './editor-cards.tsx';
import { ContactSettingsForm } from './editor-contacts.tsx';
import { LinkForms } from './editor-links.tsx';
import { ProfileForm } from './editor-profile.tsx';
import entryStyles from './entries.css';
import { type Draft, formState, formVersion } from './form.tsx';
import { ButtonIcon } from './icon.tsx';
import type { PageParts } from './layout.tsx';

/** The parts of the editor, which are the anchors to come back to. */
export type EditorPart = 'profile' | 'links' | 'cards' | 'offline' | 'contacts' | 'account';

export interface EditorView {
  profile: OwnProfileWithLinks;
  cards: readonly OwnCard[];
  /** Whether this deployment has the secret that seals contacts. */
  canSeal: boolean;
  /** Without a final slash. */
  origin: string;
  /** Addresses of its scripts. */
  scripts: readonly string[];
  /** What could not be saved. */
  draft?: Draft | undefined;
  /** What has just been saved, whether everybody sees it already, and whether `http://` became `https://`. */
  saved?: ({ part: EditorPart } & Saving) | undefined;
}

/** `/me` of somebody who is signed in. */
export function editorPage(view: EditorView): PageParts {
  const { profile, cards, canSeal, origin, scripts, draft, saved } = view;
  const { username, platformLinks: links } = profile;
  const version = formVersion(profile);
  const said = (part: EditorPart) => saved?.part === part && <Saved {...saved} />;
  return {
    kind: 'me',
    language: 'en',
    title: draft ? 'Not saved yet – Your card' : 'Your card',
    styles: editorStyles + entryStyles,
    policy: { 'form-action': "'self'", 'frame-src': "'self'", 'manifest-src': "'self'" },
    head: (
      <>
        <meta name="robots" content="noindex" />
        <link rel="manifest" href="/scanner/manifest.webmanifest" />
        <link rel="apple-touch-icon" href="/scanner/icon-192.png" />
        {scripts.map((path) => (
          <script src={path} defer />
        ))}
      </>
    ),
    body: (
      <>
        <a class="skip" href="#profile">
          To your profile
        </a>
        <main>
          <header data-swap="header">
            <h1>Your card</h1>
            <nav class="buttons" aria-label="Your card">
              <a class="main" href="/me/code" data-code="">
                <ButtonIcon name="code" />
                Show my code
              </a>
              <a href={`/u/${username}`} data-own-page>
                See my page
              </a>
              <a href="/me/stats">Views</a>
              <a href="/me/contacts">Contacts</a>
            </nav>
          </header>
          <p id="status" class="unseen" role="status" />
          <div class="parts" data-swap="profile">
            <Part id="profile" heading="You" notice={said('profile')}>
              <ProfileForm
                state={formState('edit-profile', version, draft)}
                profile={profile}
                host={new URL(origin).host}
              />
            </Part>
          </div>
          <aside>
            <h2>Preview</h2>
            <iframe name="preview" src="/me/preview" title="Your page as others see it" loading="lazy" />
          </aside>
          <div class="parts" data-swap="rest">
            <Part id="links" heading="Links" notice={said('links')}>
              <LinkForms links={links} version={version} draft={draft} />
            </Part>
            <Part id="cards" heading="Cards" notice={said('cards')}>
              <p>Part of your links under a title of its own: for a conference, for work, for a hobby.</p>
              <CardForms cards={cards} links={links} username={username} version={version} draft={draft} />
            </Part>
            <Part id="offline" heading="Offline code" notice={said('offline')}>
              <OfflinePassForm version={version} draft={draft} />
            </Part>
            <Part id="contacts" heading="Contacts" notice={said('contacts')}>
              <ContactSettingsForm {...{ profile, version, draft, canSeal }} />
            </Part>
            <Part id="account" heading="Account" notice={said('account')}>
              <AccountForms username={username} version={version} draft={draft} />
            </Part>
          </div>
        </main>
      </>
    ),
  };
}

interface PartProps {
  id: EditorPart;
  heading: string;
  notice: Child;
  children?: Child;
}

function Part({ id, heading, notice, children }: PartProps) {
  return (
    <section id={id} aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`} tabindex={-1}>
        {heading}
      </h2>
      {notice}
      {children}
    </section>
  );
}

interface Saving {
  isShown: boolean;
  isUpgraded: boolean;
}

function Saved({ isShown, isUpgraded }: Saving) {
  return (
    <p class="saved" role="status">
      {isShown ? 'Saved.' : 'Saved. It may take up to five minutes until everybody sees it.'}
      {isUpgraded &&
        ' The address begins with https:// now. Open it once, to see that it still leads to your page.'}
    </p>
  );
}
