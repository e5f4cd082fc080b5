/** Wrangler as the deployment's commands use it: the one of this repository, unless WRANGLER names another. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Complaint } from './complaint.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The secrets without which the Worker does not start; `wrangler.toml` has the same list for wrangler. */
export const REQUIRED_SECRETS = [
  'DATABASE_URL',
  'UPSTASH_REDIS_REST_URL',
  'UPSTASH_REDIS_REST_TOKEN',
  'PUBLIC_ORIGIN',
  'QR_SIGNING_KEYS',
  'SESSION_KEYS',
  'CONTACTS_KEYS',
];

/** Says on which Worker a command works: its environment in wrangler.toml (the top one has no name), and its name in Cloudflare's builds. */
export function environmentArgs(name: string | undefined): string[] {
  // `wrangler deploy` heeds this variable by itself, `wrangler secret` does not.
  const { WRANGLER_CI_OVERRIDE_NAME: worker } = process.env;
  return ['--env', name ?? '', ...(worker ? ['--name', worker] : [])];
}

/** What to type to run one of our commands in the same environment. */
export function npmRun(script: string, environment: string | undefined): string {
  return `npm run ${script}${environment ? ` -- --env ${environment}` : ''}`;
}

/** Runs wrangler with a text on its standard input, and prints its warnings; answers its output. @throws Complaint when it fails */
export async function wrangler(args: readonly string[], input = ''): Promise<string> {
  const { code, output, errors } = await run(args, input);
  if (code !== 0) throw new Complaint(`${output}${errors}\n«wrangler ${args[0]}» failed.`);
  if (errors.trim()) console.error(errors.trim());
  return output;
}

/** Names of the secrets that the Worker has; none where there is no Worker yet. @throws Complaint when nobody is logged in */
export async function storedSecrets(environment: readonly string[]): Promise<Set<string>> {
  const { code, output, errors } = await run(['secret', 'list', '--format', 'json', ...environment]);
  if (code === 0) return new Set(JSON.parse(output).map(({ name }: { name: string }) => name));
  if (/Worker "[^"]*".* not found/.test(output + errors)) return new Set();
  if (/CLOUDFLARE_API_TOKEN|not (logged in|authenticated)/i.test(output + errors))
    throw new Complaint(
      'Nobody is logged in at Cloudflare: run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.',
    );
  throw new Complaint(`${output}${errors}\n«wrangler secret list» failed.`);
}

function run(args: readonly string[], input = '') {
  const program = process.env.WRANGLER ?? `${ROOT}node_modules/wrangler/bin/wrangler.js`;
  return new Promise<{ code: number | null; output: string; errors: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: ROOT });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output, errors }));
    child.stdin.on('error', () => undefined).end(input);
  });
}
