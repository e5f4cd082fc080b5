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
const PARENT_CHECK_MS = 500;
const PROBE_LIMIT_MS = 5000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const NETWORK_ERROR = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/;

/** The signal that we passed on, if any. */
let interruptedBy;

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
  const pass = (signal) => {
    interruptedBy ??= signal;
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  // The shell that npm puts between us passes no signals on: when it is gone, so is whoever called us.
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid === parent || pass('SIGTERM'), PARENT_CHECK_MS);
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? exitCodeOf(signal)));
  }).finally(() => {
    clearInterval(watch);
    for (const signal of SIGNALS) process.off(signal, pass);
  });
  return { child, ended };
}

function exitCodeOf(signal) {
  return 128 + constants.signals[signal];
}

async function install() {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  console.log('Installing the packages of package-lock.json (npm ci) …');
  const beat = setInterval(() => {
    const count = existsSync(MODULES) ? readdirSync(MODULES).length : 0;
    console.log(`  … ${seconds()} s, ${count} folders in node_modules`);
  }, HEARTBEAT_MS);
  const { code, errors } = await npmCi(await networkError()).finally(() => clearInterval(beat));
  if (interruptedBy) process.exit(exitCodeOf(interruptedBy));
  const reason = NETWORK_ERROR.exec(errors)?.[0];
  if (reason)
    fail(`The packages could not be downloaded (${reason}): check the network, then run this again.`);
  if (code !== 0) fail(`${errors.trim()}\nnpm ci failed (exit code ${code}).`);
  if (!existsSync(NODE))
    fail(
      'npm left out the install scripts, so the pinned Node is missing: run `npm ci --ignore-scripts=false`.',
    );
  console.log(`Installed in ${seconds()} s.`);
}

/** Why the registry cannot be reached, or undefined: npm alone takes minutes to find out. */
async function networkError() {
  // fetch knows nothing of proxies; behind one, npm has to find out by itself.
  if (Object.keys(process.env).some((name) => /https?_proxy$|^npm_config_proxy$/i.test(name)))
    return undefined;
  const { output: registry } = await npm(['config', 'get', 'registry']);
  try {
    await fetch(registry.trim(), { method: 'HEAD', signal: AbortSignal.timeout(PROBE_LIMIT_MS) });
  } catch (error) {
    return NETWORK_ERROR.exec(error.cause?.code)?.[0];
  }
}

/** Without a network, npm's cache may still hold everything. */
async function npmCi(offline) {
  const from = offline ? '--offline' : '--prefer-offline';
  const { code, errors } = await npm(['ci', from, '--no-audit', '--no-fund', '--loglevel=error']);
  return { code, errors: code !== 0 && offline ? `${offline}\n${errors}` : errors };
}

/** Runs the npm that called us, on the Node that it runs on: the one in node_modules is about to be replaced. */
async function npm(args) {
  const { npm_execpath: path, npm_node_execpath: node } = process.env;
  const stdio = ['ignore', 'pipe', 'pipe'];
  const { child, ended } =
    path && node
      ? run(node, [path, ...args], { stdio })
      : run('npm', args, { stdio, shell: process.platform === 'win32' });
  const texts = { output: '', errors: '' };
  for (const [name, stream] of [
    ['output', child.stdout],
    ['errors', child.stderr],
  ])
    stream.on('data', (chunk) => {
      texts[name] += chunk;
    });
  return { code: await ended, ...texts };
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

const [entry, ...args] = process.argv.slice(2);
// Beneath a running wrangler its packages must not be replaced.
if (!existsSync(NODE) || !(process.env.WRANGLER_COMMAND || isInstalled())) await install();
process.exitCode = await run(NODE, [join(ROOT, entry), ...args], { stdio: 'inherit' }).ended;
