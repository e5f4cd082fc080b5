/** `/api/profiles/me/wallet/…`: the owner's card as a pass of Google or Apple Wallet. */
import * as v from 'valibot';
import { OFFLINE_PASS_MAX_HOURS } from '../../domain/tokens/offline-code.ts';
import { OWNER_READ, route } from '../route.ts';

const HOURS = `Give whole hours from 1 to ${OFFLINE_PASS_MAX_HOURS}.`;

export const WalletQuery = v.object({
  /** Puts an offline pass of so many hours in place of the address. */
  hours: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,3}$/, HOURS),
      v.transform(Number),
      v.minValue(1, HOURS),
      v.maxValue(OFFLINE_PASS_MAX_HOURS, HOURS),
    ),
  ),
});

/** How programs and browsers know a pass. */
const PKPASS = 'application/vnd.apple.pkpass';

export const wallets = [
  route('GET /api/profiles/me/wallet/google', {
    ...OWNER_READ,
    query: WalletQuery,
    docs: DESCRIBED && {
      id: 'getGoogleWalletLink',
      summary:
        'A link that saves the own card in Google Wallet, and what it had no room for; 404 where it is not offered',
      kind: 'read',
      answer: 'WalletLink',
      problems: ['not-found', 'invalid-input'],
    },
    handle: async (c, { query: { hours } }) =>
      c.json(await c.var.services.wallets.googleLink(c.var.owner, hours)),
  }),

  route('GET /api/profiles/me/wallet/apple', {
    ...OWNER_READ,
    query: WalletQuery,
    docs: DESCRIBED && {
      id: 'getAppleWalletPass',
      summary: 'The own card as a pass of Apple Wallet; 404 where it is not offered',
      kind: 'read',
      answer: PKPASS,
      headers: ['Content-Disposition'],
      problems: ['not-found', 'invalid-input'],
    },
    handle: async (c, { query: { hours } }) => {
      const { name, bytes } = await c.var.services.wallets.applePass(c.var.owner, hours);
      return c.body(bytes, 200, {
        'Content-Type': PKPASS,
        'Content-Disposition': `attachment; filename="${name}"`,
      });
    },
  }),
];
