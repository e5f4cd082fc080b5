/** The client of Upstash Redis: one HTTP request per call, no retry, answers as they came. */
import { Redis } from '@upstash/redis/cloudflare';
import { roundTrip } from '../../trace.ts';

export interface UpstashOptions {
  url: string;
  token: string;
  timeoutMs: number;
}

/** Opens a client; a call that takes longer than `timeoutMs` rejects. */
export function openUpstash({ url, token, timeoutMs }: UpstashOptions): Redis {
  const redis = new Redis({
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
  redis.use((request, next) => roundTrip('upstash', () => next(request)));
  return redis;
}

/** Rejects when Upstash does not answer in time. */
export async function pingUpstash(redis: Redis): Promise<void> {
  await redis.ping();
}
