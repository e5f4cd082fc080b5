/** Layout 1 of the offline code: a compact JWS, two decimal digits a character. No longer signed, still verified. */

/** `typ` of the header of layout 1. */
export const LAYOUT_1_TYP = 'dcq';
/** The character that two digits stand for has this code when they are 00; `-` is the lowest of a compact JWS. */
const FIRST_CHARACTER = '-'.charCodeAt(0);
/** `eyJ`, with which every header begins. */
const START = /^567629/;

/** The compact JWS, or the beginning of one, that digits stand for; undefined where they are of another layout. */
export function digitsToToken(digits: string): string | undefined {
  if (!START.test(digits)) return undefined;
  let token = '';
  // A last digit without its pair is what is left of a character.
  for (let i = 0; i + 1 < digits.length; i += 2) {
    token += String.fromCharCode(Number(digits.slice(i, i + 2)) + FIRST_CHARACTER);
  }
  return /^[\w.-]+$/.test(token) ? token : undefined;
}
