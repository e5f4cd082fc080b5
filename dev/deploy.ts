/** `npm run deploy`: refuses while a secret is missing, migrates, and deploys. `-- --env staging` for another environment. */
import { parseArgs } from 'node:util';
import { Complaint, reportFailure } from './complaint.ts';
import { migrate } from './migrate.ts';
import { REQUIRED_SECRETS, wrangler } from './wrangler.ts';

try {
  const { values } = parseArgs({ options: { env: { type: 'string' } } });
  const environment = values.env ? ['--env', values.env] : [];
  const { DATABASE_URL, NEON_FETCH_ENDPOINT } = process.env;
  if (!DATABASE_URL) throw new Complaint('DATABASE_URL is missing: the migration needs it.');
  const listed = JSON.parse(await wrangler(['secret', 'list', '--format', 'json', ...environment]));
  const present = new Set(listed.map(({ name }: { name: string }) => name));
  const missing = REQUIRED_SECRETS.filter((name) => !present.has(name));
  if (missing.length > 0)
    throw new Complaint(`Not deployed. Missing: ${missing.join(', ')}. Run \`npm run setup\`.`);
  await migrate({ DATABASE_URL, NEON_FETCH_ENDPOINT }).catch(() => {
    throw new Complaint('Not deployed. The migration failed: `npm run migrate` says why.');
  });
  console.log(await wrangler(['deploy', ...environment]));
} catch (error) {
  reportFailure(error);
}
