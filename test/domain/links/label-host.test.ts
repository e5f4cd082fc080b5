/** A custom label that looks like a host leads there and nowhere else. */
import { describe, expect, test } from 'vitest';
import { hostShownBy } from '../../../src/domain/links/label-host.ts';
import { parseLink } from '../../../src/domain/links/parse-link.ts';

const labelled = (username: string, url = 'https://evil.example/') =>
  parseLink({ platform: 'custom', username, url });

describe('refused, because the link leads elsewhere', () => {
  test.each([
    'good.org',
    'GOOD.ORG',
    'Good.Org',
    'www.good.org',
    'good.org/me',
    'https://good.org',
    'blog.good.co.uk',
    'good.org – official',
    'good.org: my page',
    '“good.org”',
    '→ good.org',
    '🔒 good.org',
    '(good.org)',
    'good.org.',
    'good.org:443',
    'good．org',
    'good。org',
    'gооd.org', // Cyrillic о
    'münchen.de',
    'почта.рф',
    'evil.example.com',
  ])('%s', (label) => {
    expect(labelled(label)).toMatchObject({ ok: false, errors: [{ path: 'username' }] });
  });

  test('its own domain behind a shared one is another host, too', () => {
    expect(labelled('github.io', 'https://mallory.github.io/').ok).toBe(false);
  });
});

describe('kept', () => {
  test.each([
    ['good.org', 'https://good.org/me'],
    ['good.org', 'https://www.good.org/'],
    ['WWW.Good.org', 'https://good.org/'],
    ['good.org – my page', 'https://good.org/me'],
    ['münchen.de', 'https://xn--mnchen-3ya.de/'],
    ['good.org', 'https://good.org:8443/'],
  ])('%s, which leads to %s', (label, url) => {
    expect(labelled(label, url)).toMatchObject({ ok: true, link: { username: label } });
  });

  test.each([
    'Node.js',
    'Vue.js meetup',
    'My talk at jsconf.eu',
    'Dr.Müller',
    'St.Gallen',
    'e.V.',
    'v2.0',
    'Portfolio',
    'Mail: ada@good.org',
    'ada@good.org',
    '1.5 years',
    '...',
  ])('%s, which shows no host', (label) => {
    expect(hostShownBy(label)).toBeUndefined();
    expect(labelled(label)).toMatchObject({ ok: true, link: { username: label } });
  });
});
