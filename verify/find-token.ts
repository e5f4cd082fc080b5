/** Finds tokens in what a camera read or a person pasted: links in sentences, wrapped links, broken lines. */

/** What may be a token: a compact JWS, or the digits of either layout, which a link to a code leads to or which stand alone. */
export type Candidate = { jws: string } | { digits: string; isLinked: boolean };

/** Nobody looks at more: each costs a check of a signature. */
const MAX_CANDIDATES = 6;
/** Bare digits that are fewer are a telephone number or the like; a layout 2 code has at least 166. */
const MIN_BARE_DIGITS = 100;
/** BASE64URL of `{"`, with which every header begins. */
const JWS_START = 'eyJ';
const JWS_CHARACTERS = /[^\w.-]+/;
/** The end of a link to a code: some services that wrap links write the `#` otherwise. */
const LINK_END = /\/[qc](?:\/|\?[^\s#]*)?$/;

/** The candidates in a text, the most literal reading first. */
export function findCandidates(text: string): Candidate[] {
  const visible = unescaped(text.normalize('NFKC').replace(/\p{Cf}/gu, ''));
  const readings = new Set([visible, joinLines(visible), visible.replace(/[\s>|]+/g, '')]);
  const found = new Map<string, Candidate>();
  for (const reading of readings) {
    for (const candidate of candidatesIn(reading)) {
      found.set('jws' in candidate ? candidate.jws : candidate.digits, candidate);
      if (found.size === MAX_CANDIDATES) return [...found.values()];
    }
  }
  return [...found.values()];
}

/** Mail programs break lines, some behind a `=` (RFC 2045 section 6.7), and quote them with `>`. */
function joinLines(text: string): string {
  const lines = text.split('\n').map((line) => line.trim().replace(/^[>|\s]+/, ''));
  return lines.map((line) => (line.endsWith('=') ? line.slice(0, -1) : line)).join('');
}

/** Percent-encoding, as often as links were wrapped, and that of Proofpoint's URL Defense (`-23` and `*` for `#`). */
function unescaped(text: string): string {
  return text
    .replace(/%(?:25)*([2-7][0-9a-f])/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/_([qc])-23(?=\d)/g, '/$1#')
    .replace(/(\/[qc])\*(?=\d)/g, '$1#');
}

function* candidatesIn(text: string): Generator<Candidate> {
  for (const { 0: digits, index } of text.matchAll(/\d+/g)) {
    const isLinked =
      text[index - 1] === '#' && LINK_END.test(text.slice(Math.max(0, index - 300), index - 1));
    if (isLinked || digits.length >= MIN_BARE_DIGITS) yield { digits, isLinked };
  }
  for (const word of text.split(JWS_CHARACTERS)) {
    const start = word.indexOf(JWS_START);
    if (start >= 0) yield { jws: word.slice(start).split('.', 3).join('.') };
  }
}
