/** Owner sessions: issued at sign-in, verified on each request, renewed in passing. */

import type { Owner } from '../domain/owner.ts';
import { Problem } from '../domain/problem.ts';
import type { KeyRing } from '../domain/tokens/key-ring.ts';
import {
  isDueForRenewal,
  mayFollow,
  type OwnerSession,
  signOwnerSession,
  verifyOwnerSession,
} from '../domain/tokens/owner-session.ts';

interface Deps {
  ring: KeyRing;
  origin: string;
  now: () => number;
}

export class OwnerSessions {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** The session that a token stands for, or undefined when it is not one of ours or has expired. */
  verify(token: string): Promise<OwnerSession | undefined> {
    return verifyOwnerSession(token, this.#context());
  }

  /** The token of a new session. */
  open(owner: Owner): Promise<string> {
    return signOwnerSession(owner, this.#context());
  }

  /** A token for a program, which ends no later than the session's own successors would. @throws Problem `unauthorized` */
  async issueApiToken(session: OwnerSession): Promise<string> {
    const context = this.#context();
    if (!mayFollow(session, context.now)) throw new Problem('unauthorized', { detail: 'Sign in again.' });
    return signOwnerSession(session.owner, context, session.signedInAt);
  }

  /** The token that follows on a session past half of its life; undefined before that, and when it is time to sign in again. */
  async renew(session: OwnerSession): Promise<string | undefined> {
    const context = this.#context();
    if (!isDueForRenewal(session, context.now)) return undefined;
    return signOwnerSession(session.owner, context, session.signedInAt);
  }

  #context() {
    const { ring, origin, now } = this.#deps;
    return { ring, origin, now: Math.floor(now() / 1000) };
  }
}
