/** What `wrangler` runs before it bundles the Worker: the static files of `public/`, and for `wrangler dev` the local stack. */
import { buildApi } from '../api/build.ts';
import { buildScanner } from '../scanner/build.ts';
import { Complaint, reportFailure } from './complaint.ts';
import { buildPreviewFonts } from './preview-fonts.ts';
import { provideStack } from './wrangler-dev.ts';

try {
  await Promise.all([buildScanner(), buildApi(), buildPreviewFonts()]);
  const { WRANGLER_COMMAND, WORKERS_CI, DEVCARD_STACK } = process.env;
  if (WORKERS_CI && WRANGLER_COMMAND === 'versions upload')
    throw new Complaint(
      'Not uploaded: a preview would run this branch on the production database, which was not migrated for it. Set the build command for other branches to `npm run deploy -- --env staging`, or switch those builds off.',
    );
  // Wrangler says here which of its commands runs; `npm run dev` brings its own stack.
  if (WRANGLER_COMMAND === 'dev' && DEVCARD_STACK !== 'own') await provideStack();
} catch (error) {
  reportFailure(error);
}
