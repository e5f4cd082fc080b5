/** Telephone numbers as people write them, brought into the one form that every telephone can call: E.164. */
import { trimInvisible } from '../text.ts';

/** What stands between digits: spaces, hyphens and dashes of all kinds, brackets, dots, slashes. */
const SEPARATORS = /[\p{White_Space}\p{Pd}\u2212\u00b7\u2022()[\].,'/\\_]/gu;

/** A zero in brackets after the country code, for callers at home: `+49 (0)151`. */
const TRUNK_ZERO = /[([]\s*0\s*[)\]]/;
const TRUNK = 'T';

/** Countries whose numbers keep a zero in front from abroad too: Italy, San Marino, Vatican, Ivory Coast, Congo. */
const KEEP_ZERO = ['39', '378', '379', '225', '242'];

/** Country codes of one and two digits; all others have three (ITU-T E.164). */
const COUNTRY_CODE = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9]\d\d)/;

/** The North American plan has no other length, so a digit too few or too many shows. */
const NORTH_AMERICA = /^1\d{10}$/;

/** With country code, without an extension: E.164 has 15 digits at most, and nobody's number has fewer than 7. */
const E164 = /^[1-9]\d{6,14}$/;

/** Digits of Arabic, Persian and Devanagari; those of full width are normalised to ASCII by Unicode itself. */
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g;

/**
 * The number as `+` and digits, or undefined where it is no number with a country code: a national number, one with
 * an extension, or with letters. `00` stands for `+`, and a `tel:` in front is ignored.
 */
export function phoneNumber(typed: string): string | undefined {
  const text = trimInvisible(typed)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(OTHER_DIGITS, asciiDigit)
    .replace(/^tel\s*[.:]+\s*/i, '')
    .replace(TRUNK_ZERO, TRUNK);
  const [, rest = ''] = /^(?:\+|00)(.*)$/s.exec(text.replace(SEPARATORS, '')) ?? [];
  return number(rest);
}

/** The same where a number may also come without `+`, as WhatsApp writes it. */
export function phoneNumberWithoutPlus(typed: string): string | undefined {
  return phoneNumber(typed) ?? (/^\s*[1-9]/.test(typed) ? phoneNumber(`+${typed}`) : undefined);
}

function number(rest: string): string | undefined {
  const code = COUNTRY_CODE.exec(rest.replace(TRUNK, ''))?.[0];
  if (!code) return undefined;
  const national = rest.slice(code.length);
  // A zero without brackets right after the country code is the same slip.
  const dialled = KEEP_ZERO.includes(code) ? national.replace(TRUNK, '0') : national.replace(/^T?0*/, '');
  const digits = code + dialled;
  if (!rest.startsWith(code) || !E164.test(digits)) return undefined;
  return code === '1' && !NORTH_AMERICA.test(digits) ? undefined : `+${digits}`;
}

function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  return String((code >= 0x966 ? code - 0x966 : code) & 0xf);
}
