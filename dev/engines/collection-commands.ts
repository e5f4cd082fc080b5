/** The embedded Redis: commands on hashes, sets, lists and HyperLogLogs. */
import { type CommandTable, HyperLogLog, integer, type Keyspace, OK } from './keyspace.ts';
import { RedisError } from './resp.ts';

export function collectionCommands(keys: Keyspace): CommandTable {
  return { ...hashCommands(keys), ...setCommands(keys), ...listCommands(keys), ...counterCommands(keys) };
}

function hashCommands(keys: Keyspace): CommandTable {
  const hash = (key: string, create?: boolean) => keys.collection(Map<string, string>, key, create);
  return {
    HSET: [
      -4,
      (key, ...pairs) => {
        if (pairs.length % 2 === 1) throw new RedisError("ERR wrong number of arguments for 'hset' command");
        const fields = hash(key, true);
        const before = fields.size;
        for (let i = 0; i < pairs.length; i += 2) fields.set(pairs[i] as string, pairs[i + 1] as string);
        return fields.size - before;
      },
    ],
    HGET: [3, (key, field) => hash(key).get(field) ?? null],
    HMGET: [-3, (key, ...fields) => fields.map((field) => hash(key).get(field) ?? null)],
    HGETALL: [2, (key) => [...hash(key)].flat()],
    HLEN: [2, (key) => hash(key).size],
    HDEL: [
      -3,
      (key, ...fields) => {
        const from = hash(key);
        const removed = fields.filter((field) => from.delete(field)).length;
        keys.dropIfEmpty(key, from.size);
        return removed;
      },
    ],
    HINCRBY: [
      4,
      (key, field, by) => {
        const old = integer(hash(key).get(field) ?? '0', 'ERR hash value is not an integer');
        const sum = old + integer(by);
        hash(key, true).set(field, String(sum));
        return sum;
      },
    ],
  };
}

function setCommands(keys: Keyspace): CommandTable {
  const set = (key: string, create?: boolean) => keys.collection(Set<string>, key, create);
  return {
    SADD: [-3, (key, ...members) => addAll(set(key, true), members)],
    SREM: [
      -3,
      (key, ...members) => {
        const from = set(key);
        const removed = members.filter((member) => from.delete(member)).length;
        keys.dropIfEmpty(key, from.size);
        return removed;
      },
    ],
    SCARD: [2, (key) => set(key).size],
    SMEMBERS: [2, (key) => [...set(key)]],
    SISMEMBER: [3, (key, member) => Number(set(key).has(member))],
    SMISMEMBER: [-3, (key, ...members) => members.map((member) => Number(set(key).has(member)))],
  };
}

function listCommands(keys: Keyspace): CommandTable {
  const list = (key: string, create?: boolean) => keys.collection(Array<string>, key, create);
  return {
    RPUSH: [-3, (key, ...items) => list(key, true).push(...items)],
    LLEN: [2, (key) => list(key).length],
    LRANGE: [4, (key, first, last) => list(key).slice(...bounds(list(key), first, last))],
    LTRIM: [
      4,
      (key, first, last) => {
        const items = list(key);
        const kept = items.slice(...bounds(items, first, last));
        items.splice(0, items.length, ...kept);
        keys.dropIfEmpty(key, items.length);
        return OK;
      },
    ],
  };
}

function counterCommands(keys: Keyspace): CommandTable {
  const counter = (key: string, create?: boolean) => keys.collection(HyperLogLog, key, create);
  return {
    PFADD: [
      -2,
      (key, ...members) => {
        const isNew = keys.get(key) === undefined;
        return Number(addAll(counter(key, true), members) > 0 || isNew);
      },
    ],
    PFCOUNT: [-2, (...names) => new Set(names.flatMap((key) => [...counter(key)])).size],
  };
}

/** How many of the members were new. */
function addAll(to: Set<string>, members: string[]): number {
  const before = to.size;
  for (const member of members) to.add(member);
  return to.size - before;
}

/** Redis's indexes, of which negative ones count from the end and the last is included, as those of `slice`. */
function bounds({ length }: string[], first: string, last: string): [number, number] {
  const place = (index: number) => Math.max(0, index < 0 ? length + index : index);
  const end = integer(last);
  return [place(integer(first)), end < 0 && length + end < 0 ? 0 : place(end) + 1];
}
