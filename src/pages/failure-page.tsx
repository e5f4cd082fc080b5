/** Pages for what is not there, and for what cannot be shown now. */

import { Footer } from './footer.tsx';
import type { PageParts } from './layout.tsx';
import type { Texts } from './texts/texts.ts';

/** What a page can say of a failure. */
export type Failure = 'notFound' | 'unavailable' | 'signInFailed';

/** A page that says what happened and what to do; `retryPath` offers to try again. */
export function failurePage(kind: Failure, text: Texts, retryPath?: string): PageParts {
  return {
    kind: 'failure',
    language: text.language,
    title: text(kind),
    head: <meta name="robots" content="noindex" />,
    body: (
      <>
        <main>
          <h1>{text(kind)}</h1>
          <p>{text(`${kind}Help`)}</p>
          <div class="buttons">
            {retryPath && (
              <a class="main" href={retryPath}>
                {text('tryAgain')}
              </a>
            )}
            <a class={retryPath ? '' : 'main'} href="/">
              {text('toStart')}
            </a>
          </div>
        </main>
        <Footer text={text} />
      </>
    ),
  };
}
