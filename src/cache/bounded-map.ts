/** What is dear to make and asked for again and again, such as the page of somebody whom everybody looks at. */

/** A text as the bytes that are sent, so that it is not encoded anew for each answer. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
}

/** A bounded map by a key that names all that the value is made from, so that nothing in it can be old. */
export class BoundedMap<T> {
  readonly #made = new Map<string, T>();
  readonly #maxEntries: number;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  /** The value at hand, or a new one. Requests at the same moment each make it: one must not wait for another's work. */
  async get(key: string, make: () => T | Promise<T>): Promise<T> {
    const made = this.#made.get(key);
    if (made !== undefined) return made;
    return this.#keep(key, await make());
  }

  /** The same for what is made without waiting. */
  getNow(key: string, make: () => T): T {
    return this.#made.get(key) ?? this.#keep(key, make());
  }

  #keep(key: string, value: T): T {
    const [oldest] = this.#made.keys();
    if (oldest !== undefined && this.#made.size >= this.#maxEntries) this.#made.delete(oldest);
    this.#made.set(key, value);
    return value;
  }
}
