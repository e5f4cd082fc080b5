/** `npm run deploy`: refuses while a secret is missing, migrates, and deploys. `-- --env staging` for another environment. */
import { parseArgs } from 'node:util';
import { Answers } from './answers.ts';
import { checkDatabaseUrl, SERVICE_VARIABLES } from './checks.ts';
import { Complaint, reportFailure } from './complaint.ts';
import { migrate } from './migrate.ts';
import { environmentArgs, npmRun, REQUIRED_SECRETS, storedSecrets, wrangler } from './wrangler.ts';

const answers = new Answers();
try {
  const { values } = parseArgs({ options: { env: { type: 'string' } } });
  const environment = environmentArgs(values.env);
  const stored = await storedSecrets(environment);
  const missing = REQUIRED_SECRETS.filter((name) => !stored.has(name));
  if (missing.length > 0)
    throw new Complaint(
      `Not deployed. Missing: ${missing.join(', ')}. Run \`${npmRun('setup', values.env)}\`.`,
    );
  const DATABASE_URL = await answers.of('DATABASE_URL', SERVICE_VARIABLES.DATABASE_URL);
  if (!DATABASE_URL) throw new Complaint('Not deployed. DATABASE_URL is missing: the migration needs it.');
  const { NEON_FETCH_ENDPOINT } = process.env;
  checkDatabaseUrl(DATABASE_URL);
  await migrate({ DATABASE_URL, NEON_FETCH_ENDPOINT }).catch((error) => {
    throw new Complaint(`Not deployed. ${error.message}`);
  });
  console.log(await wrangler(['deploy', ...environment]));
} catch (error) {
  reportFailure(error);
} finally {
  answers.close();
}
