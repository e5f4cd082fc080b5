/** Links: handles typed or pasted, addresses that lead where they say, and clear errors for the rest. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLink } from '../../../src/domain/links/parse-link.ts';
import { PLATFORMS } from '../../../verify/platforms.ts';

function linkOf(platform: string, username: string, url?: string | null) {
  const result = parseLink({ platform, username, url });
  if (!result.ok) return result.errors;
  expect(result.link.platform).toBe(platform);
  return [result.link.username, result.link.url];
}

const error = (path: string, message: string) => [{ path, message }];

/** Zalgo, and two that nobody sees. */
const MISLEADING = [`ada${'\u0301'.repeat(90)}`, '\u3164\u3164\u3164', `ab${'\u{e0100}'.repeat(20)}`];

test.each(['linkedin', 'youtube', 'researchgate'])('no handle of %s hides or overflows', (platform) => {
  for (const handle of MISLEADING) expect(parseLink({ platform, username: handle }).ok).toBe(false);
  expect(linkOf(platform, 'jose\u0301')).toContain('josé');
});

test.each([
  ['portfolio', `https://ada.example/${'x'.repeat(250)}`],
  ['custom', 'https://ada.example/'],
  ['email', 'r&d@acme.example'],
  ['email', 'a=b@acme.example'],
])('%s %s is taken back as it was stored', (platform, typed) => {
  const stored = parseLink({ platform, username: typed });
  if (!stored.ok) throw new Error(stored.errors[0]?.message);
  expect(parseLink(stored.link)).toEqual(stored);
});

const OTHER_PAGE =
  'This is another page at GitHub than the one of a profile. Choose “Custom link” to keep its address. A handle at GitHub has 1 to 39 letters (A to Z), digits or hyphens.';
const GITHUB_RULE = 'A handle at GitHub has 1 to 39 letters (A to Z), digits or hyphens.';

describe('the platform', () => {
  test.each(['', 'myspace', 'GitHub', '__proto__', 'constructor'])(
    '%j is refused with the known ones',
    (platform) => {
      const known = PLATFORMS.map(({ id }) => id).join(', ');
      expect(linkOf(platform, 'ada')).toEqual(
        error('platform', `This platform is not known. Choose one of: ${known}.`),
      );
    },
  );
});

describe('a handle', () => {
  test.each([
    ['github', 'octocat', 'octocat', 'https://github.com/octocat'],
    ['github', ' @Octo-Cat ', 'Octo-Cat', 'https://github.com/Octo-Cat'],
    ['github', 'octocat_acme', 'octocat_acme', 'https://github.com/octocat_acme'],
    ['linkedin', 'in/ada', 'ada', 'https://www.linkedin.com/in/ada'],
    ['linkedin', '/in/ada/', 'ada', 'https://www.linkedin.com/in/ada'],
    ['npm', '~ada', 'ada', 'https://www.npmjs.com/~ada'],
    ['reddit', 'u/ada', 'ada', 'https://www.reddit.com/user/ada'],
    ['mastodon', '@Ada@Fosstodon.org', 'Ada@fosstodon.org', 'https://fosstodon.org/@Ada'],
    ['bluesky', '@Ada.bsky.social', 'ada.bsky.social', 'https://bsky.app/profile/ada.bsky.social'],
    ['matrix', '@ada:matrix.org', 'ada:matrix.org', 'https://matrix.to/#/@ada:matrix.org'],
    ['whatsapp', '+49 (151) 234-567.89', '4915123456789', 'https://wa.me/4915123456789'],
    ['whatsapp', '0049 151 23456789', '4915123456789', 'https://wa.me/4915123456789'],
    ['signal', '+49 151 23456789', '+4915123456789', 'https://signal.me/#p/+4915123456789'],
    ['signal', 'ada.01', 'ada.01', ''],
    ['discord', 'ada', 'ada', ''],
    ['discord', 'ada#1234', 'ada', ''],
    [
      'stackoverflow',
      '22656/jon-skeet',
      '22656/jon-skeet',
      'https://stackoverflow.com/users/22656/jon-skeet',
    ],
    ['calcom', 'ada/30min', 'ada/30min', 'https://cal.com/ada/30min'],
    ['youtube', '@ジョン', 'ジョン', 'https://www.youtube.com/@%E3%82%B8%E3%83%A7%E3%83%B3'],
    ['linkedin', 'jose\u0301-m', 'josé-m', 'https://www.linkedin.com/in/jos%C3%A9-m'],
  ])('at %s typed as %j is %s', (platform, typed, handle, url) => {
    expect(linkOf(platform, typed)).toEqual([handle, url]);
  });

  test.each([
    ['github', 'ada lovelace', GITHUB_RULE],
    ['github', '-ada', GITHUB_RULE],
    ['github', 'a'.repeat(40), GITHUB_RULE],
    ['github', 'ada/..', GITHUB_RULE],
    ['github', 'ada\u0000', GITHUB_RULE],
    ['github', 'аda', GITHUB_RULE], // the first letter is Cyrillic
    ['github', 'javascript:alert(1)', GITHUB_RULE],
    ['github', '', 'Fill this in.'],
    ['github', 'a'.repeat(3000), 'Use at most 200 characters.'],
    ['npm', '..', 'A handle at npm has 1 to 64 letters (A to Z), digits, dots, hyphens or underscores.'],
    ['bluesky', 'ada', 'A handle at Bluesky has the form of a domain name: ada.bsky.social.'],
    ['mastodon', 'ada', 'A handle at Mastodon has the form name@server: ada@mastodon.social.'],
    ['mastodon', 'ada@db.internal', 'The address must have a public host name, such as example.org.'],
  ])('at %s typed as %j is refused', (platform, typed, message) => {
    expect(linkOf(platform, typed)).toEqual(error('username', message));
  });
});

describe('an address pasted for a handle', () => {
  test.each([
    ['github', 'https://github.com/octocat', 'octocat'],
    ['github', 'http://www.github.com/octocat/?tab=overview#top', 'octocat'],
    ['github', 'github.com/octocat', 'octocat'],
    ['github', 'HTTPS://GitHub.com/octocat', 'octocat'],
    ['linkedin', 'https://de.linkedin.com/in/jos%C3%A9/en?trk=x', 'josé'],
    ['twitter', 'https://mobile.twitter.com/ada', 'ada'],
    ['medium', 'https://ada.medium.com/', 'ada'],
    ['mastodon', 'https://m.example.social/@ada', 'ada@m.example.social'],
    ['mastodon', 'https://mastodon.social/@ada@fosstodon.org', 'ada@fosstodon.org'],
    ['mastodon', 'https://fosstodon.org/users/ada', 'ada@fosstodon.org'],
    ['facebook', 'https://m.facebook.com/profile.php?id=100012345', '100012345'],
    ['youtube', 'https://m.youtube.com/@ada', 'ada'],
    ['telegram', 'https://adal.t.me', 'adal'],
    ['stackoverflow', 'https://stackoverflow.com/users/22656/jon-skeet?tab=profile', '22656/jon-skeet'],
    ['stackoverflow', 'https://stackoverflow.com/users/22656', '22656'],
    ['googlescholar', 'https://scholar.google.de/citations?hl=de&user=qc6CJjYAAAAJ', 'qc6CJjYAAAAJ'],
    ['matrix', 'https://matrix.to/#/%40ada%3Amatrix.org?via=matrix.org', 'ada:matrix.org'],
    ['signal', 'https://signal.me/#p/+4915123456789', '+4915123456789'],
    [
      'whatsapp',
      'https://api.whatsapp.com/send?phone=%2B4915123456789&type=phone_number&app_absent=0&text=',
      '4915123456789',
    ],
    ['discord', 'https://discord.com/users/80351110224678912', '80351110224678912'],
    ['patreon', 'https://www.patreon.com/c/ada', 'ada'],
    ['orcid', 'https://orcid.org/0000-0002-1825-0097', '0000-0002-1825-0097'],
    ['calendly', 'https://calendly.com/ada/30min', 'ada/30min'],
  ])('at %s: %s', (platform, pasted, handle) => {
    expect(linkOf(platform, pasted)).toEqual(linkOf(platform, handle));
    expect(linkOf(platform, pasted)).toContain(handle);
  });

  test.each([
    ['https://github.com/octocat/hello', OTHER_PAGE],
    ['https://github.com/', OTHER_PAGE],
    ['https://github.com/%E0%A4%A', OTHER_PAGE],
    ['https://gitlab.com/octocat', 'This is not an address of GitHub. It is one of GitLab: choose that.'],
    ['https://github.com.evil.example/octocat', `This is not an address of GitHub. ${GITHUB_RULE}`],
    ['https://evilgithub.com/octocat', `This is not an address of GitHub. ${GITHUB_RULE}`],
    ['https://github.com:8443/octocat', `This is not an address of GitHub. ${GITHUB_RULE}`],
    ['https://gіthub.com/octocat', `This is not an address of GitHub. ${GITHUB_RULE}`], // Cyrillic і
    ['https://github.com@evil.example/octocat', 'An address must not carry a user name or password.'],
    ['https://github.com\\octocat', 'An address has no spaces, backslashes or invisible characters.'],
    ['ftp://github.com/octocat', 'The address must start with https://.'],
  ])('is refused at github: %s', (pasted, message) => {
    expect(linkOf('github', pasted)).toEqual(error('username', message));
  });
});

describe('an address beside a handle', () => {
  test.each([
    ['github', 'octocat', 'https://github.com/octocat', 'octocat', 'https://github.com/octocat'],
    [
      'github',
      'octocat',
      'http://www.github.com/Octocat/?utm_source=x',
      'octocat',
      'https://github.com/Octocat',
    ],
    [
      'github',
      'octocat',
      'https://github.com/Octocat?tab=stars',
      'octocat',
      'https://github.com/Octocat?tab=stars',
    ],
    ['github', 'octocat', '', 'octocat', 'https://github.com/octocat'],
    ['github', 'octocat', null, 'octocat', 'https://github.com/octocat'],
    ['github', '', 'https://github.com/octocat', 'octocat', 'https://github.com/octocat'],
    ['github', 'The Octocat', 'https://github.com/octocat', 'octocat', 'https://github.com/octocat'],
    ['github', 'octocat', 'https://github.com/orgs/x/people', 'octocat', 'https://github.com/orgs/x/people'],
    ['youtube', 'ada', 'youtube.com/channel/UC1?x=1', 'ada', 'https://youtube.com/channel/UC1?x=1'],
    ['discord', 'ada', 'https://discord.gg/abc', 'ada', 'https://discord.gg/abc'],
    [
      'discord',
      'ada',
      'https://discord.com/users/80351110224678912',
      'ada',
      'https://discord.com/users/80351110224678912',
    ],
    ['signal', 'ada.01', 'https://signal.me/#eu/abc', 'ada.01', 'https://signal.me/#eu/abc'],
    [
      'stackoverflow',
      'Jon Skeet',
      'https://stackoverflow.com/users/22656',
      '22656',
      'https://stackoverflow.com/users/22656',
    ],
  ])('at %s: %j, %j', (platform, username, url, handle, href) => {
    expect(linkOf(platform, username, url)).toEqual([handle, href]);
  });

  test.each([
    ['https://github.com/evil', 'url', 'This leads to evil, not to octocat.'],
    [
      'https://gitlab.com/octocat',
      'url',
      'This is not an address of GitHub. It is one of GitLab: choose that.',
    ],
    ['https://octocat.github.io', 'url', `This is not an address of GitHub. ${GITHUB_RULE}`],
    ['https://github.com.evil.example/octocat', 'url', `This is not an address of GitHub. ${GITHUB_RULE}`],
    ['javascript:alert(1)', 'url', 'The address must start with https://.'],
    ['https://a:b@github.com/octocat', 'url', 'An address must not carry a user name or password.'],
  ])('is refused at github: %s', (url, path, message) => {
    expect(linkOf('github', 'octocat', url)).toEqual(error(path, message));
  });

  test('does not excuse a handle that is none', () => {
    expect(linkOf('github', 'The Octocat', 'https://github.com/orgs/x')).toEqual(
      error('username', GITHUB_RULE),
    );
  });
});

describe('an email link', () => {
  test.each([
    ['ada@example.org', undefined],
    ['mailto:ada@example.org?subject=Hi', undefined],
    ['ada@example.org', 'mailto:Ada@example.org'],
    ['', 'mailto:ada@example.org'],
  ])('from %j, %j', (username, url) => {
    expect(linkOf('email', username, url)).toEqual(['ada@example.org', 'mailto:ada@example.org']);
  });

  test.each([
    'ada',
    'ada@example',
    'a b@example.org',
    '.ada@example.org',
    'ada@example.org\nBcc: x@example.org',
    'ada@-.org',
  ])('is refused from %j', (username) => {
    expect(linkOf('email', username)).toEqual(
      error('username', 'Write an email address such as ada@example.org.'),
    );
  });

  test('leads to the address that it shows', () => {
    expect(linkOf('email', 'ada@example.org', 'mailto:eve@example.org')).toEqual(
      error('url', 'This leads to another address. Leave it out: it follows from the email address.'),
    );
    expect(linkOf('email', 'ada@example.org', 'https://example.org')[0]).toMatchObject({ path: 'url' });
  });
});

describe.each(['portfolio', 'custom'])('a %s link', (platform) => {
  test.each([
    ['https://ada.example', undefined, 'https://ada.example/', 'https://ada.example/'],
    ['ada.example/me', undefined, 'https://ada.example/me', 'https://ada.example/me'],
    ['', 'https://ada.example', 'https://ada.example/', 'https://ada.example/'],
    ['http://ada.example', undefined, 'https://ada.example/', 'https://ada.example/'],
    ['http://github.com/ada/repo', undefined, 'https://github.com/ada/repo', 'https://github.com/ada/repo'],
    ['My  blog ', 'https://ada.example', 'My  blog', 'https://ada.example/'],
    ['Node.js', 'https://nodejs.org', 'Node.js', 'https://nodejs.org/'],
    ['\u3164', 'https://ada.example', 'https://ada.example/', 'https://ada.example/'],
    ['ada.example/me', 'https://ada.example/you', 'ada.example/me', 'https://ada.example/you'],
  ])('from %j, %j', (username, url, label, href) => {
    expect(linkOf(platform, username, url)).toEqual([label, href]);
  });

  test.each([
    ['', undefined, 'username', 'Fill this in.'],
    ['My blog', undefined, 'username', 'An address has no spaces, backslashes or invisible characters.'],
    ['http://ada.example/me', undefined, 'username', 'The address must start with https://.'],
    ['x', 'javascript:alert(1)', 'url', 'The address must start with https://.'],
    ['x', 'https://127.0.0.1', 'url', 'The address must have a public host name, such as example.org.'],
    [
      'a\u202eb',
      'https://ada.example',
      'username',
      'The character U+202E is not allowed: it turns the direction of a text.',
    ],
    ['a'.repeat(201), 'https://ada.example', 'username', 'Use at most 200 characters; these are 201.'],
    [
      'https://bank.example',
      'https://evil.example',
      'username',
      'This shows another host than evil.example, to which it leads.',
    ],
    [
      'bank.example/login',
      'https://evil.example',
      'username',
      'This shows another host than evil.example, to which it leads.',
    ],
  ])('is refused from %j, %j', (username, url, path, message) => {
    expect(linkOf(platform, username, url)).toEqual(error(path, message));
  });
});

test('an email address has no percent sign, so nothing encoded can hide in one', () => {
  for (const username of ['%0a@github.com', 'a%20b@example.org', 'mailto:a%0ab@example.org'])
    expect(parseLink({ platform: 'email', username }).ok).toBe(false);
});

test('whatever comes in, a stored link is safe, within limits, and stays as it is when stored again', () => {
  const pieces = fc.constantFrom(
    ...[
      'https://',
      'http://',
      'javascript:',
      'data:',
      'mailto:',
      '@',
      '/',
      '.',
      ':',
      '#',
      '?',
      '\\',
      '\n',
      ' ',
    ],
    ...[
      'github.com',
      'x.com',
      'example.org',
      'fosstodon.org',
      'ada',
      '22656',
      'in/',
      'users/',
      '%2e',
      '%0a',
      'é',
    ],
  );
  const typed = fc
    .array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 6 })
    .map((list) => list.join(''));
  const platforms = fc.constantFrom(...PLATFORMS.map(({ id }) => id));
  fc.assert(
    fc.property(platforms, typed, fc.option(typed), (platform, username, url) => {
      const result = parseLink({ platform, username, url });
      if (!result.ok) {
        expect(result.errors).toHaveLength(1);
        return;
      }
      const { link } = result;
      expect(link.url).toMatch(/^(?:https:\/\/[!-~]+|mailto:[!-~]+|tel:\+\d+|)$/);
      expect(link.username).not.toBe('');
      expect(link.username).not.toMatch(/\p{Cc}/u);
      expect(link.url.length).toBeLessThanOrEqual(2048);
      expect(parseLink(link)).toEqual(result);
    }),
    { numRuns: 3000 },
  );
});
