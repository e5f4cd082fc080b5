/** An embedded Redis: the commands that this service uses, with Redis's own replies and error texts. */

import { runScript } from './lua.ts';
import { RedisError, type Reply } from './resp.ts';

type Value = string | Map<string, string> | Set<string> | string[];
interface Entry {
  value: Value;
  /** Milliseconds since the epoch; Infinity without an expiry. */
  expiresAt: number;
}
type Command = (...args: string[]) => Reply;

const WRONG_TYPE = 'WRONGTYPE Operation against a key holding the wrong kind of value';
const NOT_INTEGER = 'ERR value is not an integer or out of range';
const HLL_PREFIX = 'HYLL';

/** One keyspace in memory. Commands run at once and one by one, so scripts and transactions are atomic. */
export class MemoryRedis {
  #entries = new Map<string, Entry>();
  #commands: Record<string, { run: Command; arity: number }>;

  constructor() {
    this.#commands = this.#defineCommands();
  }

  /** Runs one command; throws the RedisError that Redis would answer. */
  call = ([name = '', ...args]: string[]): Reply => {
    const command = this.#commands[name.toUpperCase()];
    if (!command) {
      const beginning = args.map((arg) => `'${arg}' `).join('');
      throw new RedisError(`ERR unknown command '${name}', with args beginning with: ${beginning}`);
    }
    const { run, arity } = command;
    if (arity < 0 ? args.length < -arity - 1 : args.length !== arity - 1)
      throw new RedisError(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);
    return run(...args);
  };

  #entry(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (entry && entry.expiresAt <= Date.now()) {
      this.#entries.delete(key);
      return undefined;
    }
    return entry;
  }

  #put(key: string, value: Value, expiresAt = Number.POSITIVE_INFINITY): void {
    this.#entries.set(key, { value, expiresAt });
  }

  #string(key: string): string | null {
    const value = this.#entry(key)?.value ?? null;
    if (value !== null && typeof value !== 'string') throw new RedisError(WRONG_TYPE);
    return value;
  }

  /** The hash, set or list under a key; a new one, stored only if `create`, where there is none. */
  #collection<T extends Exclude<Value, string>>(type: new () => T, key: string, create = false): T {
    const value = this.#entry(key)?.value;
    if (value === undefined) {
      const empty = new type();
      if (create) this.#put(key, empty);
      return empty;
    }
    if (!(value instanceof type)) throw new RedisError(WRONG_TYPE);
    return value;
  }

  #dropIfEmpty(key: string, size: number): void {
    if (size === 0) this.#entries.delete(key);
  }

  #defineCommands(): Record<string, { run: Command; arity: number }> {
    const hash = (key: string, create?: boolean) => this.#collection(Map<string, string>, key, create);
    const set = (key: string, create?: boolean) => this.#collection(Set<string>, key, create);
    const list = (key: string, create?: boolean) => this.#collection(Array<string>, key, create);
    const increment = (key: string, by: number): number => {
      const sum = integer(this.#string(key) ?? '0') + by;
      this.#put(key, String(sum), this.#entry(key)?.expiresAt);
      return sum;
    };
    const remove = (...keys: string[]): number =>
      keys.filter((key) => this.#entry(key) && this.#entries.delete(key)).length;
    const expire = (key: string, at: number): number => {
      const entry = this.#entry(key);
      if (entry) entry.expiresAt = at;
      return entry ? 1 : 0;
    };
    const msToLive = (key: string): number => {
      const entry = this.#entry(key);
      if (!entry) return -2;
      return entry.expiresAt === Number.POSITIVE_INFINITY ? -1 : entry.expiresAt - Date.now();
    };
    const rename = (from: string, to: string): void => {
      const entry = this.#entry(from);
      if (!entry) throw new RedisError('ERR no such key');
      this.#entries.delete(from);
      this.#entries.set(to, entry);
    };
    const liveKeys = (pattern: string) =>
      [...this.#entries.keys()].filter((key) => this.#entry(key) && globToRegExp(pattern).test(key));
    const flush = (): Reply => {
      this.#entries.clear();
      return 'OK';
    };
    // HyperLogLogs count exactly here; kept as strings, which is the type that Redis gives them.
    const counted = (key: string): string[] => {
      const text = this.#string(key);
      if (text === null) return [];
      if (!text.startsWith(HLL_PREFIX))
        throw new RedisError('WRONGTYPE Key is not a valid HyperLogLog string value.');
      return JSON.parse(text.slice(HLL_PREFIX.length));
    };

    // Arity as Redis gives it: the name counts, and a negative number is a least one.
    return {
      PING: { arity: -1, run: (message) => message ?? 'PONG' },
      GET: { arity: 2, run: (key) => this.#string(key as string) },
      MGET: {
        arity: -2,
        run: (...keys) =>
          keys.map((key) => {
            const value = this.#entry(key)?.value;
            return typeof value === 'string' ? value : null;
          }),
      },
      SET: { arity: -3, run: (key, value, ...options) => this.#set(key as string, value as string, options) },
      SETEX: {
        arity: 4,
        run: (key, seconds, value) => this.#set(key as string, value as string, ['EX', seconds as string]),
      },
      GETDEL: {
        arity: 2,
        run: (key) => {
          const value = this.#string(key as string);
          this.#entries.delete(key as string);
          return value;
        },
      },
      DEL: { arity: -2, run: remove },
      UNLINK: { arity: -2, run: remove },
      EXISTS: { arity: -2, run: (...keys) => keys.filter((key) => this.#entry(key)).length },
      TYPE: { arity: 2, run: (key) => typeName(this.#entry(key as string)?.value) },
      EXPIRE: {
        arity: 3,
        run: (key, seconds) => expire(key as string, Date.now() + integer(seconds) * 1000),
      },
      PEXPIRE: { arity: 3, run: (key, ms) => expire(key as string, Date.now() + integer(ms)) },
      EXPIREAT: { arity: 3, run: (key, seconds) => expire(key as string, integer(seconds) * 1000) },
      TTL: {
        arity: 2,
        run: (key) => {
          const ms = msToLive(key as string);
          return ms < 0 ? ms : Math.round(ms / 1000);
        },
      },
      PTTL: { arity: 2, run: (key) => msToLive(key as string) },
      INCR: { arity: 2, run: (key) => increment(key as string, 1) },
      INCRBY: { arity: 3, run: (key, by) => increment(key as string, integer(by)) },
      DECR: { arity: 2, run: (key) => increment(key as string, -1) },
      HSET: {
        arity: -4,
        run: (key, ...pairs) => {
          if (pairs.length % 2 === 1)
            throw new RedisError("ERR wrong number of arguments for 'hset' command");
          const fields = hash(key as string, true);
          const before = fields.size;
          for (let i = 0; i < pairs.length; i += 2) fields.set(pairs[i] as string, pairs[i + 1] as string);
          return fields.size - before;
        },
      },
      HGET: { arity: 3, run: (key, field) => hash(key as string).get(field as string) ?? null },
      HMGET: {
        arity: -3,
        run: (key, ...fields) => fields.map((field) => hash(key as string).get(field) ?? null),
      },
      HGETALL: { arity: 2, run: (key) => [...hash(key as string)].flat() },
      HLEN: { arity: 2, run: (key) => hash(key as string).size },
      HDEL: {
        arity: -3,
        run: (key, ...fields) => {
          const from = hash(key as string);
          const removed = fields.filter((field) => from.delete(field)).length;
          this.#dropIfEmpty(key as string, from.size);
          return removed;
        },
      },
      HINCRBY: {
        arity: 4,
        run: (key, field, by) => {
          const old = hash(key as string).get(field as string) ?? '0';
          const sum = integer(old, 'ERR hash value is not an integer') + integer(by);
          hash(key as string, true).set(field as string, String(sum));
          return sum;
        },
      },
      SADD: {
        arity: -3,
        run: (key, ...members) => {
          const to = set(key as string, true);
          const before = to.size;
          for (const member of members) to.add(member);
          return to.size - before;
        },
      },
      SREM: {
        arity: -3,
        run: (key, ...members) => {
          const from = set(key as string);
          const removed = members.filter((member) => from.delete(member)).length;
          this.#dropIfEmpty(key as string, from.size);
          return removed;
        },
      },
      SCARD: { arity: 2, run: (key) => set(key as string).size },
      SMEMBERS: { arity: 2, run: (key) => [...set(key as string)] },
      SISMEMBER: { arity: 3, run: (key, member) => (set(key as string).has(member as string) ? 1 : 0) },
      SMISMEMBER: {
        arity: -3,
        run: (key, ...members) => members.map((member) => (set(key as string).has(member) ? 1 : 0)),
      },
      RPUSH: { arity: -3, run: (key, ...items) => list(key as string, true).push(...items) },
      LLEN: { arity: 2, run: (key) => list(key as string).length },
      LRANGE: {
        arity: 4,
        run: (key, first, last) => list(key as string).slice(...bounds(list(key as string), first, last)),
      },
      LTRIM: {
        arity: 4,
        run: (key, first, last) => {
          const items = list(key as string);
          const kept = items.slice(...bounds(items, first, last));
          items.splice(0, items.length, ...kept);
          this.#dropIfEmpty(key as string, items.length);
          return 'OK';
        },
      },
      PFADD: {
        arity: -2,
        run: (key, ...members) => {
          const known = counted(key as string);
          const all = [...new Set([...known, ...members])];
          const isNew = this.#entry(key as string) === undefined;
          this.#put(key as string, HLL_PREFIX + JSON.stringify(all), this.#entry(key as string)?.expiresAt);
          return isNew || all.length > known.length ? 1 : 0;
        },
      },
      PFCOUNT: { arity: -2, run: (...keys) => new Set(keys.flatMap(counted)).size },
      RENAME: {
        arity: 3,
        run: (from, to) => {
          rename(from as string, to as string);
          return 'OK';
        },
      },
      RENAMENX: {
        arity: 3,
        run: (from, to) => {
          if (this.#entry(from as string) && this.#entry(to as string)) return 0;
          rename(from as string, to as string);
          return 1;
        },
      },
      KEYS: { arity: 2, run: (pattern) => liveKeys(pattern as string) },
      // One step yields everything, which the contract of SCAN allows.
      SCAN: {
        arity: -2,
        run: (_cursor, ...options) => ['0', liveKeys(optionValue(options, 'MATCH') ?? '*')],
      },
      DBSIZE: { arity: 1, run: () => liveKeys('*').length },
      FLUSHDB: { arity: -1, run: flush },
      FLUSHALL: { arity: -1, run: flush },
      EVAL: {
        arity: -3,
        run: (script, count, ...args) => {
          const keys = integer(count);
          if (keys > args.length)
            throw new RedisError("ERR Number of keys can't be greater than number of args");
          return runScript(script as string, args.slice(0, keys), args.slice(keys), this.call);
        },
      },
    };
  }

  #set(key: string, value: string, options: string[]): Reply {
    const old = this.#entry(key);
    let expiresAt = Number.POSITIVE_INFINITY;
    let wanted = true;
    let answersOld = false;
    for (let i = 0; i < options.length; i++) {
      const option = (options[i] as string).toUpperCase();
      if (option === 'NX') wanted = old === undefined;
      else if (option === 'XX') wanted = old !== undefined;
      else if (option === 'GET') answersOld = true;
      else if (option === 'KEEPTTL') expiresAt = old?.expiresAt ?? expiresAt;
      else if (option in EXPIRY_MS && i + 1 < options.length) {
        const time = integer(options[++i]);
        if (time <= 0) throw new RedisError("ERR invalid expire time in 'set' command");
        expiresAt = EXPIRY_MS[option as keyof typeof EXPIRY_MS](time);
      } else throw new RedisError('ERR syntax error');
    }
    const oldText = answersOld ? this.#string(key) : null;
    if (wanted) this.#put(key, value, expiresAt);
    if (answersOld) return oldText;
    return wanted ? 'OK' : null;
  }
}

const EXPIRY_MS = {
  EX: (seconds: number) => Date.now() + seconds * 1000,
  PX: (ms: number) => Date.now() + ms,
  EXAT: (seconds: number) => seconds * 1000,
  PXAT: (ms: number) => ms,
};

function integer(text: string | undefined, message = NOT_INTEGER): number {
  if (!text || !/^-?\d{1,16}$/.test(text)) throw new RedisError(message);
  return Number(text);
}

function typeName(value: Value | undefined): string {
  if (value === undefined) return 'none';
  if (typeof value === 'string') return 'string';
  if (Array.isArray(value)) return 'list';
  return value instanceof Map ? 'hash' : 'set';
}

/** Redis's indexes, of which negative ones count from the end and the last is included, as those of `slice`. */
function bounds({ length }: string[], first?: string, last?: string): [number, number] {
  const place = (index: number) => Math.max(0, index < 0 ? length + index : index);
  const end = integer(last);
  return [place(integer(first)), end < 0 && length + end < 0 ? 0 : place(end) + 1];
}

function optionValue(options: string[], name: string): string | undefined {
  const at = options.findIndex((option) => option.toUpperCase() === name);
  return at < 0 ? undefined : options[at + 1];
}

function globToRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's');
}
