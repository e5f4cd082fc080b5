/** Virtual time: hours pass in seconds, and whatever an event sets off is done before time moves on. */
import { hash } from 'node:crypto';

interface Event {
  at: number;
  /** Events of the same moment happen in the order in which they were asked for. */
  order: number;
  run: () => void;
}

/** Any fixed day: nothing may depend on the real one. */
const START_MS = Date.UTC(2027, 0, 15, 9);

export class VirtualClock {
  #now = START_MS;
  #order = 0;
  readonly #heap: Event[] = [];

  /** Milliseconds since the epoch. */
  readonly now = (): number => this.#now;

  /** Milliseconds since the simulation began. */
  get elapsed(): number {
    return this.#now - START_MS;
  }

  after(ms: number, run: () => void): void {
    this.#push({ at: this.#now + Math.max(0, ms), order: this.#order++, run });
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resume) => this.after(ms, resume));
  }

  /** Runs until nothing is left to happen. */
  async run(onProgress: (elapsedMs: number) => void): Promise<void> {
    for (let event = this.#pop(), count = 1; event; event = this.#pop(), count += 1) {
      this.#now = event.at;
      event.run();
      // Node comes to this only when the queue of promises is empty.
      await new Promise((resume) => process.nextTick(resume));
      if (count % 10_000 === 0) onProgress(this.elapsed);
    }
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let index = heap.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(event, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = event;
  }

  #pop(): Event | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!last || !first || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return first;
  }
}

function isBefore(one: Event, other: Event): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/**
 * Puts what the product takes from its runtime under the clock, until disposed of: timers, and the WebCrypto calls that
 * would answer from another thread at a time of their own.
 */
export function runtimeUnder(clock: VirtualClock): Disposable {
  const { setTimeout } = globalThis;
  globalThis.setTimeout = ((run: () => void, ms = 0) => clock.after(ms, run)) as unknown as typeof setTimeout;
  const subtle = crypto.subtle as unknown as Record<string, unknown>;
  subtle.digest = async (_: string, bytes: Uint8Array) =>
    Uint8Array.from(hash('sha256', bytes, 'buffer')).buffer;
  // These two make the hashes of visitors, which nobody looks at here.
  subtle.importKey = async () => ({});
  subtle.sign = async () => new ArrayBuffer(32);
  return {
    [Symbol.dispose]() {
      globalThis.setTimeout = setTimeout;
      // What lies on the prototype shows again.
      for (const name of ['digest', 'importKey', 'sign']) delete subtle[name];
    },
  };
}
