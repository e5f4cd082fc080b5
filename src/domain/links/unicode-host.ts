/** Host names with letters beyond ASCII: punycode in addresses, their own letters where people read them. */

/** Parameters of Punycode (RFC 3492, section 5). */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_CODE = 0x80;

/** Scripts that one label may mix, as browsers allow it; any other mixture could pass for something else. */
const ONE_SCRIPT = [
  /^[\p{scx=Latin}\p{M}\d-]+$/u,
  /^[\p{scx=Cyrillic}\p{M}\d-]+$/u,
  /^[\p{scx=Greek}\p{M}\d-]+$/u,
  /^[\p{scx=Arabic}\p{scx=Hebrew}\p{M}\p{Nd}-]+$/u,
  /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}a-z\d-]+$/u,
  /^[^\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}]+$/u,
];

/** Cyrillic and Greek words that could be read as Latin ones: under a Latin top-level domain browsers show punycode. */
const LOOKS_LATIN = /^[асԁеһіјӏорԛѕԝхуъьпгѵѡνοικρυαγχωε\d-]+$/u;

/** A host name as people read it; a label that could be mistaken for another stays in punycode (`xn--…`). */
export function unicodeHost(host: string): string {
  const labels = host.split('.');
  const isLatin = !labels.at(-1)?.startsWith('xn--');
  return labels.map((label) => (label.startsWith('xn--') ? readable(label, isLatin) : label)).join('.');
}

/** A host name in punycode and lower case, or undefined where it is none. */
export function asciiHost(host: string): string | undefined {
  return /[\s/@:?#\\%]/.test(host) ? undefined : URL.parse(`https://${host}`)?.hostname;
}

function readable(label: string, isUnderLatin: boolean): string {
  const text = decoded(label.slice('xn--'.length));
  const isPlain =
    text !== undefined &&
    !(isUnderLatin && LOOKS_LATIN.test(text)) &&
    ONE_SCRIPT.some((script) => script.test(text)) &&
    // Only what browsers would make of it: nothing that is written otherwise, or cannot be seen.
    asciiHost(text) === label;
  return isPlain ? text : label;
}

/** Decodes Punycode (RFC 3492, section 6.2); undefined where the text is none. */
function decoded(encoded: string): string | undefined {
  const delimiter = encoded.lastIndexOf('-');
  const output = [...encoded.slice(0, Math.max(delimiter, 0))].map((letter) => letter.charCodeAt(0));
  let code = INITIAL_CODE;
  let bias = INITIAL_BIAS;
  let index = 0;
  for (let at = delimiter + 1; at < encoded.length; ) {
    const before = index;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = Number.parseInt(encoded[at++] ?? '', BASE);
      if (Number.isNaN(digit)) return undefined;
      // Punycode counts a to z first, then 0 to 9.
      index += (digit < 10 ? digit + 26 : digit - 10) * weight;
      const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if ((digit < 10 ? digit + 26 : digit - 10) < threshold) break;
      weight *= BASE - threshold;
    }
    const length = output.length + 1;
    bias = adapted(index - before, length, before === 0);
    code += Math.floor(index / length);
    index %= length;
    if (code > 0x10ffff) return undefined;
    output.splice(index++, 0, code);
  }
  return String.fromCodePoint(...output);
}

/** The bias for the next number (RFC 3492, section 6.1). */
function adapted(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2));
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}
