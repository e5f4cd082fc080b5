/** The controls of the wires as tests call them, in workerd or in Node: the methods of WireControls, over loopback HTTP. */
import type { WireControls, WireName } from './wire-protocol.ts';

/** WireControls with every answer as a promise. */
export type WireClient = {
  [K in keyof WireControls]: (
    ...args: Parameters<WireControls[K]>
  ) => Promise<Awaited<ReturnType<WireControls[K]>>>;
};

/** Connects to the control door at `controlUrl`. */
export function connectWires(controlUrl: string): Record<WireName, WireClient> {
  return { neon: client(`${controlUrl}/neon`), upstash: client(`${controlUrl}/upstash`) };
}

function client(url: string): WireClient {
  const call =
    (control: string) =>
    async (...args: unknown[]) => {
      const response = await fetch(`${url}/${control}`, { method: 'POST', body: JSON.stringify(args) });
      const { value, error } = (await response.json()) as { value?: unknown; error?: string };
      if (error !== undefined) throw new Error(error);
      return value;
    };
  return new Proxy({} as WireClient, { get: (_, control) => call(String(control)) });
}
