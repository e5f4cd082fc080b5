/** The committed test vectors, typed. */

import type { PublicProfile } from '../../src/domain/profile.ts';
import type { KeyRing } from '../../src/domain/tokens/key-ring.ts';
import type { Card, KeySet, Verdict } from '../../verify/verify.ts';
import carriers from '../vectors/carriers.json' with { type: 'json' };
import keys from '../vectors/keys.json' with { type: 'json' };
import verdicts from '../vectors/verdicts.json' with { type: 'json' };

interface CarrierVector {
  name: string;
  layout: 1 | 2;
  profile: PublicProfile;
  token: string;
  digits: string;
  qrVersion: number;
  linksLeftOut: number;
  card: Card;
}

interface VerdictVector {
  name: string;
  input: string;
  now: number;
  verdict: Verdict;
}

/** Test-only keys, the issuer, and the time at which the vectors were signed. */
export const KEYS = keys as unknown as {
  issuer: string;
  now: number;
  jwks: KeySet;
  private: { keys: KeyRing };
};
/** What older releases signed. */
export const LAYOUT_1 = (carriers as CarrierVector[]).filter(({ layout }) => layout === 1);
/** What is signed now. */
export const LAYOUT_2 = (carriers as CarrierVector[]).filter(({ layout }) => layout === 2);
export const VERDICTS = verdicts as VerdictVector[];
