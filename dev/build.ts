/** What `wrangler` runs before it bundles the Worker: the static files of `public/`, and for `wrangler dev` the local stack. */
import { buildApi } from '../api/build.ts';
import { buildScanner } from '../scanner/build.ts';
import { reportFailure } from './complaint.ts';
import { provideStack } from './wrangler-dev.ts';

try {
  await Promise.all([buildScanner(), buildApi()]);
  // Wrangler says here which of its commands runs; `npm run dev` brings its own stack.
  if (process.env.WRANGLER_COMMAND === 'dev' && process.env.DEVCARD_STACK !== 'own') await provideStack();
} catch (error) {
  reportFailure(error);
}
