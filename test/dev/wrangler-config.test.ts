/** `wrangler.toml`: both environments deploy the same, with bindings of their own, and name what the code needs. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { unstable_readConfig } from 'wrangler';
import { REQUIRED_SECRETS } from '../../dev/wrangler.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { RATE_LIMIT_PERIOD_SECONDS, RATE_LIMITS } from '../../src/domain/rate-limits.ts';
import { DAILY_CRON } from '../../src/settings.ts';

const CONFIG = fileURLToPath(new URL('../../wrangler.toml', import.meta.url));
const ENVIRONMENTS = ['', 'staging'];

const read = (env: string) => unstable_readConfig({ config: CONFIG, env }, { hideWarnings: true });

test.each(ENVIRONMENTS)('«%s» binds every limit with its numbers', (env) => {
  const limits = Object.values(RATE_LIMITS).map(({ binding, limit }) => ({
    name: binding,
    namespace_id: expect.stringMatching(/^\d+$/),
    simple: { limit, period: RATE_LIMIT_PERIOD_SECONDS },
  }));
  expect(read(env).ratelimits).toEqual(limits);
});

test('no two limits count in one namespace', () => {
  const namespaces = ENVIRONMENTS.flatMap((env) =>
    (read(env).ratelimits ?? []).map((limit: { namespace_id: string }) => limit.namespace_id),
  );
  expect(new Set(namespaces).size).toBe(namespaces.length);
});

test.each(ENVIRONMENTS)(
  '«%s» requires the secrets, keeps the log, and can tell where errors come from',
  (env) => {
    const { secrets, observability, upload_source_maps, triggers, cache } = read(env);
    expect({ secrets, observability, upload_source_maps, triggers, cache }).toEqual({
      secrets: { required: REQUIRED_SECRETS },
      // Nothing of visitors: docs/privacy.md promises it.
      observability: {
        enabled: true,
        head_sampling_rate: 1,
        redact_query_string: true,
        logs: { enabled: true, invocation_logs: false },
        traces: { enabled: false },
      },
      upload_source_maps: true,
      triggers: { crons: ['23 * * * *', DAILY_CRON] },
    });
  },
);

test('staging does not take over a domain that is given to the deployment', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'devcard-config-'));
  const config = join(dir, 'wrangler.toml');
  const domain = 'routes = [{ pattern = "cards.example", custom_domain = true }]';
  writeFileSync(config, `${domain}\n${readFileSync(CONFIG, 'utf8')}`);
  const routesOf = (env: string) => unstable_readConfig({ config, env }, { hideWarnings: true });
  expect(routesOf('').routes).toEqual([{ pattern: 'cards.example', custom_domain: true }]);
  expect(routesOf('staging')).toMatchObject({ routes: [], workers_dev: true });
  rmSync(dir, { recursive: true });
});

test('the deploy button asks for every secret but the keys, with a word on where it is found', async () => {
  const example = Object.keys(
    parseEnv(readFileSync(new URL('../../.dev.vars.example', import.meta.url), 'utf8')),
  );
  // Node's parser sorts the names.
  expect(Object.keys(packageJson.cloudflare.bindings).toSorted()).toEqual(example.toSorted());
  expect([...example, 'QR_SIGNING_KEYS', 'SESSION_KEYS', 'CONTACTS_KEYS'].toSorted()).toEqual(
    REQUIRED_SECRETS.toSorted(),
  );
});
