/** The embedded Redis: commands on strings and counters. */
import { type CommandTable, integer, type Keyspace, OK } from './keyspace.ts';
import { RedisError, type Reply } from './resp.ts';

const EXPIRY_OPTIONS: Record<string, (time: number) => number> = {
  EX: (seconds) => Date.now() + seconds * 1000,
  PX: (ms) => Date.now() + ms,
  EXAT: (seconds) => seconds * 1000,
  PXAT: (ms) => ms,
};

export function stringCommands(keys: Keyspace): CommandTable {
  const increment = (key: string, by: number): number => {
    const sum = integer(keys.string(key) ?? '0') + by;
    keys.put(key, String(sum), keys.get(key)?.expiresAt);
    return sum;
  };
  return {
    GET: [2, (key) => keys.string(key)],
    MGET: [
      -2,
      (...names) =>
        names.map((key) => {
          const value = keys.get(key)?.value;
          return typeof value === 'string' ? value : null;
        }),
    ],
    SET: [-3, (key, value, ...options) => set(keys, key, value, options)],
    GETDEL: [
      2,
      (key) => {
        const value = keys.string(key);
        keys.remove(key);
        return value;
      },
    ],
    INCR: [2, (key) => increment(key, 1)],
    INCRBY: [3, (key, by) => increment(key, integer(by))],
    DECR: [2, (key) => increment(key, -1)],
  };
}

function set(keys: Keyspace, key: string, value: string, options: string[]): Reply {
  const old = keys.get(key);
  let expiresAt = Number.POSITIVE_INFINITY;
  let isWanted = true;
  let answersOld = false;
  const words = options.values();
  for (const word of words) {
    const option = word.toUpperCase();
    if (option === 'NX') isWanted = old === undefined;
    else if (option === 'XX') isWanted = old !== undefined;
    else if (option === 'GET') answersOld = true;
    else if (option === 'KEEPTTL') expiresAt = old?.expiresAt ?? expiresAt;
    else {
      const toMoment = EXPIRY_OPTIONS[option];
      const { value: time } = words.next();
      if (!toMoment || time === undefined) throw new RedisError('ERR syntax error');
      if (integer(time) <= 0) throw new RedisError("ERR invalid expire time in 'set' command");
      expiresAt = toMoment(integer(time));
    }
  }
  const oldText = answersOld ? keys.string(key) : null;
  if (isWanted) keys.put(key, value, expiresAt);
  if (answersOld) return oldText;
  return isWanted ? OK : null;
}
