/** Property tests run on a seed that is the same for everybody; `SEED=random` or another number explores further. */
import fc from 'fast-check';
import { inject } from 'vitest';

fc.configureGlobal({ seed: inject('seed') });
