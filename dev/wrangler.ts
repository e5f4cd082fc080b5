/** Wrangler as the deployment's commands use it: the one of this repository, unless WRANGLER names another. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Complaint } from './complaint.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Runs wrangler with a text on its standard input; answers its output. @throws Complaint when it fails */
export function wrangler(args: readonly string[], input = ''): Promise<string> {
  const program = process.env.WRANGLER ?? `${ROOT}node_modules/wrangler/bin/wrangler.js`;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Complaint(`${output}\n«wrangler ${args[0]}» failed.`)),
    );
    child.stdin.on('error', () => undefined).end(input);
  });
}

/** The secrets without which the Worker does not start. */
export const REQUIRED_SECRETS = [
  'DATABASE_URL',
  'UPSTASH_REDIS_REST_URL',
  'UPSTASH_REDIS_REST_TOKEN',
  'PUBLIC_ORIGIN',
  'QR_SIGNING_KEYS',
  'SESSION_KEYS',
];
