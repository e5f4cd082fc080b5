/** The keys of the embedded Redis: values of four types, each with an expiry. */
import { RedisError, type Reply } from './resp.ts';

type Collection = Map<string, string> | Set<string> | string[];
export interface Entry {
  value: string | Collection;
  /** Milliseconds since the epoch; Infinity without an expiry. */
  expiresAt: number;
}

/** What a command does with its words after the name; the caller has counted them. */
export type Run = (...words: [string, string, string, ...string[]]) => Reply;
/** Commands by name, each with its arity as Redis gives it: the name counts, and a negative number is a least one. */
export type CommandTable = Record<string, [arity: number, run: Run]>;

export const OK = 'OK';
const WRONG_TYPE = 'WRONGTYPE Operation against a key holding the wrong kind of value';

export class Keyspace {
  #entries = new Map<string, Entry>();

  get(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry && entry.expiresAt <= Date.now()) {
      this.#entries.delete(key);
      return undefined;
    }
    return entry;
  }

  put(key: string, value: Entry['value'], expiresAt = Number.POSITIVE_INFINITY): void {
    this.#entries.set(key, { value, expiresAt });
  }

  /** Whether there was something to remove. */
  remove(key: string): boolean {
    return this.get(key) !== undefined && this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  /** The keys that match a pattern with `*` and `?`. */
  names(pattern = '*'): string[] {
    const source = pattern
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    const expression = new RegExp(`^${source}$`, 's');
    return [...this.#entries.keys()].filter((key) => this.get(key) && expression.test(key));
  }

  /** @throws RedisError when the value is no string */
  string(key: string): string | null {
    const value = this.get(key)?.value ?? null;
    if (value !== null && typeof value !== 'string') throw new RedisError(WRONG_TYPE);
    return value;
  }

  /**
   * The collection under a key. Where there is none, an empty one, stored only if `create`.
   * @throws RedisError when the value is of another type
   */
  collection<T extends Collection>(type: new () => T, key: string, create = false): T {
    const value = this.get(key)?.value;
    if (value === undefined) {
      const empty = new type();
      if (create) this.put(key, empty);
      return empty;
    }
    if (!(value instanceof type)) throw new RedisError(WRONG_TYPE);
    return value;
  }

  /** Redis keeps no empty collections. */
  dropIfEmpty(key: string, size: number): void {
    if (size === 0) this.#entries.delete(key);
  }
}

/** @throws RedisError when the text is no integer */
export function integer(text: string): number {
  if (!/^-?\d{1,16}$/.test(text)) throw new RedisError('ERR value is not an integer or out of range');
  return Number(text);
}
