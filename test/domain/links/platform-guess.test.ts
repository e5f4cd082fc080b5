import { expect, test } from 'vitest';
import { platformOf } from '../../../src/domain/links/platform-guess.ts';

test.each([
  ['https://github.com/ada', 'github'],
  ['github.com/ada', 'github'],
  ['http://www.linkedin.com/in/ada-lovelace/', 'linkedin'],
  ['https://x.com/ada', 'twitter'],
  ['https://twitter.com/ada', 'twitter'],
  ['https://medium.com/@ada', 'medium'],
  ['https://hachyderm.io/@ada', 'mastodon'],
  ['@ada@hachyderm.io', 'mastodon'],
  ['ada@example.org', 'email'],
  ['mailto:ada@example.org', 'email'],
  ['https://ada.example.org/notes/', 'custom'],
  ['ada.example.org', 'custom'],
  ['http://ada.example.org/', 'custom'],
  ['http://github.com/ada/repo', 'custom'],
  ['tel:+49-151-234567', 'phone'],
  ['+49 (0)151 234567', 'phone'],
  ['0049 151 234567', 'phone'],
  ['@ada:matrix.org', 'matrix'],
  ['https://github.com/', 'custom'],
  [' https://bsky.app/profile/ada.example.org ', 'bluesky'],
])('%s is on %s', (pasted, platform) => {
  expect(platformOf(pasted)).toBe(platform);
});

test.each([
  'ada',
  '@ada',
  '',
  '   ',
  'javascript:alert(1)',
  'https://user:secret@example.org/',
  'http://localhost/',
  'http://ada.example.org/notes',
  '0151 234567',
])('%j could be anywhere, or nowhere', (pasted) => {
  expect(platformOf(pasted)).toBeUndefined();
});
