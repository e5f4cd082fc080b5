/** The client of Upstash Redis: one HTTP request per call, no retry, answers as they came. */
import { Redis } from '@upstash/redis/cloudflare';

export interface UpstashOptions {
  url: string;
  token: string;
  timeoutMs: number;
}

/** Opens a client; a call that takes longer than `timeoutMs` rejects. */
export function openUpstash({ url, token, timeoutMs }: UpstashOptions): Redis {
  return new Redis({
    url,
    token,
    retry: { retries: 0 },
    // A function: a plain signal would make the client resolve null after the limit, which looks like a miss.
    signal: () => AbortSignal.timeout(timeoutMs),
    automaticDeserialization: false,
    enableAutoPipelining: false,
    enableTelemetry: false,
    responseEncoding: false,
  });
}
