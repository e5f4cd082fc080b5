/** What an owner sees when a form could not be saved for a reason that is not in the form: nothing typed is lost. */
import editorStyles from './editor.css';
import type { FormValues } from './form.tsx';
import type { PageParts } from './layout.tsx';

interface Unsaved {
  /** Why, as a sentence. */
  reason: string;
  /** Where the form goes. */
  action: string;
  /** Undefined where they cannot be sent again from here. */
  values: FormValues | undefined;
  /** Whether to sign in first. */
  isSignedOut: boolean;
}

/** A page that holds the form as it was sent, to send it again. */
export function unsavedPage({ reason, action, values, isSignedOut }: Unsaved): PageParts {
  const fields = Object.entries(values ?? {}).flatMap(([name, all]) => all.map((value) => ({ name, value })));
  const typed = fields.filter(({ name, value }) => name !== 'version' && value !== '');
  return {
    kind: 'unsaved',
    language: 'en',
    title: 'This is not saved yet',
    styles: editorStyles,
    policy: { 'form-action': "'self'" },
    head: <meta name="robots" content="noindex" />,
    body: (
      <main>
        <h1>This is not saved yet</h1>
        <p role="alert">
          {reason}
          {isSignedOut && (
            <>
              {' '}
              <a href="/me" target="_blank" rel="noopener">
                Sign in in another tab
              </a>
              , then come back here.
            </>
          )}
        </p>
        {values ? (
          <form method="post" action={action} class="sheet">
            {fields.map(({ name, value }) => (
              <input type="hidden" name={name} value={value} />
            ))}
            {typed.length > 0 && (
              <dl>
                {typed.map(({ name, value }) => (
                  <>
                    <dt>{name}</dt>
                    <dd dir="auto">{value}</dd>
                  </>
                ))}
              </dl>
            )}
            <div class="buttons">
              <button type="submit" class="main">
                Send it again
              </button>
              <a href="/me">Back without saving</a>
            </div>
          </form>
        ) : (
          <p>The Back button of your browser leads to what you filled in.</p>
        )}
      </main>
    ),
  };
}
