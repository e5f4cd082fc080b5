/** Who is signed in. */
import type { KeyRing } from '../domain/key-ring.ts';
import type { Owner } from '../domain/owner.ts';
import { verifyOwnerSession } from '../domain/owner-session.ts';

interface Parts {
  ring: KeyRing;
  origin: string;
  now: () => number;
}

export class OwnerSessions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The owner whom a session token names, or undefined when it is not one of ours or has expired. */
  verify(token: string): Promise<Owner | undefined> {
    const { ring, origin, now } = this.#parts;
    return verifyOwnerSession(token, { ring, origin, now: Math.floor(now() / 1000) });
  }
}
