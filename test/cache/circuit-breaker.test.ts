/** The breaker: fails, skips, probes once per window, recovers. */
import { describe, expect, test, vi } from 'vitest';
import { Breaker, SkippedError } from '../../src/cache/circuit-breaker.ts';

function setUp(failures: number) {
  const clock = { now: 0 };
  const [onOpen, onSkip, onClose] = [vi.fn(), vi.fn(), vi.fn()];
  const breaker = new Breaker({ failures, openMs: 3_000, now: () => clock.now, onOpen, onSkip, onClose });
  return { clock, onOpen, onSkip, onClose, breaker };
}

const fail = () => Promise.reject(new Error('down'));

describe('breaker', () => {
  test('opens after the given number of failures in a row, and sends nothing while open', async () => {
    const { breaker, onOpen } = setUp(2);
    await expect(breaker.run(fail)).rejects.toThrow('down');
    expect(await breaker.run(async () => 'ok')).toBe('ok');
    await expect(breaker.run(fail)).rejects.toThrow('down');
    await expect(breaker.run(fail)).rejects.toThrow('down');
    const call = vi.fn(fail);
    await expect(breaker.run(call)).rejects.toThrow(SkippedError);
    expect(call).not.toHaveBeenCalled();
    expect(onOpen).toHaveBeenCalledTimes(1);
  });

  test('tells of many failures at once only once', async () => {
    const { breaker, onOpen } = setUp(1);
    await Promise.allSettled([breaker.run(fail), breaker.run(fail), breaker.run(fail)]);
    expect(onOpen).toHaveBeenCalledTimes(1);
  });

  test('lets one probe through after the window, and no second one beside it', async () => {
    const { breaker, clock, onSkip, onClose } = setUp(1);
    await expect(breaker.run(fail)).rejects.toThrow('down');
    clock.now = 3_000;
    let answer: (text: string) => void = () => undefined;
    const probe = breaker.run(() => new Promise<string>((resolve) => (answer = resolve)));
    await expect(breaker.run(async () => 'second')).rejects.toThrow(SkippedError);
    answer('back');
    expect(await probe).toBe('back');
    expect(await breaker.run(async () => 'third')).toBe('third');
    expect([onSkip.mock.calls.length, onClose.mock.calls.length]).toEqual([1, 1]);
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
    const { breaker, clock, onOpen } = setUp(1);
    await expect(breaker.run(fail)).rejects.toThrow('down');
    clock.now = 3_000;
    await expect(breaker.run(fail)).rejects.toThrow('down');
    await expect(breaker.run(fail)).rejects.toThrow(SkippedError);
    expect(onOpen).toHaveBeenCalledTimes(2);
  });
});
