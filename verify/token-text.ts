/** The three ways in which a token is written: as it is, as digits, and behind the `#` of a URL. */

/** The character that two digits stand for has this code when they are 00; `-` is the lowest of a compact JWS. */
const FIRST_CHARACTER = '-'.charCodeAt(0);

/** Compact JWS characters: base64url and the dot (RFC 7515 section 3.1). */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const DIGITS = /^(?:\d\d)+$/;

/** Two decimal digits for every character of a compact JWS: its code less 45, padded. */
export function tokenToDigits(token: string): string {
  let digits = '';
  for (let i = 0; i < token.length; i++) {
    digits += String(token.charCodeAt(i) - FIRST_CHARACTER).padStart(2, '0');
  }
  return digits;
}

/** The compact JWS in a URL's fragment, in bare digits, or in bare text; undefined where there is none. */
export function findToken(text: string): string | undefined {
  const trimmed = text.trim();
  const content = trimmed.slice(trimmed.indexOf('#') + 1);
  const token = DIGITS.test(content) ? digitsToToken(content) : content;
  return TOKEN.test(token) ? token : undefined;
}

function digitsToToken(digits: string): string {
  let token = '';
  for (let i = 0; i < digits.length; i += 2) {
    token += String.fromCharCode(Number(digits.slice(i, i + 2)) + FIRST_CHARACTER);
  }
  return token;
}
