/** `/me/carry`: wallets, NFC tags and the e-mail signature of the owner. */
import type { Context } from 'hono';
import * as v from 'valibot';
import { Problem } from '../../domain/problem.ts';
import { signature } from '../../domain/signature.ts';
import { taggedAddress } from '../../domain/views/view.ts';
import { type CarryView, carryPage } from '../../pages/carry-page.tsx';
import type { AppEnv } from '../context.ts';
import { HTML } from '../docs/operation.ts';
import { WalletQuery } from '../owner/wallets.ts';
import { OWNER_READ, route } from '../route.ts';
import { showOwnPage } from './own-pages.tsx';
import { scriptPath } from './page-files.ts';

export const carry = [
  route('GET /me/carry', {
    ...OWNER_READ,
    docs: DESCRIBED && {
      summary: 'Wallets, NFC tags and the e-mail signature',
      kind: 'ownPage',
      answer: HTML,
    },
    handle: async (c) => {
      const profile = await c.var.services.ownerEdits.readProfile(c.var.owner);
      const page = c.var.services.qrSessions.profileUrl(profile.username);
      return showOwnPage(
        c,
        carryPage({
          ...(await passes(c)),
          tag: taggedAddress(page),
          signature: signature(profile, page),
          scriptPath: await scriptPath('carry'),
        }),
      );
    },
  }),
];

/** The passes that can be had, or why not. */
async function passes(
  c: Context<AppEnv>,
): Promise<Pick<CarryView, 'google' | 'applePath' | 'hours' | 'complaint'>> {
  const { wallets } = c.var.services;
  const asked = v.safeParse(WalletQuery, { hours: c.req.query('hours') || undefined });
  const hours = asked.success ? asked.output.hours : undefined;
  const applePath = '/api/profiles/me/wallet/apple';
  try {
    return {
      google: wallets.offers.google ? await wallets.googleLink(c.var.owner, hours) : undefined,
      applePath: wallets.offers.apple
        ? applePath + (hours === undefined ? '' : `?hours=${hours}`)
        : undefined,
      hours,
      complaint: undefined,
    };
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'invalid-input') throw error;
    return { google: undefined, applePath: undefined, hours, complaint: error.message };
  }
}
