/** Requests that carry a key of their own (draft-ietf-httpapi-idempotency-key-header). */

/** For so long the same key gets the same answer. */
export const KEPT_SECONDS = 86_400;
/** After this a request without an answer is taken for lost: the longest that one may live is half of it. */
export const UNDER_WAY_SECONDS = 60;

/** A request that is not to be done twice. */
export interface KeyedRequest {
  /** SHA-256 of the key that its sender chose, and of what they sent. */
  keyHash: string;
  requestHash: string;
}

/** An answer to give again. */
export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What became of a key: it is the sender's from now on, or its request is under way, was answered, or was another one. */
export type KeyClaim = 'claimed' | 'under-way' | 'reused' | KeptAnswer;

const MAX_KEY_CHARACTERS = 255;

/** The key in a header: a quoted string (RFC 8941), or the same without its quotes. Undefined where it is none. */
export function readIdempotencyKey(header: string): string | undefined {
  const [, quoted, bare] =
    /^(?:"([\x20\x21\x23-\x5b\x5d-\x7e]+)"|([\x21\x23-\x7e]+))$/.exec(header.trim()) ?? [];
  const key = quoted ?? bare;
  return key !== undefined && key.length <= MAX_KEY_CHARACTERS ? key : undefined;
}
