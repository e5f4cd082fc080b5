/** Looks at the bytes of JSON before it is parsed: bounds what there is of it, and leaves out what nobody wants. */

const codeOf = (character: string) => character.charCodeAt(0);
const [QUOTE, BACKSLASH, COMMA, COLON, ZERO] = [
  codeOf('"'),
  codeOf('\\'),
  codeOf(','),
  codeOf(':'),
  codeOf('0'),
];
const [OPEN, CLOSE, LIST, LIST_END] = [codeOf('{'), codeOf('}'), codeOf('['), codeOf(']')];

/** Nothing that is read here is deeper than five. */
export const MAX_JSON_DEPTH = 16;
/** An import of fifty links, and of twenty cards with all of them, has about 1,500. */
export const MAX_JSON_VALUES = 4_096;
/** Longer names are none of those that count. */
const MAX_NAME_CHARACTERS = 64;

/** Whether JSON is no deeper, and made of no more values, than may be parsed. */
export function isBoundedJson(json: Uint8Array): boolean {
  let depth = 0;
  let values = 1;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) inString = !inString;
    else if (inString) at += Number(byte === BACKSLASH);
    else if (byte === OPEN || byte === LIST) {
      depth += 1;
      values += 1;
    } else if (byte === CLOSE || byte === LIST_END) depth -= 1;
    else if (byte === COMMA) values += 1;
    if (depth > MAX_JSON_DEPTH || values > MAX_JSON_VALUES) return false;
  }
  return true;
}

/**
 * Puts 0 in place of those members of a JSON object that nobody reads. Takes the object in pieces, so that what is left
 * out is never in memory as a whole; whether it was valid JSON is not looked at.
 */
export class MemberFilter {
  readonly #names: readonly string[];
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  /** The last string of the object itself: before a colon it is the name of a member. */
  #name = '';
  #isSkipping = false;

  /** @param names of the members to keep */
  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** What remains of the next piece. */
  filter(piece: Uint8Array): Uint8Array {
    // The value of the last colon may be in the next piece, its 0 is in this one.
    const rest = new Uint8Array(piece.length + 1);
    let length = 0;
    for (const byte of piece) {
      this.#step(byte);
      if (this.#isSkipping) continue;
      rest[length++] = byte;
      if (byte !== COLON || this.#inString || this.#depth !== 1 || this.#names.includes(this.#name)) continue;
      rest[length++] = ZERO;
      this.#isSkipping = true;
    }
    return rest.subarray(0, length);
  }

  #step(byte: number): void {
    if (this.#inString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === BACKSLASH) this.#isEscaped = true;
      else if (byte === QUOTE) this.#inString = false;
      else if (this.#depth === 1 && this.#name.length < MAX_NAME_CHARACTERS)
        this.#name += String.fromCharCode(byte);
    } else if (byte === QUOTE) {
      this.#inString = true;
      if (this.#depth === 1) this.#name = '';
    } else if (byte === OPEN || byte === LIST) this.#depth += 1;
    else if (byte === CLOSE || byte === LIST_END) {
      this.#depth -= 1;
      if (this.#depth === 0) this.#isSkipping = false;
    } else if (byte === COMMA && this.#depth === 1) this.#isSkipping = false;
  }
}
