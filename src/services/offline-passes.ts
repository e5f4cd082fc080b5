/** Offline passes: codes that owners sign for hours or days, and revoke all at once. */
import type { Edit, Owner } from '../domain/owner.ts';
import { Problem } from '../domain/problem.ts';
import type { PublicProfile } from '../domain/profile.ts';
import type { OfflinePassStore } from '../ports.ts';
import type { OwnerWrites, Published } from './owner-writes.ts';
import type { QrSessions } from './qr-sessions.ts';

/** The JSON of `POST /api/profiles/me/offline-pass`. */
export interface OfflinePass {
  token: string;
  /** What the QR code says. */
  url: string;
  /** ISO 8601 */
  expiresAt: string;
  linksLeftOut: number;
}

interface Deps {
  store: OfflinePassStore;
  writes: OwnerWrites;
  qrSessions: QrSessions;
}

export class OfflinePasses {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * Signs the owner's card as it is now. Read from Postgres, because an old copy could bear a revoked epoch.
   * @param hours 1 to OFFLINE_PASS_MAX_HOURS
   * @param linkIds the links to sign, in this order; all of them where it is left out
   * @throws Problem `unauthorized`, `unavailable`
   */
  async issue(owner: Owner, hours: number, linkIds?: readonly string[]): Promise<OfflinePass> {
    const { store, qrSessions } = this.#deps;
    const source = await store.readPassSource(owner);
    if (source === 'signed-out') throw new Problem('unauthorized');
    const { token, url, expiresAt, linksLeftOut } = await qrSessions.offlinePass(
      withLinks(source.profile, linkIds),
      {
        hours,
        epoch: source.passEpoch,
      },
    );
    return { token, url, expiresAt: new Date(expiresAt * 1000).toISOString(), linksLeftOut };
  }

  /** Revokes all passes of the owner: verifiers that ask hear of it. @throws Problem `unauthorized`, `changed-meanwhile` */
  revoke(edit: Edit): Promise<Published<null>> {
    return this.#deps.writes.publish(edit.owner, this.#deps.store.revokePasses(edit));
  }
}

function withLinks(profile: PublicProfile, linkIds: readonly string[] | undefined): PublicProfile {
  if (!linkIds) return profile;
  const links = linkIds.flatMap((id) => profile.links.filter((link) => link.id === id));
  return { ...profile, links };
}
