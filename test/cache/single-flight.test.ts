/** Request coalescing: one read a key, and followers that outlive their leader. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SingleFlight } from '../../src/cache/single-flight.ts';

const LIMITS = { ISOLATE_TTL_MS: 5_000, UPSTASH_TIMEOUT_MS: 500, NEON_TIMEOUT_MS: 5_000 };
/** Two readings of Upstash, one of Postgres, and half a second. */
const MAX_MS = 6_500;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});

afterEach(() => {
  vi.useRealTimers();
});

/** SingleFlight under a clock that stands still until it is moved, and reads that end when told. */
function setUp(settings = LIMITS) {
  const background: Promise<unknown>[] = [];
  const singleFlight = new SingleFlight<string>({
    settings,
    now: () => Date.now(),
    inBackground: (work) => background.push(work),
  });
  const reads: PromiseWithResolvers<string>[] = [];
  const read = () => {
    const ending = Promise.withResolvers<string>();
    reads.push(ending);
    return ending.promise;
  };
  return { singleFlight, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms), background, reads, read };
}

test('all requests for a key that is being read get one answer', async () => {
  const { singleFlight, reads, read } = setUp();
  const answers = Promise.all([
    singleFlight.join('ada', read),
    singleFlight.join('ada', read),
    singleFlight.join('ada', read),
  ]);
  reads[0]?.resolve('Ada');
  expect(await answers).toEqual(['Ada', 'Ada', 'Ada']);
  expect(reads).toHaveLength(1);
});

test('keys do not wait for each other, and a read that has settled is not joined', async () => {
  const { singleFlight, reads, read } = setUp();
  const first = singleFlight.join('ada', read);
  const other = singleFlight.join('bob', read);
  reads[0]?.resolve('Ada');
  expect(await first).toBe('Ada');
  const second = singleFlight.join('ada', read);
  reads[2]?.resolve('Ada again');
  reads[1]?.resolve('Bob');
  expect(await second).toBe('Ada again');
  expect(await other).toBe('Bob');
});

test('a failure reaches all followers, and leaves no unhandled rejection', async () => {
  const { singleFlight, reads, read, background } = setUp();
  const answers = Promise.allSettled([singleFlight.join('ada', read), singleFlight.join('ada', read)]);
  const failure = new Error('no database');
  reads[0]?.reject(failure);
  expect(await answers).toEqual([
    { status: 'rejected', reason: failure },
    { status: 'rejected', reason: failure },
  ]);
  expect(await Promise.all(background)).toEqual([{ error: failure }]);
});

test('a follower of a read that never settles starts one that the others then join', async () => {
  const { singleFlight, pass, reads, read } = setUp();
  void singleFlight.join('ada', read);
  const followers = [singleFlight.join('ada', read), singleFlight.join('ada', read)];
  await pass(MAX_MS - 1);
  expect(reads).toHaveLength(1);
  await pass(1);
  expect(reads).toHaveLength(2);
  reads[1]?.resolve('Ada');
  expect(await Promise.all(followers)).toEqual(['Ada', 'Ada']);
  expect(reads).toHaveLength(2);
});

test('a read that is older than what memory keeps is not joined', async () => {
  const { singleFlight, pass, reads, read } = setUp();
  const early = [singleFlight.join('ada', read), singleFlight.join('ada', read)];
  await pass(LIMITS.ISOLATE_TTL_MS);
  const late = singleFlight.join('ada', read);
  expect(reads).toHaveLength(2);
  reads[0]?.resolve('old');
  reads[1]?.resolve('new');
  expect(await Promise.all([...early, late])).toEqual(['old', 'old', 'new']);
});

test('a follower of a read that never settles starts another one, also where memory keeps longer', async () => {
  const { singleFlight, pass, reads, read } = setUp({ ...LIMITS, ISOLATE_TTL_MS: 60_000 });
  void singleFlight.join('ada', read);
  const waiting = singleFlight.join('ada', read);
  await pass(MAX_MS);
  expect(reads).toHaveLength(2);
  reads[1]?.resolve('Ada');
  expect(await waiting).toBe('Ada');
});

test('a dropped read answers those who had joined, and is joined no more', async () => {
  const { singleFlight, reads, read } = setUp();
  const before = [singleFlight.join('ada', read), singleFlight.join('ada', read)];
  singleFlight.drop(['ada']);
  const after = singleFlight.join('ada', read);
  reads[0]?.resolve('old');
  reads[1]?.resolve('new');
  expect(await Promise.all(before)).toEqual(['old', 'old']);
  expect(await after).toBe('new');
});

test('a follower whose read has settled leaves no timer behind', async () => {
  const { singleFlight, reads, read } = setUp();
  const answers = Promise.all([singleFlight.join('ada', read), singleFlight.join('ada', read)]);
  expect(vi.getTimerCount()).toBe(1);
  reads[0]?.resolve('Ada');
  expect(await answers).toEqual(['Ada', 'Ada']);
  expect(vi.getTimerCount()).toBe(0);
});
