/** Initials: what stands in for a picture. */

const words = new Intl.Segmenter('en', { granularity: 'word' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Letters of Arabic script would flow together into a word. */
const JOINS = /\p{Script=Arabic}/u;
const ZERO_WIDTH_NON_JOINER = '\u200c';

/** The first letters of the first and the last word of a name, at most two; `''` where there is neither letter nor digit. */
export function initials(name: string): string {
  const firsts = [...words.segment(name)]
    .filter(({ isWordLike }) => isWordLike)
    .flatMap(({ segment }) => [...graphemes.segment(segment)].slice(0, 1))
    .map(({ segment }) => segment.toUpperCase());
  const last = firsts.length > 1 ? firsts.at(-1) : undefined;
  return [firsts[0], last].filter(Boolean).join(JOINS.test(name) ? ZERO_WIDTH_NON_JOINER : '');
}
