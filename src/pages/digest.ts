/** SHA-256 of texts and files, for entity tags, policies and names of files. */

const utf8 = new TextEncoder();

/** SHA-256 of bytes, or of a text in UTF-8, in one of the forms of RFC 4648; that for policies is padded. */
export async function digest(
  content: string | Uint8Array<ArrayBuffer>,
  form: 'base64' | 'base64url',
): Promise<string> {
  const bytes = typeof content === 'string' ? utf8.encode(content) : content;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const base64 = btoa(String.fromCharCode(...hash));
  return form === 'base64' ? base64 : base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
