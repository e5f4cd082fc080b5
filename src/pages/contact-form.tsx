/** The form with which visitors leave their details, on the public page and on pages of its own. */
import type { ContactFault, ContactField, TypedContact } from '../domain/contacts/contact-input.ts';
import type { ProfileRecord } from '../domain/name-record.ts';
import { themeById } from '../domain/themes.ts';
import contactStyles from './contact.css';
import { Footer } from './footer.tsx';
import type { PageParts } from './layout.tsx';
import { minified } from './style.ts';
import type { TextKey, Texts } from './texts/texts.ts';

export const CONTACT_STYLES = minified(contactStyles);

/** Fields that nobody sees: what the form's stamp says, and one that programs fill in. */
export const STAMP_FIELD = 'form';
export const TRAP_FIELD = 'website';
/** The button that gives the visitor's own card in place of what is typed. */
export const CARD_BUTTON = 'card';

/** What was typed and could not be sent. */
export interface ContactDraft {
  typed: TypedContact;
  faults: ReadonlyMap<ContactField, ContactFault>;
}

interface ContactFormProps {
  record: ProfileRecord & { contactDays: number };
  text: Texts;
  stamp: string;
  /** The context card that was shown. */
  place?: string | undefined;
  draft?: ContactDraft | undefined;
}

/** A visitor needs no script for it. */
export function ContactForm({ record, text, stamp, place, draft }: ContactFormProps) {
  const { username, displayName } = record.profile;
  const consent = text('consent', { name: displayName, days: String(record.contactDays) });
  const field = (name: ContactField, label: TextKey, more: Record<string, string | boolean> = {}) => {
    const value = draft?.typed[name] ?? (name === 'place' ? place : undefined);
    const fault = draft?.faults.get(name);
    const attributes = { id: `contact-${name}`, name, dir: 'auto', ...more };
    return (
      <div>
        <label for={attributes.id}>{text(label)}</label>
        {fault && <b>{text(FAULTS[fault])}</b>}
        {name === 'note' ? (
          <textarea {...attributes}>{value}</textarea>
        ) : (
          <input {...attributes} value={value} />
        )}
      </div>
    );
  };
  return (
    <form method="post" action={`/u/${username}/contact`}>
      <input type="hidden" name={STAMP_FIELD} value={stamp} />
      {draft && (
        <p role="alert" tabindex={-1} autofocus>
          <b>{text(draft.faults.size > 0 ? 'formWrong' : 'formAgain')}</b>
        </p>
      )}
      {field('name', 'yourName', { autocomplete: 'name', required: true })}
      {field('reach', 'reachYou', { autocomplete: 'email', required: true })}
      {field('place', 'whereMet')}
      {field('note', 'note')}
      <p class="trap" aria-hidden="true">
        <input name={TRAP_FIELD} tabindex={-1} autocomplete="off" />
      </p>
      <p dir="auto">{consent}</p>
      <div class="buttons">
        <button type="submit" class="main">
          {text('send')}
        </button>
        <button type="submit" name={CARD_BUTTON} value="1" formnovalidate>
          {text('giveCard')}
        </button>
      </div>
    </form>
  );
}

const FAULTS = {
  missing: 'faultMissing',
  'too-long': 'faultTooLong',
  unreadable: 'faultUnreadable',
  unreachable: 'faultUnreachable',
} as const satisfies Record<ContactFault, TextKey>;

/** A page with the form alone, filled in as it was sent. */
export function contactFormPage(props: ContactFormProps): PageParts {
  const { record, text } = props;
  const title = text('leaveDetails');
  return contactPage(record, text, title, <ContactForm {...props} />);
}

/** Tells a visitor that the owner has their details. @param days for which they agreed */
export function contactSentPage(record: ProfileRecord, text: Texts, days: number): PageParts {
  const { displayName } = record.profile;
  const kept = text('detailsKept', { days: String(days) });
  return contactPage(record, text, text('detailsSent', { name: displayName }), <p>{kept}</p>);
}

/** Tells a visitor that the owner takes nothing. */
export function contactRefusedPage(record: ProfileRecord, text: Texts): PageParts {
  return contactPage(record, text, text('detailsRefused', { name: record.profile.displayName }), null);
}

function contactPage(
  { profile, theme }: ProfileRecord,
  text: Texts,
  title: string,
  content: unknown,
): PageParts {
  return {
    kind: 'contact',
    language: text.language,
    title: `${title} – ${profile.displayName}`,
    theme: themeById(theme).id,
    accent: profile.accentColor,
    styles: CONTACT_STYLES,
    policy: { 'form-action': "'self'" },
    head: <meta name="robots" content="noindex" />,
    body: (
      <>
        <main class="leave">
          <h1 dir="auto">{title}</h1>
          {content}
          <p class="whole">
            <a href={`/u/${profile.username}`}>{text('wholeProfile', { name: profile.displayName })}</a>
          </p>
        </main>
        <Footer text={text} />
      </>
    ),
  };
}
