/** `npm run setup`: asks for what a deployment needs, tries it, makes the keys, migrates and stores the secrets. */
import { parseArgs } from 'node:util';
import { PROVIDERS, type ProviderId } from '../src/drivers/oauth/providers.ts';
import { Answers } from './answers.ts';
import {
  checkClient,
  checkNeon,
  checkOrigin,
  checkUpstash,
  SERVICE_VARIABLES,
  type ServiceVariables,
} from './checks.ts';
import { Complaint, reportFailure } from './complaint.ts';
import { makeKeys, readKeys, writeKeys } from './keys.ts';
import { environmentArgs, npmRun, storedSecrets, wrangler } from './wrangler.ts';

/** Where a provider gives out clients. */
const REGISTRIES: Record<ProviderId, string> = {
  github: 'https://github.com/settings/applications/new',
  google: 'https://console.cloud.google.com/auth/clients',
};

const answers = new Answers();
try {
  const { values } = parseArgs({ options: { env: { type: 'string' }, keys: { type: 'string' } } });
  const environment = environmentArgs(values.env);
  // Not in .devcard, which `npm run dev -- --reset` empties.
  const keysFile = values.keys ?? `${values.env ?? 'production'}-keys.json`;
  const { NEON_FETCH_ENDPOINT } = process.env;
  const stored = await storedSecrets(environment);
  const keptKeys = await readKeys(keysFile);
  if (!keptKeys && stored.has('QR_SIGNING_KEYS'))
    throw new Complaint(
      `The deployment has keys, but ${keysFile} is not here: bring it, or name it with --keys. New keys would end every session and every code; to have them all the same, first run \`npx wrangler secret delete QR_SIGNING_KEYS --env '${values.env ?? ''}'\`.`,
    );

  const variables = {
    ...(await given(['DATABASE_URL'], (it) => checkNeon(it, NEON_FETCH_ENDPOINT), '✓ Neon answers')),
    ...(await given(
      ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
      checkUpstash,
      '✓ Upstash answers',
    )),
    ...(await given(['PUBLIC_ORIGIN'], checkOrigin)),
  };
  const clients: Record<string, string> = {};
  const left: string[] = [];
  for (const { id, name } of Object.values(PROVIDERS)) {
    const callback = `${variables.PUBLIC_ORIGIN}/auth/${id}/callback`;
    const how = `Sign in with ${name}: make an OAuth client with the callback URL ${callback} at ${REGISTRIES[id]}`;
    const given = await clientOf(id, how, callback);
    if (given) console.log(`✓ ${name} knows the client`);
    else if (!stored.has(variableOf(id, 'SECRET'))) left.push(`${how}, then run this again.`);
    Object.assign(clients, given);
  }

  const keys = keptKeys ?? (await makeKeys(Math.floor(Date.now() / 1000)));
  if (!keptKeys) await writeKeys(keysFile, keys);
  console.log(`✓ Keys in ${keysFile}: keep this file, \`npm run keys\` rotates them`);
  // It takes longer to load than all the rest.
  const { migrate } = await import('./migrate.ts');
  await migrate({ ...variables, NEON_FETCH_ENDPOINT });
  console.log('✓ The database is up to date');
  await wrangler(['secret', 'bulk', ...environment], JSON.stringify({ ...variables, ...clients, ...keys }));
  console.log('✓ Secrets stored\n\nWhat remains:');
  for (const what of [...left, `Run \`${npmRun('deploy', values.env)}\`.`]) console.log(`- ${what}`);
} catch (error) {
  reportFailure(error);
} finally {
  answers.close();
}

/** Asks for variables that belong together, and again when somebody typed what is wrong. */
async function given<Name extends keyof ServiceVariables>(
  names: readonly Name[],
  check: (values: Pick<ServiceVariables, Name>) => unknown,
  outcome?: string,
): Promise<Pick<ServiceVariables, Name>> {
  while (true) {
    const values = {} as Pick<ServiceVariables, Name>;
    for (const name of names) {
      values[name] = await answers.of(name, SERVICE_VARIABLES[name]);
      if (!values[name]) throw new Complaint(`${name} is missing. ${SERVICE_VARIABLES[name]}`);
    }
    try {
      await check(values);
      if (outcome) console.log(outcome);
      return values;
    } catch (error) {
      if (!(error instanceof Complaint) || !names.some((name) => answers.isAsked(name))) throw error;
      console.log(`${error.message}\n`);
    }
  }
}

/** The variables of a client, once the provider knew it; undefined where the operator has none. */
async function clientOf(id: ProviderId, how: string, redirectUri: string) {
  const [idName, secretName] = [variableOf(id, 'ID'), variableOf(id, 'SECRET')];
  const clientId = await answers.of(idName, `${how}\n${idName} (nothing: go on without)`);
  if (!clientId) return undefined;
  const clientSecret = await answers.of(secretName, secretName);
  if (!clientSecret) throw new Complaint(`${secretName} is missing: it belongs to ${idName}.`);
  await checkClient(id, { clientId, clientSecret, redirectUri });
  return { [idName]: clientId, [secretName]: clientSecret };
}

function variableOf(id: ProviderId, part: 'ID' | 'SECRET'): string {
  return `${id.toUpperCase()}_CLIENT_${part}`;
}
