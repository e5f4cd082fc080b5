/** Every key in Upstash: its value, its time to live, and who deletes it. */

/**
 * | key | value | TTL | written by | deleted by |
 * |---|---|---|---|---|
 * | `profile:<name>` | the name's record, `CACHE_FORMAT` | 300 s (unknown names 30 s) | a read of Postgres | any change that shows |
 * | `outage:<name>` | the same, kept for a Postgres outage | 24 h | with the above | any change that shows |
 * | `fence:<name>` | a random mark | 10 min | any change that shows | expiry |
 *
 * `<name>` is the username in lower case.
 */
export const cacheKeys = {
  profile: (name: string) => `profile:${name}`,
  outage: (name: string) => `outage:${name}`,
  fence: (name: string) => `fence:${name}`,
} as const;
