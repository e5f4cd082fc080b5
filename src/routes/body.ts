/** Reads bodies and queries: no more than a route takes, and nothing that is not UTF-8. */
import type { Context } from 'hono';
import { Problem } from '../domain/problem.ts';

/** Largest body, unless a route says otherwise. */
export const MAX_BODY_BYTES = 16 * 1024;

/** The body in pieces. Reads no further than a route takes. @throws Problem `too-large` */
export async function* bodyPieces(c: Context, maxBytes: number): AsyncGenerator<Uint8Array> {
  const tooLarge = new Problem('too-large', { detail: `A body may have at most ${maxBytes} bytes.` });
  if (Number(c.req.header('Content-Length') ?? 0) > maxBytes) throw tooLarge;
  let length = 0;
  for await (const piece of c.req.raw.body ?? []) {
    length += piece.length;
    if (length > maxBytes) throw tooLarge;
    yield piece;
  }
}

/** The pieces as a whole. */
export async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  const whole = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of all) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The media type of the body, in lower case. @throws Problem `unsupported-media-type` where its charset is not UTF-8 */
export function mediaTypeOf(c: Context): string {
  const [mediaType = '', ...parameters] = (c.req.header('Content-Type') ?? '').split(';');
  for (const parameter of parameters) {
    const [, charset = 'utf-8'] = /^\s*charset\s*=\s*"?([^"]*?)"?\s*$/i.exec(parameter) ?? [];
    if (!/^utf-?8$/i.test(charset))
      throw new Problem('unsupported-media-type', { detail: 'Send the body in UTF-8.' });
  }
  return mediaType.trim().toLowerCase();
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/**
 * The text in these bytes, without a byte order mark: nothing is stored that nobody wrote.
 * @param part what to call it @throws Problem `malformed-request` where it is not UTF-8
 */
export function decoded(bytes: Uint8Array, part = 'body'): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw notUtf8(part);
  }
}

/** @throws Problem `malformed-request` where what is percent-encoded in a form or query is not UTF-8 */
export function requireUtf8(encoded: string, part = 'body'): void {
  try {
    // A percent sign that encodes nothing stands for itself (URL Standard, percent-decode).
    decodeURIComponent(encoded.replace(/%(?![0-9A-Fa-f]{2})/g, '%25'));
  } catch {
    throw notUtf8(part);
  }
}

/** @throws Problem `malformed-request` where a parameter of the query is not UTF-8 */
export function requireUtf8Query(c: Context): void {
  const { url } = c.req.raw;
  const at = url.indexOf('?');
  if (at >= 0) requireUtf8(url.slice(at), 'query');
}

function notUtf8(part: string): Problem {
  return new Problem('malformed-request', { detail: `The ${part} is not encoded in UTF-8.` });
}
