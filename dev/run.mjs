// Starts a TypeScript entry of this repository on the pinned Node, installing the packages first if need be.
// It runs on any Node from 20 with nothing installed: `node dev/run.mjs dev/main.ts --reset`.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MODULES = join(ROOT, 'node_modules');
const NODE = join(MODULES, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const HEARTBEAT_MS = 5000;
const NETWORK_ERROR =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b/;

/** Whether npm's own record of what it installed agrees with package-lock.json. */
function isInstalled() {
  try {
    const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
    const installed = packages(join(MODULES, '.package-lock.json'));
    const wanted = Object.entries(packages(join(ROOT, 'package-lock.json')));
    return wanted.every(
      ([path, { optional, version, integrity }]) =>
        path === '' ||
        optional ||
        (installed[path]?.version === version && installed[path].integrity === integrity),
    );
  } catch {
    return false;
  }
}

/** Runs a program to its end, passing signals on; resolves with its exit code. */
function run(command, args, options) {
  const child = spawn(command, args, { cwd: ROOT, ...options });
  const pass = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, pass);
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  }).finally(() => {
    for (const signal of signals) process.off(signal, pass);
  });
  return { child, ended };
}

async function install() {
  const started = Date.now();
  console.log('Installing the packages of package-lock.json (npm ci) …');
  const beat = setInterval(() => {
    const count = existsSync(MODULES) ? readdirSync(MODULES).length : 0;
    console.log(`  … ${Math.round((Date.now() - started) / 1000)} s, ${count} folders in node_modules`);
  }, HEARTBEAT_MS);
  // The npm that called us, on the Node that it runs on: the one in node_modules is about to be replaced.
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const args = ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  args.push('--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000');
  const stdio = ['ignore', 'inherit', 'pipe'];
  const { child, ended } =
    npm && node
      ? run(node, [npm, ...args], { stdio })
      : run('npm', args, { stdio, shell: process.platform === 'win32' });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const code = await ended.finally(() => clearInterval(beat));
  if (code > 128) process.exit(code);
  const reason = NETWORK_ERROR.exec(errors)?.[1];
  if (reason)
    fail(`The packages could not be downloaded (${reason}): check the network, then run this again.`);
  if (code !== 0) fail(`${errors.trim()}\nnpm ci failed (exit code ${code}).`);
  if (!existsSync(NODE))
    fail(
      'npm left out the install scripts, so the pinned Node is missing: run `npm ci --ignore-scripts=false`.',
    );
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

const [entry, ...args] = process.argv.slice(2);
if (!existsSync(NODE) || !isInstalled()) await install();
process.exitCode = await run(NODE, [join(ROOT, entry), ...args], { stdio: 'inherit' }).ended;
