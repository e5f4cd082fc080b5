/** `/me` of somebody who is not signed in: the ways in. */
import { Footer } from './footer.tsx';
import { ButtonIcon, PlatformIcon } from './icon.tsx';
import type { PageParts } from './layout.tsx';
import type { Texts } from './texts/texts.ts';

interface SignInView {
  offers: readonly { id: string; name: string }[];
  /** Path to go to afterwards. */
  returnTo: string;
}

export function signInPage(text: Texts, { offers, returnTo }: SignInView): PageParts {
  return {
    kind: 'sign-in',
    language: text.language,
    title: text('signIn'),
    head: <meta name="robots" content="noindex" />,
    body: (
      <>
        <main>
          <h1>{text('signIn')}</h1>
          <p>{offers.length > 0 ? text('signInHelp') : text('signInNowhere')}</p>
          <div class="buttons">
            {offers.map(({ id, name }) => (
              <a class="main" href={`/auth/${id}?returnTo=${encodeURIComponent(returnTo)}`}>
                {id === 'google' ? <ButtonIcon name="google" /> : <PlatformIcon platform={id} />}
                {text('signInWith', { provider: name })}
              </a>
            ))}
          </div>
        </main>
        <Footer text={text} />
      </>
    ),
  };
}
