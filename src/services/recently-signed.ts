/** Signatures of the last few seconds: made once for a record in this isolate, and answered again while young. */
import type { PublicProfile } from '../domain/profile.ts';

/** As long as the isolate keeps a record; its answer says its age, so that no cache keeps it longer for that. */
const MAX_AGE_SECONDS = 5;

export interface Signed<T> {
  value: T;
  /** What the header `Age` says (RFC 9111 section 5.1). */
  ageSeconds: number;
}

/** Goes by the very object that the isolate's tier holds: a profile that was read anew is signed anew. */
export class RecentlySigned<T extends object> {
  readonly #made = new WeakMap<PublicProfile, { value: T; at: number }>();

  /** The signature at hand, or a new one. @param now seconds since the epoch */
  async get(profile: PublicProfile, now: number, sign: () => Promise<T>): Promise<Signed<T>> {
    const made = this.#made.get(profile);
    const ageSeconds = made ? now - made.at : Number.NaN;
    if (made && ageSeconds >= 0 && ageSeconds < MAX_AGE_SECONDS) return { value: made.value, ageSeconds };
    const value = await sign();
    this.#made.set(profile, { value, at: now });
    return { value, ageSeconds: 0 };
  }
}
