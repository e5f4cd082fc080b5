/** Bare workerd: a generated configuration, without wrangler's proxy in front, around a bundle as production gets it. */
import { writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../dev/http.ts';
import type { Bundle } from './bundle.ts';
import { type Server, startServer } from './processes.ts';

const WORKERD = fileURLToPath(new URL('../node_modules/workerd/bin/workerd', import.meta.url));

/** How modules beside the main one, which is the only code, are named in the configuration: by their extension, or text. */
const MODULE_KINDS: Record<string, string> = { wasm: 'wasm', bin: 'data' };

/** Serves a Worker on a free loopback port; it reaches loopback and nothing else. @param options of `workerd serve` */
export async function startWorkerd(
  parts: AsyncDisposableStack,
  { modules, compatibilityDate }: Bundle,
  bindings: Record<string, string> = {},
  options: string[] = [],
): Promise<Server> {
  const port = await freePort();
  const main = modules[0] as string;
  const config = join(dirname(main), `${basename(main)}.capnp`);
  await writeFile(config, configuration(modules, compatibilityDate, bindings, port), { mode: 0o600 });
  return startServer(parts, port, [WORKERD, 'serve', ...options, config]);
}

function configuration(
  modules: string[],
  date: string,
  bindings: Record<string, string>,
  port: number,
): string {
  const text = (value: string) => JSON.stringify(value);
  const moduleList = modules.map((path, i) => {
    const kind = i === 0 ? 'esModule' : (MODULE_KINDS[extname(path).slice(1)] ?? 'text');
    return `(name = ${text(basename(path))}, ${kind} = embed ${text(basename(path))})`;
  });
  const bindingList = Object.entries(bindings).map(
    ([name, value]) => `(name = ${text(name)}, text = ${text(value)})`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = .worker),
    (name = "loopback", network = (allow = ["local"], deny = [])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "worker")],
);
const worker :Workerd.Worker = (
  modules = [${moduleList.join(', ')}],
  compatibilityDate = ${text(date)},
  bindings = [${bindingList.join(', ')}],
  globalOutbound = "loopback",
);
`;
}
