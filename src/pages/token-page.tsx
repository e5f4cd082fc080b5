/** The page that gives a signed-in owner a token for a program. */
import { Footer } from './footer.tsx';
import type { PageParts } from './layout.tsx';
import { textsOf } from './texts/texts.ts';

interface GivenToken {
  accessToken: string;
  /** Opens the app and hands it the token, where the deployment names an app. */
  appUrl: string | undefined;
  /** Address of the script that makes the button for copying work. */
  scriptPath: string;
}

/** `/auth/token`, before it is asked for a token (null) and after. English, as all that only developers see. */
export function tokenPage(given: GivenToken | null): PageParts {
  const text = textsOf('en');
  return {
    kind: 'form',
    language: text.language,
    title: 'Token for a program',
    head: (
      <>
        <meta name="robots" content="noindex" />
        {given && <script src={given.scriptPath} defer />}
      </>
    ),
    policy: { 'form-action': "'self'" },
    body: (
      <>
        <main>
          <h1>Token for a program</h1>
          <p id="help">
            Anyone with the token can change your card for twelve hours, or until you sign out on all devices.
          </p>
          {given ? <Given {...given} /> : <Ask />}
          <p>
            <a href="/me#account">Back to your card</a>
          </p>
        </main>
        <Footer text={text} />
      </>
    ),
  };
}

function Ask() {
  return (
    <form method="post">
      <div class="buttons">
        <button type="submit" class="main">
          Create a token
        </button>
      </div>
    </form>
  );
}

function Given({ accessToken, appUrl }: GivenToken) {
  return (
    <>
      <label for="token">Send it as «Authorization: Bearer …». It is not shown again.</label>
      <input id="token" value={accessToken} readonly spellcheck={false} dir="ltr" aria-describedby="help" />
      <div class="buttons">
        {appUrl && (
          <a class="main" href={appUrl}>
            Open the app
          </a>
        )}
        <button type="button" hidden data-copy={accessToken} data-done="Copied">
          Copy
        </button>
        <span role="status" class="unseen" />
      </div>
    </>
  );
}
