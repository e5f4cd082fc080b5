/** What `wrangler` runs before it bundles the Worker: the static files of `public/`. */
import { buildApi } from '../api/build.ts';
import { buildScanner } from '../scanner/build.ts';

await Promise.all([buildScanner(), buildApi()]);
