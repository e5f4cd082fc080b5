/** Rate limits: who is one client. */
import { expect, test } from 'vitest';
import { clientOf, siteOf } from '../../src/domain/rate-limits.ts';

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

test.each([
  ['203.0.113.7', undefined],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1'],
  ['2001:0DB8:0001:ffff::1', '2001:db8:1'],
  ['2001:db8::1', '2001:db8:0'],
  ['::1', '0:0:0'],
])('%s counts with all of its site, %s', (address, site) => {
  expect(siteOf(address)).toBe(site);
});
