/** Signing in with a provider: there and back, the account on the first time, and a username where theirs cannot be had. */
import { base64url } from 'jose';
import type { Owner } from '../domain/owner.ts';
import { Problem } from '../domain/problem.ts';
import type { KeyRing } from '../domain/tokens/key-ring.ts';
import {
  type PendingClaims,
  type PendingSignUp,
  pendingSignUpOf,
  readPendingSignUp,
  signPendingSignUp,
} from '../domain/tokens/pending-sign-up.ts';
import { readAttempt, returnUrl, signAttempt } from '../domain/tokens/sign-in-attempt.ts';
import { checkUsername, usernameKey } from '../domain/usernames.ts';
import type { IdentityProvider, SignInStore } from '../ports.ts';
import type { OwnerWrites } from './owner-writes.ts';

interface Deps {
  providers: readonly IdentityProvider[];
  store: SignInStore;
  writes: OwnerWrites;
  ring: KeyRing;
  /** Where the deployment's app takes a token, in the fragment. */
  appCallback: string | undefined;
  origin: string;
  now: () => number;
}

/** What a provider sent the browser back with. */
interface Answer {
  code: string | undefined;
  state: string | undefined;
}

/** Either a session, or a token for the sign-up that still needs a username. */
type SignedIn = { owner: Owner; returnTo: string };
type Outcome = SignedIn | { signUpToken: string };

/** Characters that nobody can guess: 256 bits, as RFC 7636 section 4.1 asks of a verifier. */
const SECRET_BYTES = 32;

export class SignIn {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** The providers that this deployment offers. */
  get offers(): readonly Pick<IdentityProvider, 'id' | 'name'>[] {
    return this.#deps.providers;
  }

  /** The URL that hands the deployment's app a token; undefined where there is no app. */
  appUrl(token: string): string | undefined {
    const { appCallback } = this.#deps;
    return appCallback && `${appCallback}#token=${token}`;
  }

  /**
   * Begins to sign in.
   * @param returnTo path to go to afterwards
   * @returns where to send the browser, and the token that it keeps meanwhile
   * @throws Problem `not-found`, `invalid-input` where the path leads elsewhere
   */
  async begin(providerId: string, returnTo: string): Promise<{ url: string; attemptToken: string }> {
    const provider = this.#provider(providerId);
    const returnsTo = returnUrl(returnTo, this.#deps.origin);
    if (!returnsTo) {
      const message = 'Give a path on this site, such as /me.';
      throw new Problem('invalid-input', { errors: [{ path: 'returnTo', message }] });
    }
    const [state, verifier] = [secret(), secret()];
    const attempt = { provider: provider.id, state, verifier, returnTo: returnsTo };
    const [challenge, attemptToken] = await Promise.all([
      challengeOf(verifier),
      signAttempt(attempt, this.#context()),
    ]);
    const redirectUri = this.#redirectUri(provider);
    return { url: provider.authorizationUrl({ redirectUri, state, challenge }), attemptToken };
  }

  /**
   * Ends what `begin` began.
   * @param attemptToken what the browser kept
   * @throws Problem `not-found`, `sign-in-failed`, `sign-in-unavailable`, `unavailable`
   */
  async finish(providerId: string, attemptToken: string, { code, state }: Answer): Promise<Outcome> {
    const provider = this.#provider(providerId);
    const attempt = await readAttempt(attemptToken, this.#context());
    if (!attempt || attempt.provider !== provider.id || attempt.state !== state) {
      throw failed(
        'This is not the answer to a sign-in that this browser began a moment ago. Please try again.',
      );
    }
    if (!code) throw failed(`${provider.name} did not confirm who you are. Please try again.`);
    const { verifier, returnTo } = attempt;
    const person = await provider.identify({ redirectUri: this.#redirectUri(provider), code, verifier });
    const known = await this.#deps.store.findByIdentity(person);
    if (known) return { owner: known, returnTo };

    const pendingSignUp = pendingSignUpOf(person);
    const username = checkUsername(pendingSignUp.login ?? '');
    const owner = username.ok && (await this.#registerConfirmed(pendingSignUp, username.value));
    if (owner) return { owner, returnTo };
    const claims = { pendingSignUp, confirmedAt: this.#deps.now(), returnTo };
    return { signUpToken: await signPendingSignUp(claims, this.#context()) };
  }

  /** The pending sign-up that this token stands for. @throws Problem `sign-in-failed` once its identity has an account, or had one since */
  async pendingSignUp(signUpToken: string): Promise<PendingClaims> {
    const found = await readPendingSignUp(signUpToken, this.#context());
    if (!found) throw failed('Choosing a username took too long. Please sign in again.');
    if (await this.#deps.store.isSettled(found.pendingSignUp, found.confirmedAt))
      throw failed('This sign-up has ended. Please sign in again.');
    return found;
  }

  /**
   * Makes the account of a pending sign-up under the name that they chose. The token is good for that alone: it never
   * opens an account that is there.
   * @throws Problem `username-taken`, `sign-in-failed`
   */
  async join(signUpToken: string, username: string): Promise<SignedIn> {
    const { pendingSignUp, confirmedAt, returnTo } = await this.pendingSignUp(signUpToken);
    try {
      return { owner: await this.#register(pendingSignUp, username, confirmedAt), returnTo };
    } catch (error) {
      // The name may have gone to this very person a moment ago, as by a second click.
      if (error instanceof Problem && error.code === 'username-taken') await this.pendingSignUp(signUpToken);
      throw error;
    }
  }

  /** Ends all sessions of an owner, on all devices, and revokes their offline passes. */
  async signOutEverywhere(owner: Owner): Promise<void> {
    const { store, writes } = this.#deps;
    await writes.publish(owner, store.endSessions(owner)).catch((error) => {
      // The sessions have ended already: that is what was asked for.
      if (!(error instanceof Problem && error.code === 'unauthorized')) throw error;
    });
  }

  /** The account of an identity that the provider has just confirmed; undefined when the name belongs to another account. */
  async #registerConfirmed(pendingSignUp: PendingSignUp, username: string): Promise<Owner | undefined> {
    try {
      return await this.#register(pendingSignUp, username, null);
    } catch (error) {
      if (!(error instanceof Problem) || !['username-taken', 'sign-in-failed'].includes(error.code))
        throw error;
      // It may have gone to this very person, in another tab.
      return this.#deps.store.findByIdentity(pendingSignUp);
    }
  }

  /** @param confirmedAt milliseconds; null: just now. @throws Problem `username-taken`, `sign-in-failed` */
  async #register(
    pendingSignUp: PendingSignUp,
    username: string,
    confirmedAt: number | null,
  ): Promise<Owner> {
    const { store, writes, now } = this.#deps;
    const owner = { id: crypto.randomUUID(), epoch: 0 };
    const account = { id: owner.id, username, confirmedAt, now: now() };
    await writes.publish(owner, store.create(pendingSignUp, account), [usernameKey(username)]);
    return owner;
  }

  #provider(id: string): IdentityProvider {
    const provider = this.#deps.providers.find((one) => one.id === id);
    if (!provider) throw new Problem('not-found');
    return provider;
  }

  #redirectUri({ id }: IdentityProvider): string {
    return `${this.#deps.origin}/auth/${id}/callback`;
  }

  #context() {
    const { ring, origin, now } = this.#deps;
    return { ring, origin, now: Math.floor(now() / 1000) };
  }
}

function failed(detail: string): Problem {
  return new Problem('sign-in-failed', { detail });
}

function secret(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/** RFC 7636 section 4.2, S256. */
async function challengeOf(verifier: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return base64url.encode(new Uint8Array(hash));
}
