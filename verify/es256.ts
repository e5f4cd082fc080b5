/**
 * What a verifier needs of JOSE: BASE64URL, and ES256 signatures by WebCrypto (RFC 7515; RFC 7518, section 3.4).
 *
 * A library for all of JOSE would be a third of what the offline scanner weighs, for one algorithm that is pinned.
 */

/** The public half of a key as a JWK set has it. */
export type PublicKey = { readonly [Member in 'kid' | 'kty' | 'crv' | 'x' | 'y']?: string | undefined };

/** The bytes in BASE64URL without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The bytes of a text in BASE64URL; throws where it is not written as `encodeBase64url` does. */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (encodeBase64url(bytes) !== text) throw new TypeError('not BASE64URL');
  return bytes;
}

/** The key of a JWK on the curve P-256; undefined where it is no such key, or none that is on the curve. */
export async function importPublicKey({ kty, crv, x, y }: PublicKey): Promise<CryptoKey | undefined> {
  if (kty !== 'EC' || crv !== 'P-256' || !x || !y) return undefined;
  const { subtle } = crypto;
  if (!subtle) throw new Error('This needs WebCrypto, which browsers have on https pages only.');
  // Engines disagree on the name of the error for an x and y that are no point of the curve.
  return subtle
    .importKey('jwk', { kty, crv, x, y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
    .catch(() => undefined);
}

/** The payload of a JWS whose signature the key made; undefined where it is another's, or no signature. */
export async function signedPayload(
  { header, payload, signature }: { header: string; payload: string; signature: string },
  key: CryptoKey,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  let parts: [signature: Uint8Array<ArrayBuffer>, payload: Uint8Array<ArrayBuffer>];
  try {
    parts = [decodeBase64url(signature), decodeBase64url(payload)];
  } catch {
    return undefined;
  }
  const input = new TextEncoder().encode(`${header}.${payload}`);
  const isSigned = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, parts[0], input);
  return isSigned ? parts[1] : undefined;
}
