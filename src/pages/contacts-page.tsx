/** `/me/contacts`: what visitors left with the owner. Works without a script. */
import type { Contact, ContactPage } from '../domain/contacts/contact.ts';
import styles from './contacts.css';
import editorStyles from './editor.css';
import type { PageParts } from './layout.tsx';
import { linkUrl } from './safe-url.ts';

interface ContactsView {
  page: ContactPage;
  search: string;
  /** Whether this deployment has the secret that seals contacts. */
  isOn: boolean;
}

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
const dateOf = (time: string) => dates.format(Date.parse(time));

/** The page of a page of contacts. */
export function contactsPage({ page, search, isOn }: ContactsView): PageParts {
  const { data, meta } = page;
  const next =
    meta.nextCursor && new URLSearchParams({ ...(search && { q: search }), cursor: meta.nextCursor });
  return {
    kind: 'contacts',
    language: 'en',
    title: 'Your contacts',
    head: <meta name="robots" content="noindex" />,
    styles: editorStyles + styles,
    policy: { 'form-action': "'self'" },
    body: (
      <main>
        <header>
          <h1>Your contacts</h1>
          <nav class="buttons" aria-label="Your contacts">
            <a href="/api/contacts/export.csv">Download as CSV</a>
            <a href="/api/contacts/export.vcf">Download as vCards</a>
            <a href="/me#contacts">Settings</a>
            <a href="/me">Edit your card</a>
          </nav>
        </header>
        {!isOn && <NoSecret />}
        {meta.total === 0 ? (
          <p>
            Nobody has left their details yet. Switch the form on in the <a href="/me#contacts">editor</a>: it
            then stands on your page.
          </p>
        ) : (
          <>
            <search>
              <form class="search" method="get">
                <label>
                  Search by name, note or place
                  <input type="search" name="q" value={search} maxlength={100} />
                </label>
                <div class="buttons">
                  <button type="submit">Search</button>
                </div>
              </form>
            </search>
            {data.length === 0 && <p>Nobody like this.</p>}
            <ul>
              {data.map((contact) => (
                <ContactEntry contact={contact} />
              ))}
            </ul>
            {next && (
              <p class="buttons">
                <a rel="next" href={`/me/contacts?${next}`}>
                  Older contacts
                </a>
              </p>
            )}
            <details class="sheet">
              <summary>Delete all {meta.total} contacts</summary>
              <form method="post" action="/me/contacts/remove">
                <p>They are deleted at once, and nobody can bring them back. Download them first.</p>
                <div class="buttons">
                  <button type="submit" class="danger">
                    Delete all
                  </button>
                </div>
              </form>
            </details>
          </>
        )}
      </main>
    ),
  };
}

/** Says why nobody can leave anything. */
export function NoSecret() {
  return (
    <p class="wrong">
      This deployment has no key for contacts (CONTACTS_KEYS), so nobody can leave their details, and those
      that are there cannot be read.
    </p>
  );
}

function ContactEntry({ contact }: { contact: Contact }) {
  const { id, createdAt, keptUntil, name, reach, place, note } = contact;
  return (
    <li class="sheet contact">
      {name === null ? (
        <p>This cannot be read: the key that sealed it is missing.</p>
      ) : (
        <>
          <h2 dir="auto">{name}</h2>
          <Reach {...reach} />
          {place && <p dir="auto">{place}</p>}
          {note && <p dir="auto">{note}</p>}
        </>
      )}
      <p class="about">
        Received {dateOf(createdAt)}, kept until {dateOf(keptUntil)}
      </p>
      <form method="post" action={`/me/contacts/${id}/remove`}>
        <div class="buttons">
          <button type="submit" aria-label={`Delete ${name ?? 'this contact'}`}>
            Delete
          </button>
        </div>
      </form>
    </li>
  );
}

/** An address that a stranger typed is a text until its reader opens it. */
function Reach({ url, username }: { url: string; username: string }) {
  const target = linkUrl(url);
  if (!target) return <p dir="ltr">{username}</p>;
  const shown = /^(?:mailto|tel):/.test(target) ? username : target;
  return (
    <details>
      <summary dir="ltr">{shown}</summary>
      <p>
        A stranger typed this.{' '}
        <a href={target} rel="noopener noreferrer nofollow" target="_blank">
          Open it
        </a>
      </p>
    </details>
  );
}
