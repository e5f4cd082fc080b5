/** Initials: what stands in for a picture, on the pages, in the preview and in the scanner. */

const words = new Intl.Segmenter('en', { granularity: 'word' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Letters of Arabic script would flow together into a word. */
const JOINS = /\p{Script=Arabic}/u;
const ZERO_WIDTH_NON_JOINER = '\u200c';

/** Letters whose form at the head of a word is another one than in a word of capitals (Unicode, Titlecase_Mapping). */
const TITLE_CASE = new Map(
  [...'ǅǈǋǲᾈᾉᾊᾋᾌᾍᾎᾏᾘᾙᾚᾛᾜᾝᾞᾟᾨᾩᾪᾫᾬᾭᾮᾯᾼῌῼ'].map((letter) => [letter.toLowerCase(), letter]),
);

/** A script that has capitals, but for whole words only: its names begin like any other word. */
const NEVER_TITLED = /\p{Script=Georgian}/u;

/** The first letters of the first and the last word of a name, at most two; `''` where there is neither letter nor digit. */
export function initials(name: string): string {
  const firsts = [...words.segment(name)]
    .filter(({ isWordLike }) => isWordLike)
    .flatMap(({ segment }) => [...graphemes.segment(segment)].slice(0, 1))
    .map(({ segment }) => titled(segment));
  const last = firsts.length > 1 ? firsts.at(-1) : undefined;
  return [firsts[0], last].filter(Boolean).join(JOINS.test(name) ? ZERO_WIDTH_NON_JOINER : '');
}

/** One letter in title case, where capitals of some are several: `ß` is `S`, `ﬁ` is `F`. */
function titled(letter: string): string {
  const own = TITLE_CASE.get(letter.toLowerCase());
  if (own || NEVER_TITLED.test(letter)) return own ?? letter.toLowerCase();
  const capitals = [...graphemes.segment(letter.toUpperCase())].map(({ segment }) => segment);
  // `ŉ` becomes an apostrophe and N.
  return capitals.find((capital) => /^\p{Lu}/u.test(capital)) ?? capitals[0] ?? letter;
}
