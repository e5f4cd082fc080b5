/** The control door of the wires: `POST /<wire>/<control>` with the arguments as a JSON array. */
import { type Listening, readText, serve } from '../../dev/http.ts';
import type { Wire } from './wire.ts';
import type { WireName } from './wire-protocol.ts';

type Controls = Record<string, (...args: unknown[]) => unknown>;

/** Serves the controls that wire-client.ts calls, and those of the stack: 200 `{ value }`, or 500 `{ error }`. */
export function serveControls(doors: Record<WireName, Wire> & { stack: Controls }): Promise<Listening> {
  return serve(async (request, response) => {
    const [, name, control] = (request.url ?? '').split('/');
    const reply = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    try {
      const args = JSON.parse(await readText(request));
      const door = doors[name as WireName] as unknown as Controls;
      reply(200, { value: await door[control as string]?.(...args) });
    } catch (error) {
      reply(500, { error: (error as Error).message });
    }
  });
}
