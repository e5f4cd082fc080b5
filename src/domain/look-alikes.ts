/** Names that people cannot tell apart, and names that pretend to speak for the service. */

/**
 * What is left of a name once the differences that fonts hide are gone: two names with one skeleton look alike. After
 * Unicode's confusables (UTS #39) as far as they concern ASCII; 5 and S, vv and w, and the separators are ours.
 * `skeletonOf` in drivers/postgres/schema.ts says the same in SQL.
 */
export function skeleton(name: string): string {
  return name
    .toLowerCase()
    .replace(/[-_]/g, '')
    .replace(/[i1]/g, 'l')
    .replaceAll('0', 'o')
    .replaceAll('5', 's')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}

/** Digits that are read as a letter without looking much like it: nobody is refused another's name for these. */
const LEET: Record<string, string> = { 2: 'z', 3: 'e', 4: 'a', 6: 'g', 7: 't', 8: 'b', 9: 'g' };

function spoken(name: string): string {
  return skeleton(name).replace(/[2346789]/g, (digit) => LEET[digit] as string);
}

/** Nobody but the service has a name that begins or ends with one of these. */
const VOICES =
  'admin administrator official support moderator helpdesk customer-service customer-care verified'.split(
    ' ',
  );

/** The same, where the word stands alone: Stafford and modest are people. */
const VOICES_AS_WORD = /^(?:staff|mod|security)[-_]|[-_](?:staff|mod)$/;

/** Nor does it stand anywhere in a name. */
const BRAND = 'devcard';

/**
 * A test for names that read as one of `reserved`, as several of them in a row (`help-team`), or as the service's voice
 * (`adm1n`, `official-ada`, `devcard_support`).
 * @param reserved in lower case
 */
export function reservedReading(reserved: Iterable<string>): (name: string) => boolean {
  const either = (words: Iterable<string>) => [...new Set([...words].map(spoken))].join('|');
  const pattern = new RegExp(
    `^(?:${either(reserved)})+$|^(?:${either(VOICES)})|(?:${either(VOICES)})$|${spoken(BRAND)}`,
  );
  return (name) => pattern.test(spoken(name)) || VOICES_AS_WORD.test(name.toLowerCase());
}
