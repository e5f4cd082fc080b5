/** The Upstash stand-in through the real client and by raw HTTP; the same on the embedded Redis and on a server. */
import { randomUUID } from 'node:crypto';
import { Redis } from '@upstash/redis/cloudflare';
import { beforeEach, describe, expect, test } from 'vitest';
import { laneBindings } from '../harness/lane-client.ts';

const { TEST_UPSTASH_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = await laneBindings();
const redis = new Redis({ url, token, retry: { retries: 0 } });

/** Keys of one test, apart from those of every other. */
let a: string;
let b: string;
beforeEach(() => {
  const run = randomUUID();
  a = `contract:${run}:a`;
  b = `contract:${run}:b`;
});

describe('strings', () => {
  test('come back as they went', async () => {
    const text = 'héé ✓ "quoted"\r\n\\ end';
    expect(await redis.set(a, text)).toBe('OK');
    expect(await redis.get(a)).toBe(text);
    expect(await redis.get(b)).toBe(null);
    await redis.set(b, { n: 1, list: ['x'] });
    expect(await redis.mget(a, b, 'contract:none')).toEqual([text, { n: 1, list: ['x'] }, null]);
  });

  test('SET honours NX, XX, EX, GET and KEEPTTL', async () => {
    expect(await redis.set(a, 'x', { xx: true })).toBe(null);
    expect(await redis.set(a, 'x', { nx: true, ex: 100 })).toBe('OK');
    expect(await redis.set(a, 'y', { nx: true, ex: 100 })).toBe(null);
    expect(await redis.set(a, 'z', { get: true, keepTtl: true })).toBe('x');
    expect([await redis.get(a), await redis.ttl(a)]).toEqual(['z', 100]);
    await redis.set(a, 'plain');
    expect(await redis.ttl(a)).toBe(-1);
  });

  test('expire', async () => {
    await redis.set(a, 'x', { px: 1 });
    await redis.set(b, 'x');
    await expect.poll(() => redis.exists(a)).toBe(0);
    expect(await redis.exists(b)).toBe(1);
    expect([await redis.ttl(a), await redis.expire(a, 10)]).toEqual([-2, 0]);
  });

  test('EXPIRE and TTL', async () => {
    await redis.set(a, 'x', { ex: 50 });
    expect(await redis.expire(a, 200)).toBe(1);
    expect(await redis.ttl(a)).toBe(200);
  });

  test('INCR, INCRBY and DECR count and keep the expiry', async () => {
    expect(await redis.incr(a)).toBe(1);
    await redis.expire(a, 100);
    expect([await redis.incrby(a, 5), await redis.decr(a), await redis.ttl(a)]).toEqual([6, 5, 100]);
  });

  test('GETDEL, DEL and EXISTS', async () => {
    await redis.set(a, 'x');
    await redis.set(b, 'y');
    expect(await redis.exists(a, a, b)).toBe(3);
    expect([await redis.getdel(a), await redis.getdel(a)]).toEqual(['x', null]);
    expect([await redis.del(a, b), await redis.exists(b)]).toEqual([1, 0]);
  });
});

describe('collections', () => {
  test('hashes', async () => {
    expect(await redis.hset(a, { x: 'one', y: 'two' })).toBe(2);
    expect(await redis.hgetall(a)).toEqual({ x: 'one', y: 'two' });
    expect(await redis.hgetall(b)).toBe(null);
    expect([await redis.hget(a, 'x'), await redis.hget(a, 'none')]).toEqual(['one', null]);
  });

  test('sets', async () => {
    expect([await redis.sadd(a, 'x', 'y', 'x'), await redis.sadd(a, 'y')]).toEqual([2, 0]);
    expect((await redis.smembers(a)).toSorted()).toEqual(['x', 'y']);
  });

  test('SMISMEMBER', async () => {
    await redis.sadd(a, 'x');
    expect([await redis.smismember(a, ['x', 'y']), await redis.smismember(b, ['x'])]).toEqual([[1, 0], [0]]);
  });

  test('lists', async () => {
    expect([await redis.rpush(a, 'u', 'v', 'w'), await redis.rpush(a, 'x'), await redis.llen(a)]).toEqual([
      3, 4, 4,
    ]);
    const ranges = [
      [0, -1],
      [1, 2],
      [-2, -1],
      [2, 99],
      [3, 1],
      [-99, 0],
      [0, -99],
    ] as const;
    const answers = await Promise.all(ranges.map(([first, last]) => redis.lrange(a, first, last)));
    expect(answers.map((items) => items.join(''))).toEqual(['uvwx', 'vw', 'wx', 'wx', '', 'u', '']);
    expect([await redis.ltrim(a, 1, -2), await redis.lrange(a, 0, -1)]).toEqual(['OK', ['v', 'w']]);
    expect([await redis.ltrim(a, 5, 9), await redis.exists(a), await redis.llen(b)]).toEqual(['OK', 0, 0]);
  });
});

describe('keys', () => {
  test('RENAMENX', async () => {
    await redis.set(a, 'x', { ex: 100 });
    expect([await redis.renamenx(a, b), await redis.get(b), await redis.ttl(b)]).toEqual([1, 'x', 100]);
    await redis.set(a, 'y');
    expect(await redis.renamenx(a, b)).toBe(0);
    await expect(redis.renamenx('contract:none', b)).rejects.toThrow('ERR no such key');
  });

  test('SCAN finds what matches', async () => {
    await redis.set(a, 'x');
    await redis.set(b, 'y');
    const found: string[] = [];
    let cursor = '0';
    do {
      const [next, keys] = await redis.scan(cursor, { match: `${a.slice(0, -1)}*`, count: 100 });
      cursor = next;
      found.push(...keys);
    } while (cursor !== '0');
    expect(found.toSorted()).toEqual([a, b]);
  });

  test('TYPE', async () => {
    await redis.hset(a, { x: 1 });
    expect([await redis.type(a), await redis.type(b)]).toEqual(['hash', 'none']);
  });
});

describe('Lua', () => {
  test('reads and writes several keys', async () => {
    const script = `
      local old = redis.call('GET', KEYS[1])
      if (old or '') ~= ARGV[1] then return 0 end
      redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
      redis.call('DEL', KEYS[2])
      return redis.call('EXISTS', KEYS[1], KEYS[2])`;
    await redis.set(b, 'gone soon');
    expect(await redis.eval(script, [a, b], ['', 'new', '60'])).toBe(1);
    expect(await redis.eval(script, [a, b], ['', 'newer', '60'])).toBe(0);
    expect([await redis.get(a), await redis.ttl(a), await redis.exists(b)]).toEqual(['new', 60, 0]);
  });

  test.each([
    ['a missing key as false', "return redis.call('GET', KEYS[1]) == false", 1],
    ['nil as null', 'return nil', null],
    ['false as null', 'return false', null],
    ['true as 1', 'return true', 1],
    ['a number without its fraction', 'return -3.9', -3],
    ['a status', "return redis.status_reply('FINE')", 'FINE'],
    ['the status of a command', "return redis.call('SET', KEYS[1], 'x').ok", 'OK'],
    ['a list up to its first nil', "return {1, 'a', {2}, nil, 3}", [1, 'a', [2]]],
    ['UTF-8', "return ARGV[1] .. '✓'", 'héé✓'],
    [
      'a hash as a flat list',
      "redis.call('HSET', KEYS[1], 'f', 'v') return redis.call('HGETALL', KEYS[1])",
      ['f', 'v'],
    ],
    ['a caught error', "return redis.pcall('NONSENSE').err ~= nil", 1],
  ])('answers %s', async (_, script, answer) => {
    const raw = new Redis({ url, token, automaticDeserialization: false });
    expect(await raw.eval(script, [a], ['héé'])).toEqual(answer);
  });

  test('passes errors on, and leaves what was written before', async () => {
    const script = "redis.call('SET', KEYS[1], 'x') return redis.call('INCR', KEYS[1])";
    await expect(redis.eval(script, [a], [])).rejects.toThrow('ERR value is not an integer or out of range');
    expect(await redis.get(a)).toBe('x');
    await expect(redis.eval("return redis.error_reply('MY own')", [], [])).rejects.toThrow('MY own');
    await expect(redis.eval('not lua', [], [])).rejects.toThrow('ERR Error compiling script');
  });
});

describe('errors', () => {
  test.each([
    [
      'an unknown command',
      ['NONSENSE', 'x'],
      "ERR unknown command 'NONSENSE', with args beginning with: 'x' ",
    ],
    ['too few words', ['GET'], "ERR wrong number of arguments for 'get' command"],
    ['an option that does not exist', ['SET', 'x', 'y', 'ZZ'], 'ERR syntax error'],
    ['a time that has passed', ['SET', 'x', 'y', 'EX', '0'], "ERR invalid expire time in 'set' command"],
    ['what is no number', ['INCRBY', 'x', 'y'], 'ERR value is not an integer or out of range'],
  ])('%s is 400 with the words of Redis', async (_, command, message) => {
    const answer = await post('/', command);
    expect([answer.status, await answer.json()]).toEqual([400, { error: message }]);
  });

  test('a value of another type is refused', async () => {
    await redis.hset(a, { x: 1 });
    const error = 'WRONGTYPE Operation against a key holding the wrong kind of value';
    for (const command of [
      ['GET', a],
      ['INCR', a],
      ['SADD', a, 'x'],
      ['GETDEL', a],
    ])
      expect(await (await post('/', command)).json()).toEqual({ error });
    expect(await redis.mget(a)).toEqual([null]);
  });
});

describe('pipelines and transactions', () => {
  test('a pipeline goes on after a command that fails', async () => {
    const answer = await post('/pipeline', [
      ['SET', a, 'x'],
      ['INCR', a],
      ['GET', a],
    ]);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      [{ result: 'OK' }, { error: 'ERR value is not an integer or out of range' }, { result: 'x' }],
    ]);
  });

  test('a transaction answers each command', async () => {
    const transaction = redis.multi().set(a, 1).incr(a).get(a);
    expect(await transaction.exec()).toEqual(['OK', 2, 2]);
    const answer = await post('/multi-exec', [
      ['SET', a, 'x'],
      ['INCR', a],
      ['GET', a],
    ]);
    expect(await answer.json()).toEqual([
      { result: 'OK' },
      { error: 'ERR value is not an integer or out of range' },
      { result: 'x' },
    ]);
  });
});

describe('raw HTTP', () => {
  test('asks for the token', async () => {
    const answer = await post('/', ['PING'], { authorization: 'Bearer other' });
    expect([answer.status, await answer.json()]).toEqual([
      401,
      { error: 'WRONGPASS invalid or missing auth token' },
    ]);
  });

  test('encodes strings in base64 on request, but not OK and numbers', async () => {
    const encoded = { 'upstash-encoding': 'base64' };
    expect(await (await post('/', ['SET', a, 'héé'], encoded)).json()).toEqual({ result: 'OK' });
    expect(await (await post('/', ['MGET', a, b], encoded)).json()).toEqual({ result: ['aMOpw6k=', null] });
    expect(await (await post('/', ['EXISTS', a], encoded)).json()).toEqual({ result: 1 });
  });

  test('refuses what is no command', async () => {
    for (const body of [{}, [], 'GET']) {
      const answer = await post('/', body);
      expect([answer.status, await answer.json()]).toEqual([400, { error: 'ERR failed to parse command' }]);
    }
  });
});

function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify(body),
  });
}
