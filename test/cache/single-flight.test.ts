import { expect, test } from 'vitest';
import { SingleFlight } from '../../src/cache/single-flight.ts';

const LIMITS = { ISOLATE_TTL_MS: 5_000, UPSTASH_TIMEOUT_MS: 500, NEON_TIMEOUT_MS: 5_000 };
/** Two readings of Upstash, one of Postgres, and half a second. */
const MAX_MS = 6_500;

/** SingleFlight with a clock that stands still until it is moved, and reads that end when told. */
function airport(settings = LIMITS) {
  const clock = { now: 0 };
  const background: Promise<unknown>[] = [];
  const singleFlight = new SingleFlight<string>({
    settings,
    now: () => clock.now,
    inBackground: (work) => background.push(work),
  });
  const reads: PromiseWithResolvers<string>[] = [];
  const read = () => {
    const ending = Promise.withResolvers<string>();
    reads.push(ending);
    return ending.promise;
  };
  return { singleFlight, clock, background, reads, read };
}

test('all who come while a key is being read get one answer', async () => {
  const { singleFlight, reads, read } = airport();
  const answers = Promise.all([
    singleFlight.join('ada', read),
    singleFlight.join('ada', read),
    singleFlight.join('ada', read),
  ]);
  reads[0]?.resolve('Ada');
  expect(await answers).toEqual(['Ada', 'Ada', 'Ada']);
  expect(reads).toHaveLength(1);
});

test('keys do not wait for each other, and a landed flight is not joined', async () => {
  const { singleFlight, reads, read } = airport();
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

test('a failure reaches all who waited, and goes no further', async () => {
  const { singleFlight, reads, read, background } = airport();
  const answers = Promise.allSettled([singleFlight.join('ada', read), singleFlight.join('ada', read)]);
  const failure = new Error('no database');
  reads[0]?.reject(failure);
  expect(await answers).toEqual([
    { status: 'rejected', reason: failure },
    { status: 'rejected', reason: failure },
  ]);
  expect(await Promise.all(background)).toEqual([undefined]);
});

test('who waits for a flight that never lands starts one that the others then join', async () => {
  const { singleFlight, clock, reads, read } = airport();
  void singleFlight.join('ada', read);
  const waiting = [singleFlight.join('ada', read), singleFlight.join('ada', read)];
  clock.now = MAX_MS - 1;
  await new Promise((resume) => setTimeout(resume, 50));
  expect(reads).toHaveLength(1);
  clock.now = MAX_MS;
  await expect.poll(() => reads.length).toBe(2);
  reads[1]?.resolve('Ada');
  expect(await Promise.all(waiting)).toEqual(['Ada', 'Ada']);
  expect(reads).toHaveLength(2);
});

test('who comes when the answer would be older than one from memory asks anew', async () => {
  const { singleFlight, clock, reads, read } = airport();
  const early = [singleFlight.join('ada', read), singleFlight.join('ada', read)];
  clock.now = LIMITS.ISOLATE_TTL_MS;
  const late = singleFlight.join('ada', read);
  expect(reads).toHaveLength(2);
  reads[0]?.resolve('old');
  reads[1]?.resolve('new');
  expect(await Promise.all([...early, late])).toEqual(['old', 'old', 'new']);
});

test('who waits for a flight that never lands starts another one, also where memory keeps longer', async () => {
  const { singleFlight, clock, reads, read } = airport({ ...LIMITS, ISOLATE_TTL_MS: 60_000 });
  void singleFlight.join('ada', read);
  const waiting = singleFlight.join('ada', read);
  clock.now = MAX_MS;
  await expect.poll(() => reads.length).toBe(2);
  reads[1]?.resolve('Ada');
  expect(await waiting).toBe('Ada');
});

test('a dropped flight answers those who had joined, and is joined no more', async () => {
  const { singleFlight, reads, read } = airport();
  const before = [singleFlight.join('ada', read), singleFlight.join('ada', read)];
  singleFlight.drop(['ada']);
  const after = singleFlight.join('ada', read);
  reads[0]?.resolve('old');
  reads[1]?.resolve('new');
  expect(await Promise.all(before)).toEqual(['old', 'old']);
  expect(await after).toBe('new');
});
