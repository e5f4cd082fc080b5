/** Reads forms: a bounded number of fields, in UTF-8. */
import type { Context } from 'hono';
import { Problem } from '../domain/problem.ts';
import { bodyPieces, decoded, joined, mediaTypeOf, requireUtf8 } from './body.ts';
import type { AppEnv } from './context.ts';

/** Media types of forms. */
const URL_ENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';
/** The largest form has the places of fifty links. */
const MAX_FORM_FIELDS = 100;

/** The fields of a form in the order in which they were sent. */
export type FormFields = readonly (readonly [name: string, value: string | File])[];

/** The fields of the form in a body. @throws Problem `malformed-request`, `unsupported-media-type`, `too-large` */
export function formIn(c: Context<AppEnv>, maxBytes: number): Promise<FormFields> {
  const form = c.get('form') ?? readForm(c, maxBytes);
  c.set('form', form);
  return form;
}

async function readForm(c: Context<AppEnv>, maxBytes: number): Promise<FormFields> {
  const mediaType = mediaTypeOf(c);
  if (mediaType !== URL_ENCODED && mediaType !== MULTIPART)
    throw new Problem('malformed-request', { detail: 'Send a form.' });
  const bytes = await joined(bodyPieces(c, maxBytes));
  if (hasMoreThan(MAX_FORM_FIELDS, mediaType === MULTIPART ? '\n--' : '&', bytes))
    throw new Problem('too-large', { detail: `A form may have at most ${MAX_FORM_FIELDS} fields.` });
  if (mediaType === URL_ENCODED) {
    const text = decoded(bytes);
    requireUtf8(text);
    return [...new URLSearchParams(text)];
  }
  const headers = { 'Content-Type': c.req.header('Content-Type') ?? '' };
  const form = await new Response(bytes, { headers }).formData().catch(() => {
    throw new Problem('malformed-request', { detail: 'Send a form.' });
  });
  const fields = [...form];
  // What the platform puts in place of bytes that are not UTF-8, if nobody wrote it. A file is read by whoever wants it.
  if (fields.some((pair) => pair.some((one) => typeof one === 'string' && one.includes('\uFFFD'))))
    decoded(bytes);
  return fields;
}

/** Whether these ASCII characters occur more often. */
function hasMoreThan(most: number, characters: string, bytes: Uint8Array): boolean {
  const [first = 0, ...others] = new TextEncoder().encode(characters);
  let count = 0;
  for (let at = bytes.indexOf(first); at >= 0 && count <= most; at = bytes.indexOf(first, at + 1))
    if (others.every((byte, i) => bytes[at + 1 + i] === byte)) count += 1;
  return count > most;
}
