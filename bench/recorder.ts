/** Writes down what the product asks its upstreams, so that a bare Worker can ask the same. */
import { type Listening, readText, serve } from '../dev/http.ts';

/** A request to an upstream, ready for `fetch`. */
export interface Recorded {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Of one hop alone, or set by whoever sends. */
const HOP = /^(?:host|connection|content-length|transfer-encoding|accept-encoding)$/;

/** Stands before an upstream that is asked by POST alone. @param into takes each request, in their order */
export function startRecorder(upstream: string, into: Recorded[]): Promise<Listening> {
  return serve(async (request, response) => {
    const body = await readText(request);
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !HOP.test(name)),
    ) as Record<string, string>;
    const recorded = { url: upstream + request.url, headers, body };
    into.push(recorded);
    const answer = await fetch(recorded.url, { method: 'POST', headers, body });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
}
