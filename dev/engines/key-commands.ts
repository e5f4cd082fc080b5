/** The embedded Redis: commands on keys of any type, and on all of them. */
import { type CommandTable, integer, type Keyspace, OK } from './keyspace.ts';
import { RedisError } from './resp.ts';

export function keyCommands(keys: Keyspace): CommandTable {
  const expire = (key: string, seconds: string) => {
    const entry = keys.get(key);
    const at = Date.now() + integer(seconds) * 1000;
    if (entry) entry.expiresAt = at;
    return entry ? 1 : 0;
  };
  const secondsToLive = (key: string) => {
    const { expiresAt } = keys.get(key) ?? {};
    if (expiresAt === undefined) return -2;
    return expiresAt === Number.POSITIVE_INFINITY ? -1 : Math.round((expiresAt - Date.now()) / 1000);
  };
  const rename = (from: string, to: string) => {
    const entry = keys.get(from);
    if (!entry) throw new RedisError('ERR no such key');
    keys.remove(from);
    keys.put(to, entry.value, entry.expiresAt);
  };
  return {
    DEL: [-2, (...names) => names.filter((key) => keys.remove(key)).length],
    EXISTS: [-2, (...names) => names.filter((key) => keys.get(key)).length],
    TYPE: [2, (key) => typeName(keys, key)],
    EXPIRE: [3, expire],
    TTL: [2, secondsToLive],
    RENAMENX: [
      3,
      (from, to) => {
        if (keys.get(from) && keys.get(to)) return 0;
        rename(from, to);
        return 1;
      },
    ],
    KEYS: [2, (pattern) => keys.names(pattern)],
    // One step yields everything, which the contract of SCAN allows.
    SCAN: [
      -2,
      (_cursor, ...options) => {
        const match = options.findIndex((option) => option.toUpperCase() === 'MATCH');
        return ['0', keys.names(match < 0 ? '*' : options[match + 1])];
      },
    ],
    DBSIZE: [1, () => keys.names().length],
    FLUSHDB: [
      -1,
      () => {
        keys.clear();
        return OK;
      },
    ],
    PING: [-1, (message) => message ?? 'PONG'],
  };
}

function typeName(keys: Keyspace, key: string): string {
  const value = keys.get(key)?.value;
  if (value === undefined) return 'none';
  if (typeof value === 'string') return 'string';
  if (Array.isArray(value)) return 'list';
  return value instanceof Map ? 'hash' : 'set';
}
