/** `npm run deploy`: refuses while a secret is missing, migrates, and deploys. `-- --env staging` for another environment. */
import { parseArgs } from 'node:util';
import { Answers } from './answers.ts';
import { checkDatabaseUrl, SERVICE_VARIABLES } from './checks.ts';
import { Complaint, reportFailure } from './complaint.ts';
import { makeKeys } from './keys.ts';
import { environmentArgs, npmRun, REQUIRED_SECRETS, storedSecrets, wrangler } from './wrangler.ts';

const answers = new Answers();
try {
  const { values } = parseArgs({ options: { env: { type: 'string' } } });
  const environment = environmentArgs(values.env);
  const secrets = await newSecrets(await storedSecrets(environment), values.env);
  const DATABASE_URL = await answers.of('DATABASE_URL', SERVICE_VARIABLES.DATABASE_URL);
  if (!DATABASE_URL) throw new Complaint('Not deployed. DATABASE_URL is missing: the migration needs it.');
  const { NEON_FETCH_ENDPOINT } = process.env;
  checkDatabaseUrl(DATABASE_URL);
  // It takes longer to load than all the rest.
  const { migrate } = await import('./migrate.ts');
  await migrate({ DATABASE_URL, NEON_FETCH_ENDPOINT }).catch((error) => {
    throw new Complaint(`Not deployed. ${error.message}`);
  });
  if (secrets) {
    await wrangler(['secret', 'bulk', ...environment], JSON.stringify(secrets));
    console.log(`Stored for the first time: ${Object.keys(secrets).join(', ')}.`);
  }
  console.log(await wrangler(['deploy', ...environment]));
} catch (error) {
  reportFailure(error);
} finally {
  answers.close();
}

/**
 * The secrets that the Worker lacks. A build in the cloud has nobody to run `npm run setup`: it takes them from its variables,
 * and makes the keys itself, once.
 * @returns undefined where none is missing
 * @throws Complaint naming those that cannot be had
 */
async function newSecrets(stored: Set<string>, env: string | undefined) {
  const missing = REQUIRED_SECRETS.filter((name) => !stored.has(name));
  if (missing.length === 0) return undefined;
  const given = process.env.CI ? { ...(await makeKeys(Math.floor(Date.now() / 1000))), ...process.env } : {};
  const left = missing.filter((name) => !(given as Record<string, string | undefined>)[name]);
  if (left.length === 0)
    return Object.fromEntries(missing.map((name) => [name, (given as Record<string, string>)[name]]));
  const how = process.env.CI
    ? `Set ${left.length > 1 ? 'them' : 'it'} among the variables of the build.`
    : `Run \`${npmRun('setup', env)}\`.`;
  throw new Complaint(`Not deployed. Missing: ${left.join(', ')}. ${how}`);
}
