/** Owner sessions: issued at sign-in, verified on each request, renewed in passing. */

import type { Owner } from '../domain/owner.ts';
import { Problem } from '../domain/problem.ts';
import type { KeyRing } from '../domain/tokens/key-ring.ts';
import {
  endOf,
  isDueForRenewal,
  mayFollow,
  OWNER_SESSION_LIFETIME_SECONDS,
  type OwnerSession,
  signOwnerSession,
  verifyOwnerSession,
} from '../domain/tokens/owner-session.ts';
import { type RefreshToken, readRefreshToken, signRefreshToken } from '../domain/tokens/refresh-token.ts';
import type { OwnerSessionStore } from '../ports.ts';

interface Deps {
  store: OwnerSessionStore;
  ring: KeyRing;
  origin: string;
  now: () => number;
}

/** The JSON of `POST /auth/token` and `POST /auth/refresh`. */
export interface ProgramTokens {
  accessToken: string;
  refreshToken: string;
  tokenType: 'Bearer';
  /** Seconds that the access token lives. */
  expiresIn: number;
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
    return signOwnerSession({ ...owner, session: crypto.randomUUID() }, this.#context());
  }

  /**
   * Tokens for a program, which end no later than the session's own successors would.
   * @throws Problem `unauthorized`, `unavailable`
   */
  async openForProgram({ owner, signedInAt }: OwnerSession): Promise<ProgramTokens> {
    const session = crypto.randomUUID();
    const isOpen =
      mayFollow({ signedInAt }, this.#context().now) &&
      (await this.#deps.store.open(owner, session, endOf(signedInAt) * 1000));
    if (!isOpen) throw signInAgain();
    return this.#signForProgram({ owner: { ...owner, session }, signedInAt, turn: 0 });
  }

  /**
   * The next tokens of a program, for its refresh token, which is good once: the second time ends the session, since one
   * of two who have it is a thief (RFC 9700 section 4.14.2).
   * @throws Problem `unauthorized`, `unavailable`
   */
  async refresh(refreshToken: string): Promise<ProgramTokens> {
    const shown = await readRefreshToken(refreshToken, this.#context());
    if (!shown || !(await this.#deps.store.advance(shown.owner, shown.turn))) throw signInAgain();
    return this.#signForProgram({ ...shown, turn: shown.turn + 1 });
  }

  /**
   * Ends a session, and that of a refresh token if it is the same owner's.
   * @throws Problem `unauthorized` where it has ended already, `unavailable`
   */
  async end({ owner, signedInAt }: OwnerSession, refreshToken?: string): Promise<void> {
    const shown =
      refreshToken === undefined ? undefined : await readRefreshToken(refreshToken, this.#context());
    const ids = [owner, shown?.owner].flatMap((one) => (one?.id === owner.id && one.session) || []);
    // A token lives for half a day even where the month is nearly over.
    const until = endOf(signedInAt) + OWNER_SESSION_LIFETIME_SECONDS;
    if (!(await this.#deps.store.end(owner, ids, until * 1000))) throw new Problem('unauthorized');
  }

  async #signForProgram(shown: RefreshToken): Promise<ProgramTokens> {
    const context = this.#context();
    const [accessToken, refreshToken] = await Promise.all([
      signOwnerSession(shown.owner, context, shown.signedInAt),
      signRefreshToken(shown, context),
    ]);
    return { accessToken, refreshToken, tokenType: 'Bearer', expiresIn: OWNER_SESSION_LIFETIME_SECONDS };
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

function signInAgain(): Problem {
  return new Problem('unauthorized', { detail: 'Sign in again.' });
}
