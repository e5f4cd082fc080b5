/** Cards in the wallets of phones: what of it a deployment offers, and the passes that owners take. */
import type { Owner } from '../domain/owner.ts';
import { Problem } from '../domain/problem.ts';
import { scannedAddress } from '../domain/views/view.ts';
import type { AppleWallet } from '../domain/wallets/apple-pass.ts';
import type { GoogleWallet, SaveLink } from '../domain/wallets/google-pass.ts';
import { requireLegible, type WalletCard } from '../domain/wallets/wallet-card.ts';
import type { OfflinePasses } from './offline-passes.ts';
import type { OwnerEdits } from './owner-edits.ts';

/** The credentials of a deployment; a wallet without any is not offered. */
export interface WalletCredentials {
  google: GoogleWallet | undefined;
  apple: AppleWallet | undefined;
}

interface Deps {
  credentials: WalletCredentials;
  ownerEdits: Pick<OwnerEdits, 'readProfile'>;
  offlinePasses: Pick<OfflinePasses, 'issue'>;
  origin: string;
  now: () => number;
}

// Loaded where somebody takes a pass, so that nothing else pays for them.
const google = () => import('../domain/wallets/google-pass.ts');
const apple = () => import('../domain/wallets/apple-pass.ts');

export class Wallets {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Which wallets this deployment has credentials for. */
  get offers(): { google: boolean; apple: boolean } {
    const { credentials } = this.#deps;
    return { google: !!credentials.google, apple: !!credentials.apple };
  }

  /**
   * A link that saves the owner's card in Google Wallet.
   * @param hours of an offline pass in place of the address
   * @throws Problem `not-found` where it is not offered, `invalid-input` where the offline pass does not fit
   */
  async googleLink(owner: Owner, hours?: number): Promise<SaveLink & { expiresAt: string | null }> {
    const wallet = this.#deps.credentials.google;
    if (!wallet) throw notOffered('Google');
    const card = await this.#card(owner, hours);
    const link = await (await google()).googleSaveLink(wallet, card, Math.floor(this.#deps.now() / 1000));
    return { ...link, expiresAt: card.expiresAt ?? null };
  }

  /** The owner's card as a `.pkpass`, and a name for the file. @throws Problem as `googleLink` */
  async applePass(owner: Owner, hours?: number): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
    const { credentials, origin, now } = this.#deps;
    if (!credentials.apple) throw notOffered('Apple');
    const card = await this.#card(owner, hours);
    const address = `${origin}/u/${card.profile.username}`;
    const bytes = await (await apple()).applePass(credentials.apple, card, {
      address,
      service: undefined,
      now: now(),
    });
    return { name: `devcard-${card.profile.username}.pkpass`, bytes };
  }

  /** When passes can be signed no more, in milliseconds since the epoch; undefined without a certificate. */
  async appleExpiry(): Promise<number | undefined> {
    const wallet = this.#deps.credentials.apple;
    return wallet && (await apple()).applePassExpiry(wallet);
  }

  async #card(owner: Owner, hours: number | undefined): Promise<WalletCard> {
    const { ownerEdits, offlinePasses, origin } = this.#deps;
    const [profile, pass] = await Promise.all([
      ownerEdits.readProfile(owner),
      hours === undefined ? undefined : offlinePasses.issue(owner, hours),
    ]);
    const code = pass?.url ?? scannedAddress(`${origin}/u/${profile.username}`);
    const card = { id: profile.id, profile, code, expiresAt: pass?.expiresAt };
    requireLegible(card);
    return card;
  }
}

function notOffered(name: string): Problem {
  return new Problem('not-found', { detail: `This deployment offers no passes of ${name} Wallet.` });
}
