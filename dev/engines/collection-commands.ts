/** The embedded Redis: commands on hashes, sets and lists. */
import { type CommandTable, integer, type Keyspace, OK } from './keyspace.ts';
import { RedisError } from './resp.ts';

export function collectionCommands(keys: Keyspace): CommandTable {
  return { ...hashCommands(keys), ...setCommands(keys), ...listCommands(keys) };
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
    HGETALL: [2, (key) => [...hash(key)].flat()],
  };
}

function setCommands(keys: Keyspace): CommandTable {
  const set = (key: string, create?: boolean) => keys.collection(Set<string>, key, create);
  return {
    SADD: [-3, (key, ...members) => addAll(set(key, true), members)],
    SMEMBERS: [2, (key) => [...set(key)]],
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
