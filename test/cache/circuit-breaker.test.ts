/** The breaker: fails, skips, probes once per window, recovers. */
import { describe, expect, test, vi } from 'vitest';
import { CircuitBreaker, SkippedError } from '../../src/cache/circuit-breaker.ts';

function setUp(failures: number) {
  const clock = { now: 0 };
  const [log, onSkip] = [vi.fn(), vi.fn()];
  const breaker = new CircuitBreaker(
    { failures, openMs: 3_000, now: () => clock.now, log },
    { opened: 'skipped', closed: 'back', onSkip },
  );
  const events = () => log.mock.calls.map(([event]) => event);
  return { clock, events, onSkip, breaker };
}

const fail = () => Promise.reject(new Error('down'));

describe('breaker', () => {
  test('opens after the given number of failures in a row, and sends nothing while open', async () => {
    const { breaker, events } = setUp(2);
    await expect(breaker.run(fail)).rejects.toThrow('down');
    expect(await breaker.run(async () => 'ok')).toBe('ok');
    await expect(breaker.run(fail)).rejects.toThrow('down');
    await expect(breaker.run(fail)).rejects.toThrow('down');
    const call = vi.fn(fail);
    await expect(breaker.run(call)).rejects.toThrow(SkippedError);
    expect(call).not.toHaveBeenCalled();
    expect(events()).toEqual(['skipped']);
  });

  test('tells of many failures at once only once', async () => {
    const { breaker, events } = setUp(1);
    await Promise.allSettled([breaker.run(fail), breaker.run(fail), breaker.run(fail)]);
    expect(events()).toEqual(['skipped']);
  });

  test('lets one probe through after the window, and no second one beside it', async () => {
    const { breaker, clock, events, onSkip } = setUp(1);
    expect(breaker.state).toBe('closed');
    await expect(breaker.run(fail)).rejects.toThrow('down');
    expect(breaker.state).toBe('open');
    clock.now = 3_000;
    expect(breaker.state).toBe('half-open');
    let answer: (text: string) => void = () => undefined;
    const probe = breaker.run(() => new Promise<string>((resolve) => (answer = resolve)));
    await expect(breaker.run(async () => 'second')).rejects.toThrow(SkippedError);
    answer('back');
    expect(await probe).toBe('back');
    expect(await breaker.run(async () => 'third')).toBe('third');
    expect(breaker.state).toBe('closed');
    expect(onSkip).toHaveBeenCalledTimes(1);
    expect(events()).toEqual(['skipped', 'back']);
  });

  test('a probe that is cut off and never ends holds only its own window', async () => {
    const { breaker, clock } = setUp(1);
    await expect(breaker.run(fail)).rejects.toThrow('down');
    clock.now = 3_000;
    void breaker.run(() => new Promise(() => undefined));
    clock.now = 6_000;
    expect(await breaker.run(async () => 'back')).toBe('back');
  });

  test('a probe that fails opens the next window and says so once more', async () => {
    const { breaker, clock, events } = setUp(1);
    await expect(breaker.run(fail)).rejects.toThrow('down');
    clock.now = 3_000;
    await expect(breaker.run(fail)).rejects.toThrow('down');
    await expect(breaker.run(fail)).rejects.toThrow(SkippedError);
    expect(events()).toEqual(['skipped', 'skipped']);
  });
});
