/** The step between the first sign-in and the new card: choosing a username. */
import { Footer } from './footer.tsx';
import type { PageParts } from './layout.tsx';
import type { Texts } from './texts/texts.ts';

interface Choice {
  origin: string;
  /** What stands in the field. */
  username: string;
  /** What is wrong with it, as a sentence. */
  complaint: string | null;
  scriptPath: string;
}

/** `/auth/username` */
export function usernamePage(text: Texts, { origin, username, complaint, scriptPath }: Choice): PageParts {
  return {
    kind: 'form',
    language: text.language,
    title: text('chooseUsername'),
    head: (
      <>
        <meta name="robots" content="noindex" />
        <script src={scriptPath} defer />
      </>
    ),
    policy: { 'form-action': "'self'" },
    body: (
      <>
        <main>
          <h1>{text('chooseUsername')}</h1>
          <p id="help">{text('chooseUsernameHelp', { address: `${new URL(origin).host}/u/your-name` })}</p>
          <form method="post">
            <label for="username">{text('username')}</label>
            <input
              id="username"
              name="username"
              value={username}
              required
              maxlength={50}
              autocomplete="username"
              autocapitalize="none"
              spellcheck={false}
              dir="ltr"
              autofocus
              aria-describedby={complaint === null ? 'help' : 'wrong help'}
              aria-invalid={complaint === null ? undefined : 'true'}
            />
            {complaint !== null && (
              <p id="wrong" class="wrong" role="alert">
                {complaint}
              </p>
            )}
            <div class="buttons">
              <button type="submit" class="main">
                {text('goOn')}
              </button>
            </div>
          </form>
        </main>
        <Footer text={text} />
      </>
    ),
  };
}
