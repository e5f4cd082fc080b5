/** `/me/carry`: everywhere else a card can be carried: wallets, NFC tags, the signature of e-mails. */
import { raw } from 'hono/html';
import editorStyles from './editor.css';
import type { PageParts } from './layout.tsx';

export interface CarryView {
  /** A link that saves the pass, and what it had no room for; undefined where it is not offered. */
  google: { url: string; leftOut: readonly string[] } | undefined;
  /** Path of the pass; undefined where it is not offered. */
  applePath: string | undefined;
  /** Hours of the offline pass in the wallets' codes; undefined for the address. */
  hours: number | undefined;
  /** Why a pass could not be made. */
  complaint: string | undefined;
  /** What an NFC tag says. */
  tag: string;
  /** HTML. */
  signature: string;
  scriptPath: string;
}

/** Lives of an offline pass to choose from, in hours. */
const LIVES = { 24: 'for a day', 72: 'for three days', 168: 'for a week' };

/** The page. */
export function carryPage({ scriptPath, ...view }: CarryView): PageParts {
  return {
    kind: 'me',
    language: 'en',
    title: 'Carry your card',
    styles: editorStyles,
    policy: { 'form-action': "'self'" },
    head: (
      <>
        <meta name="robots" content="noindex" />
        <script src={scriptPath} defer />
      </>
    ),
    body: (
      <main>
        <header>
          <h1>Carry your card</h1>
          <nav class="buttons" aria-label="Carry your card">
            <a href="/me/code">Show my code</a>
            <a href="/me">Back</a>
          </nav>
        </header>
        <div class="parts">
          <Wallets {...view} />
          <Tag address={view.tag} />
          <Signature html={view.signature} />
        </div>
        <p role="status" data-status />
      </main>
    ),
  };
}

function Wallets({ google, applePath, hours, complaint }: Omit<CarryView, 'scriptPath'>) {
  if (!google && !applePath && !complaint) return null;
  return (
    <section id="wallets" aria-labelledby="wallets-heading">
      <h2 id="wallets-heading">Wallets</h2>
      {complaint && (
        <p class="wrong" role="alert">
          {complaint}
        </p>
      )}
      <p class="buttons">
        {google && <a href={google.url}>Add to Google Wallet</a>}
        {applePath && <a href={applePath}>Add to Apple Wallet</a>}
      </p>
      {google && google.leftOut.length > 0 && (
        <p>
          Google’s link has no room for: {google.leftOut.map((part) => LEFT_OUT[part] ?? part).join(', ')}.
        </p>
      )}
      <form method="get" action="/me/carry">
        <label for="hours">The code leads to</label>{' '}
        <select id="hours" name="hours">
          <option value="">my page</option>
          {Object.entries(LIVES).map(([life, words]) => (
            <option value={life} selected={Number(life) === hours}>
              my card without a network, {words}
            </option>
          ))}
        </select>{' '}
        <button type="submit">Choose</button>
      </form>
    </section>
  );
}

const LEFT_OUT: Readonly<Record<string, string>> = {
  name: 'the end of your name',
  role: 'your role',
  company: 'your company',
};

function Tag({ address }: { address: string }) {
  return (
    <section id="nfc" aria-labelledby="nfc-heading">
      <h2 id="nfc-heading">NFC tag</h2>
      <p>
        Write this address onto a tag, as one record of the type URL (NDEF URI); any app that writes tags can
        do it: <bdi class="url">{address}</bdi>
      </p>
      <p class="buttons">
        <button type="button" hidden data-nfc={address}>
          Write a tag
        </button>
        <button type="button" hidden data-copy={address}>
          Copy the address
        </button>
        <button type="button" hidden data-nfc-lock>
          Lock the tag for good
        </button>
      </p>
      <p>
        A tag that is not locked can be overwritten by anybody who holds it. A locked one can never be changed
        again.
      </p>
    </section>
  );
}

function Signature({ html }: { html: string }) {
  return (
    <section id="signature" aria-labelledby="signature-heading">
      <h2 id="signature-heading">E-mail signature</h2>
      {raw(html)}
      <p class="buttons">
        <button type="button" hidden data-copy-html="signature-html">
          Copy the signature
        </button>
      </p>
      <p>
        <label for="signature-html">Its HTML</label>
        <textarea id="signature-html" rows={5} readonly>
          {html}
        </textarea>
      </p>
    </section>
  );
}
