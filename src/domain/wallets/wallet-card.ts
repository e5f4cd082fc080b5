/** What a card in a wallet says, whichever wallet it is. */

import type { ProfileFields } from '../profile.ts';
import { refused } from '../qr/picture.ts';

/** A profile on its way into a wallet. */
export interface WalletCard {
  /** Of the owner: stays the same, so that a second save takes the place of the first. */
  id: string;
  profile: ProfileFields;
  /** What the code says: the address of the page, or an offline pass. */
  code: string;
  /** ISO 8601, of an offline pass. */
  expiresAt?: string | undefined;
}

/**
 * Most characters that a wallet's code is drawn from: version 18 at level M, the largest that four decoders read in
 * camera-like frames. Wallets draw what they are given, as bytes.
 */
const MAX_CODE_CHARACTERS = 560;

/** @throws Problem `invalid-input` where a wallet's code would be too dense to read */
export function requireLegible({ code }: Pick<WalletCard, 'code'>): void {
  if (code.length > MAX_CODE_CHARACTERS)
    throw refused(
      'hours',
      `Your offline code has ${code.length} characters, and a wallet shows at most ${MAX_CODE_CHARACTERS} so that they can be read: shorten your texts or remove links, or take the address.`,
    );
}
