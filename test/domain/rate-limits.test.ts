/** Rate limits: who is one client, and that the bindings carry the numbers that the domain speaks of. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clientOf, RATE_LIMIT_PERIOD_SECONDS, RATE_LIMITS } from '../../src/domain/rate-limits.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::ffff', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001::5:6:7:8', '2001:0:0:0'],
  ['2001::3:4:5:6:7:8', '2001:0:3:4'],
  ['::1', '0:0:0:0'],
  ['2001:db8:1:2::', '2001:db8:1:2'],
  ['1:2:3:4:5:6:7:8:9', '1:2:3:4'],
])('%s counts as %s', (address, client) => {
  expect(clientOf(address)).toBe(client);
});

test('wrangler.toml binds every limit with its numbers, each in a namespace of its own', () => {
  const toml = readFileSync(new URL('../../wrangler.toml', import.meta.url), 'utf8');
  const bound = toml.matchAll(
    /^\[\[ratelimits\]\]\nname = "(\w+)"\nnamespace_id = "(\d+)"\nsimple = \{ limit = (\d+), period = (\d+) \}$/gm,
  );
  const limits = [...bound].map(([, binding, namespace, limit, period]) => ({
    binding,
    namespace,
    limit: Number(limit),
    period: Number(period),
  }));
  expect(limits.map(({ binding, limit, period }) => ({ binding, limit, period }))).toEqual(
    Object.values(RATE_LIMITS).map((one) => ({ ...one, period: RATE_LIMIT_PERIOD_SECONDS })),
  );
  expect(new Set(limits.map(({ namespace }) => namespace)).size).toBe(limits.length);
});
