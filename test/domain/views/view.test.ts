/** What a view is, and which requests are none. */
import { describe, expect, test } from 'vitest';
import { isLeftOut, lastDays, type Visit, viewOf } from '../../../src/domain/views/view.ts';

const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1';

const VISIT: Visit = {
  at: Date.UTC(2027, 0, 15, 14, 59, 59, 999),
  address: '203.0.113.7',
  userAgent: PHONE,
  referrer: undefined,
  source: null,
  country: 'DE',
};

const SHOWN = { kind: 'profile', ownerId: 'owner', cardId: null } as const;
const view = (visit: Partial<Visit>) => viewOf(SHOWN, { ...VISIT, ...visit }, 'mark');

test('a view keeps the hour and nothing of the address, the browser or the page before', () => {
  expect(view({ referrer: 'https://blog.example/?me' })).toEqual({
    ...SHOWN,
    hour: Date.UTC(2027, 0, 15, 14) / 3_600_000,
    source: 'web',
    country: 'DE',
    device: 'phone',
    visitor: 'mark',
  });
});

test.each([
  [{ source: 'qr' }, 'qr'],
  [{ source: 'nfc', referrer: 'https://blog.example/' }, 'nfc'],
  [{ source: 'QR' }, 'link'],
  [{ source: 'email' }, 'link'],
  [{}, 'link'],
  [{ referrer: '' }, 'link'],
  [{ referrer: 'https://blog.example/' }, 'web'],
  [{ referrer: 'android-app://org.telegram.messenger/' }, 'app'],
])('%o came by %s', (visit, source) => {
  expect(view(visit).source).toBe(source);
});

test.each([
  ['DE', 'DE'],
  ['T1', 'T1'],
  ['XX', 'XX'],
  [undefined, 'XX'],
  ['de', 'XX'],
  ['DEU', 'XX'],
])('country %s is kept as %s', (country, kept) => {
  expect(view({ country }).country).toBe(kept);
});

test.each([
  [PHONE, 'phone'],
  ['Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36', 'phone'],
  ['okhttp/4.12.0', 'phone'],
  ['DevCard/12 CFNetwork/1568.200.51 Darwin/24.1.0', 'phone'],
  ['Mozilla/5.0 (Linux; Android 16; SM-X710) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', 'tablet'],
  ['Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'tablet'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/140.0', 'desktop'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15', 'desktop'],
  ['Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', 'desktop'],
  ['Mozilla/5.0 (PlayStation 5)', 'other'],
])('%s is a %s', (userAgent, device) => {
  expect(view({ userAgent }).device).toBe(device);
});

describe('left out', () => {
  const isOut = (headers: Record<string, string>) =>
    isLeftOut((name) => ({ 'User-Agent': PHONE, ...headers })[name]);

  test('a person’s request is not', () => {
    expect(isOut({})).toBe(false);
    expect(isOut({ DNT: '0', 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Site': 'same-origin' })).toBe(false);
    expect(isOut({ 'Sec-Fetch-Dest': 'image', 'Sec-Fetch-Site': 'cross-site' })).toBe(false);
  });

  test.each([
    { DNT: '1' },
    { 'Sec-GPC': '1' },
    { 'Sec-Purpose': 'prefetch' },
    { 'Sec-Purpose': 'prefetch;prerender' },
    { Purpose: 'prefetch' },
    { 'X-Moz': 'prefetch' },
    { 'Sec-Fetch-Dest': 'image', 'Sec-Fetch-Site': 'same-origin' },
    { 'User-Agent': '' },
  ])('%o is', (headers) => {
    expect(isOut(headers)).toBe(true);
  });

  test.each([
    'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
    'Mozilla/5.0 (Linux; Android 6.0.1) AppleWebKit/537.36 Mobile Safari/537.36 (compatible; Googlebot/2.1)',
    'Mozilla/5.0 (compatible; YandexBot/3.0)',
    'TelegramBot (like TwitterBot)',
    'Discordbot/2.0',
    'LinkedInBot/1.0',
    'facebookexternalhit/1.1',
    'meta-externalagent/1.1',
    'WhatsApp/2.23.20.0',
    'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5',
    'github-camo (876de43e)',
    'Mozilla/5.0 AppleWebKit/537.36 Chrome-Lighthouse',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0',
    'UptimeRobot/2.0 monitor',
    'curl/8.9.1',
    'Wget/1.24',
    'python-requests/2.32',
    'Go-http-client/2.0',
    'node',
  ])('%s is', (userAgent) => {
    expect(isOut({ 'User-Agent': userAgent })).toBe(true);
  });

  test.each([
    'Mozilla/5.0 (Linux; Android 16; CUBOT X70) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1.15 Mobile/15E148 Instagram 340.0',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1.15 [FBAN/FBIOS;FBAV/480.0]',
    'okhttp/4.12.0',
  ])('%s is not', (userAgent) => {
    expect(isOut({ 'User-Agent': userAgent })).toBe(false);
  });
});

test('the last days are in UTC, oldest first', () => {
  expect(lastDays(3, Date.UTC(2027, 2, 1, 0, 0, 1))).toEqual(['2027-02-27', '2027-02-28', '2027-03-01']);
  expect(lastDays(90, Date.UTC(2027, 2, 1, 23, 59))).toHaveLength(90);
});
