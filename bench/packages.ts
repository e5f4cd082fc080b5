/** The load generator, the reference and Lighthouse have packages of their own, which nobody else needs. */
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Installs them, unless they are there already. */
export function installOnDemand(): void {
  const installed = `${HERE}node_modules/.package-lock.json`;
  const isFresh =
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${HERE}package-lock.json`).mtimeMs;
  if (isFresh) return;
  console.log('Installing the packages of bench/package-lock.json (npm ci) …');
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: HERE, stdio: 'inherit' as const };
  if (npm && node) execFileSync(node, [npm, ...args], options);
  else execFileSync('npm', args, { ...options, shell: process.platform === 'win32' });
}
