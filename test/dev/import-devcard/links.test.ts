/** Links of an existing DevCard as links of this service. */
import { expect, test } from 'vitest';
import { importLink } from '../../../dev/import-devcard/links.ts';

const imported = (platform: string, username: string, url: string) => {
  const { link, finding } = importLink({ id: 'l', platform, username, url, created_at: '' });
  const { outcome, reason } = finding ?? {};
  return [link ? [link.platform, link.username, link.url] : null, reason ?? 'same', outcome ?? 'same'];
};

test.each([
  ['github', 'ada', 'https://github.com/ada', ['github', 'ada', 'https://github.com/ada']],
  ['twitter', 'ada', 'https://x.com/ada', ['twitter', 'ada', 'https://x.com/ada']],
  [
    'email',
    'ada@example.org',
    'mailto:ada@example.org',
    ['email', 'ada@example.org', 'mailto:ada@example.org'],
  ],
  [
    'stackoverflow',
    '22656/jon-skeet',
    'https://stackoverflow.com/users/22656/jon-skeet',
    ['stackoverflow', '22656/jon-skeet', 'https://stackoverflow.com/users/22656/jon-skeet'],
  ],
  ['discord', 'ada', '', ['discord', 'ada', '']],
  [
    'portfolio',
    'https://ada.example.org',
    'https://ada.example.org',
    ['portfolio', 'https://ada.example.org/', 'https://ada.example.org/'],
  ],
  [
    'custom',
    'My talks',
    'https://ada.example.org/talks',
    ['custom', 'My talks', 'https://ada.example.org/talks'],
  ],
])('%s %s stays as it is', (platform, username, url, link) => {
  expect(imported(platform, username, url)).toEqual([link, 'same', 'same']);
});

test.each([
  // Words for platforms.
  ['x', 'ada', '', ['twitter', 'ada', 'https://x.com/ada'], 'platform-renamed'],
  ['X', 'ada', 'https://x.com/ada', ['twitter', 'ada', 'https://x.com/ada'], 'platform-renamed'],
  [
    'website',
    'ada.example.org',
    '',
    ['portfolio', 'https://ada.example.org/', 'https://ada.example.org/'],
    'platform-renamed',
  ],
  ['Github', 'ada', '', ['github', 'ada', 'https://github.com/ada'], 'platform-renamed'],
  ['instagram', 'ada', '', ['instagram', 'ada', 'https://www.instagram.com/ada'], 'link-rewritten'],
  // Handles as people wrote them.
  ['discord', 'ada#1815', '', ['discord', 'ada', ''], 'link-rewritten'],
  [
    'medium',
    '@ada',
    'https://medium.com/@@ada',
    ['medium', 'ada', 'https://medium.com/@ada'],
    'link-rewritten',
  ],
  [
    'linkedin',
    'https://www.linkedin.com/in/ada',
    'https://www.linkedin.com/in/https://www.linkedin.com/in/ada',
    ['linkedin', 'ada', 'https://www.linkedin.com/in/ada'],
    'link-rewritten',
  ],
  [
    'github',
    ' ada ',
    'https://github.com/ ada ',
    ['github', 'ada', 'https://github.com/ada'],
    'link-rewritten',
  ],
  // http.
  ['github', 'ada', 'http://github.com/ada', ['github', 'ada', 'https://github.com/ada'], 'link-rewritten'],
  [
    'portfolio',
    'http://ada.example.org/notes',
    'http://ada.example.org/notes',
    ['portfolio', 'https://ada.example.org/notes', 'https://ada.example.org/notes'],
    'link-to-https',
  ],
  [
    'custom',
    'Notes',
    'http://ada.example.org/notes',
    ['custom', 'Notes', 'https://ada.example.org/notes'],
    'link-to-https',
  ],
  // Another place than the platform says.
  [
    'github',
    'ada',
    'https://git.example.org/ada',
    ['custom', 'ada', 'https://git.example.org/ada'],
    'link-to-custom',
  ],
  [
    'github',
    'ada',
    'https://gitlab.com/ada',
    ['gitlab', 'ada', 'https://gitlab.com/ada'],
    'platform-guessed',
  ],
  [
    'mygit',
    'ada',
    'https://git.example.org/ada',
    ['custom', 'ada', 'https://git.example.org/ada'],
    'link-to-custom',
  ],
  ['blog', 'https://dev.to/ada', '', ['devto', 'ada', 'https://dev.to/ada'], 'platform-guessed'],
  // A handle that is none there: the address is kept.
  ['telegram', 'ada', 'https://t.me/ada', ['custom', 'ada', 'https://t.me/ada'], 'link-to-custom'],
  // An address that nobody should follow.
  [
    'github',
    'ada',
    'javascript:alert(1)',
    ['github', 'ada', 'https://github.com/ada'],
    'link-address-dropped',
  ],
  [
    'github',
    'ada',
    'https://ada:secret@github.com/ada',
    ['github', 'ada', 'https://github.com/ada'],
    'link-address-dropped',
  ],
])('%s %s %s is mended', (platform, username, url, link, reason) => {
  expect(imported(platform, username, url)).toEqual([link, reason, 'changed']);
});

test.each([
  ['mygit', 'ada', ''],
  ['constructor', 'ada', ''],
  ['custom', 'x', 'data:text/html,hi'],
  ['portfolio', 'x', 'javascript:alert(1)'],
  ['custom', 'x', 'https://ada:secret@example.org/'],
  ['portfolio', 'http://localhost:3000', 'http://localhost:3000'],
  ['discord', 'two words', ''],
])('%s %s %s is left out', (platform, username, url) => {
  expect(imported(platform, username, url)).toEqual([null, 'link-refused', 'left-out']);
});
