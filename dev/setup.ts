/** `npm run setup`: asks for what a deployment needs, tries it, makes the keys, stores the secrets and migrates. */
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { checkServices, SERVICE_VARIABLES, type ServiceVariables } from './checks.ts';
import { Complaint, reportFailure } from './complaint.ts';
import { makeKeys, readKeys, writeKeys } from './keys.ts';
import { migrate } from './migrate.ts';
import { wrangler } from './wrangler.ts';

try {
  const { values } = parseArgs({ options: { env: { type: 'string' }, keys: { type: 'string' } } });
  const environment = values.env ? ['--env', values.env] : [];
  const keysFile = values.keys ?? `.devcard/${values.env ?? 'production'}-keys.json`;
  const { NEON_FETCH_ENDPOINT } = process.env;
  const variables = await askForMissing();
  await checkServices(variables, NEON_FETCH_ENDPOINT);
  console.log('✓ Neon and Upstash answer');
  let keys = await readKeys(keysFile);
  if (!keys) {
    keys = await makeKeys(Math.floor(Date.now() / 1000));
    await writeKeys(keysFile, keys);
  }
  console.log(`✓ Keys in ${keysFile}: keep this file, \`npm run keys\` rotates them`);
  await migrate({ ...variables, NEON_FETCH_ENDPOINT }).catch(() => {
    throw new Complaint('The migration failed: `npm run migrate` says why.');
  });
  console.log('✓ The database is up to date');
  await wrangler(['secret', 'bulk', ...environment], JSON.stringify({ ...variables, ...keys }));
  console.log('✓ Secrets stored\n\nWhat remains: `npm run deploy`, with the same DATABASE_URL.');
} catch (error) {
  reportFailure(error);
}

/** From the environment, or from who sits at the terminal. */
async function askForMissing(): Promise<ServiceVariables> {
  const variables: Record<string, string> = {};
  const terminal = process.stdin.isTTY && createInterface({ input: process.stdin, output: process.stdout });
  for (const [name, question] of Object.entries(SERVICE_VARIABLES)) {
    const value = process.env[name] || (terminal && (await terminal.question(`${question}: `)));
    if (!value) throw new Complaint(`${name} is missing. ${question}`);
    variables[name] = value.trim();
  }
  if (terminal) terminal.close();
  return variables as unknown as ServiceVariables;
}
