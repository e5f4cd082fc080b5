/** Property tests run on a seed that is the same for everybody; `SEED=random` or another number explores further. */
import fc from 'fast-check';

const DEFAULT_SEED = 20_261_123;

const given = typeof process === 'undefined' ? undefined : process.env.SEED;
const seed = given === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(given ?? DEFAULT_SEED);
fc.configureGlobal({ seed });
