/** What stands over links: never the same words over several addresses. */
import { expect, test } from 'vitest';
import { linkHeadings } from '../../../src/domain/links/link-heading.ts';

const custom = (url: string, username = url) => ({ platform: 'custom', username, url });
const portfolio = (url: string, username = url) => ({ platform: 'portfolio', username, url });
const rows = (...links: Parameters<typeof linkHeadings>[0]) =>
  linkHeadings(links).map(({ heading, detail }) => [heading, detail]);

test('platforms with their handles, and own addresses with their labels', () => {
  expect(
    rows(
      { platform: 'github', username: 'ada', url: 'https://github.com/ada' },
      { platform: 'discord', username: 'ada', url: '' },
      { platform: 'gone', username: 'ada', url: 'https://gone.example/ada' },
      custom('https://ada.example/talks', 'My talks'),
      portfolio('https://www.ada.example/'),
    ),
  ).toEqual([
    ['GitHub', 'ada'],
    ['Discord', 'ada'],
    ['gone', 'ada'],
    ['My talks', 'ada.example/talks'],
    ['Portfolio', 'ada.example'],
  ]);
});

test('custom links without a label have their host, and no more where one is enough', () => {
  expect(rows(custom('https://www.one.example/a?b=c'), custom('https://two.example/'))).toEqual([
    ['one.example', 'one.example/a?b=c'],
    ['two.example', ''],
  ]);
});

test('and path, or all of it, where several share one', () => {
  expect(
    rows(
      custom('https://one.example/a'),
      custom('https://one.example/b/'),
      custom('https://one.example/c?page=1'),
      custom('https://one.example/c?page=2#x'),
      custom('https://one.example/'),
      custom('https://one.example:8443/'),
    ),
  ).toEqual([
    ['one.example/a', ''],
    ['one.example/b', ''],
    ['one.example/c?page=1', ''],
    ['one.example/c?page=2#x', ''],
    ['one.example', ''],
    ['one.example:8443', ''],
  ]);
});

test('two portfolios are told apart too', () => {
  expect(rows(portfolio('https://one.example/'), portfolio('https://two.example/x'))).toEqual([
    ['one.example', ''],
    ['two.example', 'two.example/x'],
  ]);
});

test('letters of all scripts are read, and look-alikes seen', () => {
  expect(
    rows(
      custom('https://xn--bcher-kva.example/caf%C3%A9/%20a%2Fb%E2%80%8B'),
      custom('https://xn--pple-43d.com/'),
      custom('https://xn--e1afmkfd.xn--p1ai/'),
    ),
  ).toEqual([
    ['bücher.example', 'bücher.example/café/%20a%2Fb%E2%80%8B'],
    ['xn--pple-43d.com', ''],
    ['пример.рф', ''],
  ]);
});

test.each([
  ['%D7%A9%D7%9C%D7%95%D7%9D', 'שלום'],
  ['wiki/%E6%97%A5%E6%9C%AC', 'wiki/日本'],
  ['%E0%A4%B9%E0%A4%BF%E0%A4%A8%E0%A5%8D%E0%A4%A6%E0%A5%80/', 'हिन्दी'],
  // Separators, blanks, and what turns the direction of a text stay encoded, also amidst letters.
  ['%C3%A9%2F%C3%A9%20%C3%A9', 'é%2Fé%20é'],
  ['%E2%80%AEgro.elpmaxe', '%E2%80%AEgro.elpmaxe'],
  ['%D7%A9%E2%80%AE%D7%A9', 'ש%E2%80%AEש'],
  ['%C2%A0%E2%80%8B', '%C2%A0%E2%80%8B'],
  // Latin-1, and a broken escape.
  ['caf%E9', 'caf%E9'],
  ['100%', '100%'],
])('the path %s is read as %s', (path, read) => {
  expect(rows(custom(`https://one.example/${path}`, 'Label'))).toEqual([['Label', `one.example/${read}`]]);
});

test('a custom link of a code that has no address is headed by what it says', () => {
  expect(rows({ platform: 'custom', username: 'ada', url: '' })).toEqual([['ada', '']]);
});
