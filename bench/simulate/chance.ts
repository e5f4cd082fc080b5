/** Chance that can be repeated, in the shapes that traffic and networks have. */
import { seededRandom } from '../../test/cache/seeded-random.ts';

/** The same seed gives the same draws. */
export class Chance {
  /** Uniform in [0, 1). */
  readonly uniform: () => number;

  constructor(seed: number) {
    this.uniform = seededRandom(seed);
  }

  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  exponential(mean: number): number {
    return -Math.log(1 - this.uniform()) * mean;
  }

  /** Of the given median; `sigma` is the standard deviation of its logarithm. */
  logNormal(median: number, sigma: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
    return median * Math.exp(sigma * normal);
  }

  /** A rank from 0 to `count` − 1, the first the most popular: Zipf's law with exponent 1, in its continuous form. */
  zipf(count: number): number {
    return Math.floor((count + 1) ** this.uniform()) - 1;
  }

  /** One of the items, in proportion to their weights. */
  weighted<T extends { weight: number }>(items: readonly T[]): T {
    let left = this.uniform() * items.reduce((sum, { weight }) => sum + weight, 0);
    for (const item of items) {
      left -= item.weight;
      if (left < 0) return item;
    }
    return items.at(-1) as T;
  }
}
