/** SHA-256 of texts, for entity tags, policies and names of files. */

const utf8 = new TextEncoder();

/** SHA-256 of a text in UTF-8, in one of the forms of RFC 4648; that for policies is padded. */
export async function digest(text: string, form: 'base64' | 'base64url'): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text)));
  const base64 = btoa(String.fromCharCode(...hash));
  return form === 'base64' ? base64 : base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
