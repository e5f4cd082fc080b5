/** The page of a profile, and that of one of its cards. */
import { type ProfileRecord, publicCard } from '../domain/name-record.ts';
import type { ProfileFields, PublicLink } from '../domain/profile.ts';
import { themeById } from '../domain/themes.ts';
import { CONTACT_STYLES, ContactForm } from './contact-form.tsx';
import { Footer } from './footer.tsx';
import { ButtonIcon } from './icon.tsx';
import { Identity } from './identity.tsx';
import type { PageParts } from './layout.tsx';
import { Links } from './links.tsx';
import { Previews } from './previews.tsx';
import { AddressQr, type CodeLook } from './qr.tsx';
import { httpsUrl } from './safe-url.ts';
import type { Texts } from './texts/texts.ts';

/** What pages need to know beside the record. */
export interface PageContext {
  text: Texts;
  /** The public origin, without a final slash. */
  origin: string;
  /** Address of the script that makes the buttons for copying and sharing work. */
  scriptPath: string;
  /** How the owner's codes look; plain where it is left out. */
  look?: CodeLook | undefined;
  /** Identifies the record's content; makes previews ask for a new picture after a change. */
  tag: string;
  /** Of the form with which visitors leave their details (domain/contacts/form-stamp.ts); absent where there is none. */
  contactStamp?: string | undefined;
}

/** `/u/:username` */
export function profilePage(record: ProfileRecord, context: PageContext): PageParts {
  const { profile, cards } = record;
  const listed = cards.filter((card) => card.visibility === 'PUBLIC');
  return cardLike(record, context, {
    title: `${profile.displayName} (@${profile.username})`,
    path: `/u/${profile.username}`,
    links: profile.links,
    more: listed.length > 0 && (
      <section class="cards">
        <h2>{context.text('cards')}</h2>
        <ul>
          {listed.map((card) => (
            <li>
              <a href={`/u/${profile.username}/card/${card.id}`} dir="auto">
                {card.title}
              </a>
            </li>
          ))}
        </ul>
      </section>
    ),
  });
}

/**
 * `/u/:username/card/:cardId`.
 * @param isPrivate whether only its owner sees it, which the page says
 * @throws TypeError if the record has no such card
 */
export function cardPage(
  record: ProfileRecord,
  cardId: string,
  context: PageContext,
  isPrivate = false,
): PageParts {
  const card = publicCard(record, cardId);
  const { description, visibility } = record.cards.find(({ id }) => id === cardId) ?? {};
  if (!card) throw new TypeError('This card is of another record.');
  const { owner } = card;
  return cardLike(record, context, {
    title: `${card.title} – ${owner.displayName}`,
    heading: card.title,
    note: description ?? undefined,
    path: `/u/${owner.username}/card/${card.id}`,
    links: card.links,
    unlisted: isPrivate || visibility === 'UNLISTED',
    isPrivate,
    more: (
      <p class="whole">
        <a href={`/u/${owner.username}`}>{context.text('wholeProfile', { name: owner.displayName })}</a>
      </p>
    ),
  });
}

interface CardParts {
  title: string;
  /** Of a card that is not the whole profile, with its description. */
  heading?: string;
  note?: string | undefined;
  path: string;
  links: readonly PublicLink[];
  unlisted?: boolean;
  isPrivate?: boolean;
  more?: unknown;
}

function cardLike(record: ProfileRecord, context: PageContext, card: CardParts): PageParts {
  const { profile, theme, contactDays } = record;
  const { contactStamp: stamp, text, origin, scriptPath, tag, look } = context;
  const url = origin + card.path;
  const picture = httpsUrl(profile.avatarUrl);
  const hasForm = stamp !== undefined && contactDays !== undefined;
  const description = card.note ?? describe(profile, text);
  return {
    kind: 'card',
    language: text.language,
    title: card.title,
    theme: themeById(theme).id,
    accent: profile.accentColor,
    ...(hasForm && { styles: CONTACT_STYLES, policy: { 'form-action': "'self'" } }),
    imageOrigins: picture ? [new URL(picture).origin] : [],
    head: (
      <>
        <Previews
          owner={profile}
          links={profile.links}
          url={url}
          imageUrl={`${origin}/u/${profile.username}/preview.png?v=${encodeURIComponent(tag)}`}
          title={card.title}
          description={description}
          unlisted={card.unlisted ?? false}
        />
        <link rel="alternate" type="text/vcard" href={`/u/${profile.username}.vcf`} />
        <link
          rel="alternate"
          type="application/json+oembed"
          href={`/oembed?url=${encodeURIComponent(url)}`}
        />
        <script src={scriptPath} defer />
      </>
    ),
    body: (
      <>
        <main>
          <Identity owner={profile}>
            {!card.isPrivate && <Buttons profile={profile} url={url} text={text} />}
          </Identity>
          <div class="lists">
            {card.heading && (
              <div class="heading">
                {card.isPrivate && <p class="private">{text('privateCard')}</p>}
                <h2 dir="auto">{card.heading}</h2>
                {card.note && <p dir="auto">{card.note}</p>}
              </div>
            )}
            <Links links={card.links} label={card.heading ?? text('links')} />
            {card.more}
            {hasForm && (
              <details id="contact" class="leave">
                <summary>{text('leaveDetails')}</summary>
                <ContactForm {...{ record: { ...record, contactDays }, text, stamp, place: card.heading }} />
              </details>
            )}
          </div>
          {!card.isPrivate && <AddressQr url={url} text={text} look={look} />}
        </main>
        <Footer text={text} />
      </>
    ),
  };
}

/** Saving works without scripts; the other two appear where a script and the browser can do it. */
function Buttons({ profile, url, text }: { profile: ProfileFields; url: string; text: Texts }) {
  return (
    <div class="buttons">
      <a class="main" href={`/u/${profile.username}.vcf`}>
        <ButtonIcon name="save" />
        {text('saveContact')}
      </a>
      <button type="button" hidden data-copy={url} data-done={text('copied')}>
        <ButtonIcon name="copy" />
        {text('copyLink')}
      </button>
      <button type="button" hidden data-share={url} data-title={profile.displayName}>
        <ButtonIcon name="share" />
        {text('share')}
      </button>
      <span role="status" class="unseen" />
    </div>
  );
}

function describe({ displayName, role, company, bio }: ProfileFields, text: Texts): string {
  const work = [role, company].filter(Boolean).join(' · ');
  return [work, bio].filter(Boolean).join(' — ') || text('description', { name: displayName });
}
