/** Every key in Upstash: its value, its time to live, and who deletes it. */

/**
 * | key | value | TTL | written by | deleted by |
 * |---|---|---|---|---|
 * | `profile:<name>` | the name's record, `CACHE_FORMAT` | 300 s (unknown names 30 s) | a read of Postgres | any change that shows |
 * | `outage:<name>` | the same, shown while a newer one is read or Postgres fails | 24 h | with the above | any change that shows |
 * | `card:<id>` | the name under which the card was last found: a hint, checked against that record | 24 h | a read of Postgres | deletion of the account |
 * | `fence:<name>` | a random mark | 10 min | any change that shows | expiry |
 * | `views:log` | list of batches of views, `encodeEntry` | none | views, after their answers | roll-ups, once summed in Postgres |
 * | `views:head` | hash: the log's `id`, and `position`: how many batches have left it | none | roll-ups | nobody |
 * | `views:visitors:<day>` | set of keyed hashes of who viewed on that day | 48 h | roll-ups | expiry |
 * | `views:roll-up` | that an isolate is summing because the log is long | 30 s | that isolate | that isolate, or expiry |
 * | `views:key:<day>` | the random key of those hashes | until a minute after the day | the day's first view | expiry |
 *
 * `<name>` is the username in lower case, `<day>` a day in UTC such as `2027-01-15`.
 */
export const cacheKeys = {
  profile: (name: string) => `profile:${name}`,
  outage: (name: string) => `outage:${name}`,
  card: (id: string) => `card:${id}`,
  fence: (name: string) => `fence:${name}`,
  viewLog: 'views:log',
  viewHead: 'views:head',
  viewVisitors: (day: string) => `views:visitors:${day}`,
  viewRollUp: 'views:roll-up',
  viewKey: (day: string) => `views:key:${day}`,
} as const;
