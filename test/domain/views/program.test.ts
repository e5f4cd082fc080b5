/** Who is taken for a program, and who for a person: measured on public lists of user agents. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import crawlers from 'crawler-user-agents';
import { describe, expect, test } from 'vitest';
import { isProgram } from '../../../src/domain/views/program.ts';

const require = createRequire(import.meta.url);

/** Agents of browsers that were seen on real sites, 10,000 visits. */
const visits: { userAgent: string }[] = JSON.parse(
  readFileSync(join(dirname(require.resolve('user-agents')), 'user-agents.json'), 'utf8'),
);
/** What tells those agents apart that are taken for people. */
const NAME = /okhttp|Instagram|Facebook|Code|Trae|Fluid|TSM|GTmetrix|Miniature|YLT/;

const people = [...new Set(visits.map(({ userAgent }) => userAgent))];

test('of a public list of programs 14 are taken for people, ten of which are apps that people look through', () => {
  const all = crawlers.flatMap(({ instances }) => instances);
  expect(all.length).toBe(2118);
  const missed = all.filter((agent) => !isProgram(agent)).map((agent) => NAME.exec(agent)?.[0]);
  const apps = [...Array(5).fill('okhttp'), 'Instagram', 'Code', 'Facebook', 'Trae', 'Fluid'];
  expect(missed).toEqual([...apps, 'TSM', 'GTmetrix', 'Miniature', 'YLT']);
});

test('of the browsers of 10,000 visits none is taken for a program', () => {
  expect([visits.length, people.length > 500]).toEqual([10_000, true]);
  expect(people.filter(isProgram)).toEqual([]);
});

const android = (device: string) =>
  `Mozilla/5.0 (Linux; Android 13; ${device}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36`;
const iphone = (app: string) =>
  `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 ${app}`;

describe('people', () => {
  test.each([
    ['the existing app on Android', 'okhttp/4.12.0'],
    ['the same, of an older release', 'okhttp/3.14.9'],
    ['the existing app on iOS', 'DevCard/12 CFNetwork/1568.200.51 Darwin/24.1.0'],
    ['a phone called M BOT', android('M BOT 551')],
    ['another of them', android('M BOT 60 Build/NRD90M')],
    ['a CUBOT', android('CUBOT P40')],
    ['a CUBOT, written as one word', android('CUBOT_X30')],
    ['a Tecno Camon', android('TECNO CAMON 20')],
    ['who reads in KakaoTalk', iphone('KAKAOTALK 10.4.5')],
    ['who reads in Instagram', iphone('Instagram 340.0.0.0')],
    ['who reads in Facebook', iphone('[FBAN/FBIOS;FBAV/480.0]')],
    ['who reads in Google’s app', iphone('GSA/300.0 Safari/604.1')],
    ['a browser in a terminal', 'Lynx/2.8.9rel.1 libwww-FM/2.14'],
  ])('%s', (_, agent) => {
    expect(isProgram(agent)).toBe(false);
  });
});

describe('programs', () => {
  test.each([
    'http.rb/5.1.1 (Mastodon/4.2.1; +https://mastodon.social/)',
    'facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984',
    'Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)',
    'HTTPie/3.2.2',
    'okhttp/4.12.0 (compatible; SomeBot/1.0)',
    'Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)',
    'Mozilla/5.0 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)',
    'WhatsApp/2.23.20.0',
    'Signal-Android/7.0 (link preview)',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  ])('%s', (agent) => {
    expect(isProgram(agent)).toBe(true);
  });

  test('a text of 16,000 characters is told by its beginning', () => {
    expect(isProgram(`curl/8.5.0 ${'x'.repeat(16_000)}`)).toBe(true);
    expect(isProgram(`${android('Pixel 10')}${' '.repeat(16_000)}`)).toBe(false);
  });
});
