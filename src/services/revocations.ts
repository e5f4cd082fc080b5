/** The list of revocations that verifiers keep for when they are offline. */
import type { SingleFlight } from '../cache/single-flight.ts';
import type { KeyRing } from '../domain/tokens/key-ring.ts';
import { MAX_REVOCATIONS, revocationClaims, signRevocations } from '../domain/tokens/revocation-list.ts';
import type { RevocationStore } from '../ports.ts';

/** Everybody may ask: an isolate reads the list once in this time. It is short beside the hour that verifiers keep it. */
const KEPT_MS = 60_000;

/** The list as it is sent. */
export interface RevocationList {
  /** Of the content: the same while nothing was revoked and nothing has died. */
  digest: string;
  /** A flattened JWS. */
  json: string;
}

interface Deps {
  store: RevocationStore;
  singleFlight: SingleFlight<RevocationList>;
  ring: KeyRing;
  origin: string;
  now: () => number;
}

export class Revocations {
  readonly #deps: Deps;
  #last: { list: RevocationList; at: number } | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** The list, at most a minute old; an older one while Postgres fails. @throws Problem `unavailable` */
  async list(): Promise<RevocationList> {
    const { singleFlight, now } = this.#deps;
    const last = this.#last;
    if (last && now() - last.at < KEPT_MS) return last.list;
    const list = singleFlight.join('revocations', () => this.#read());
    return last ? list.catch(() => last.list) : list;
  }

  async #read(): Promise<RevocationList> {
    const { store, ring, origin, now } = this.#deps;
    const at = now();
    const revocations = await store.newest(MAX_REVOCATIONS + 1);
    const digest = await sha256(JSON.stringify(revocationClaims(revocations)));
    // A list that has not changed keeps its bytes, as its tag says.
    const list =
      this.#last?.list.digest === digest
        ? this.#last.list
        : {
            digest,
            json: JSON.stringify(
              await signRevocations({ ring, origin, now: Math.floor(at / 1000), revocations }),
            ),
          };
    this.#last = { list, at };
    return list;
  }
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest).subarray(0, 12), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
