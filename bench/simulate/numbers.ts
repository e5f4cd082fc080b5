/** Numbers as people read them. */

/** 10⁶ for a million. */
export function powerOfTen(value: number): string {
  return `10${String(Math.round(Math.log10(value))).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] as string)}`;
}
