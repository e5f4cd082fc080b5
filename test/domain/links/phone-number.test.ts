/** Telephone numbers as the world writes them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLink } from '../../../src/domain/links/parse-link.ts';
import { phoneNumber } from '../../../src/domain/links/phone-number.ts';

test.each([
  ['+49 (0)1512 3456789', '+4915123456789'],
  ['+44 (0) 20 7946 0958', '+442079460958'],
  ['+41 (0)79 123 45 67', '+41791234567'],
  ['+33 (0) 1 23 45 67 89', '+33123456789'],
  ['+353 (0)1 234 5678', '+35312345678'],
  ['0049 (0)30/123456', '+4930123456'],
  ['+49(0)151-2345678', '+491512345678'],
  ['+49 [0] 151 2345678', '+491512345678'],
  ['+49 （0）151 2345678', '+491512345678'],
  ['+49 (0151) 2345678', '+491512345678'],
  ['+49 0151 2345678', '+491512345678'],
  ['+39 036384331', '+39036384331'],
  ['+39 (0)6 698 1234', '+39066981234'],
  ['+39 347 1234567', '+393471234567'],
  ['+378 (0)549 882', '+3780549882'],
  ['+379 (0)6 698 1', '+379066981'],
  ['+225 07 01 02 03 04', '+2250701020304'],
  ['+242 06 612 3456', '+242066123456'],
  ['+1 (555) 010-9999', '+15550109999'],
  ['+7 495 123-45-67', '+74951234567'],
  ['+81 (0)3-1234-5678', '+81312345678'],
  ['+49 151.234.5678', '+491512345678'],
  ['tel:+49-151-2345678', '+491512345678'],
  ['Tel.: +49 151 2345678', '+491512345678'],
  ['＋４９ １５１ ２３４５６７８', '+491512345678'],
  ['+٤٩ ١٥١ ٢٣٤٥٦٧٨', '+491512345678'],
  ['+۹۸ ۹۱۲ ۳۴۵ ۶۷۸۹', '+989123456789'],
  ['+९१ ९८७६५ ४३२१०', '+919876543210'],
])('%s is %s', (typed, number) => {
  expect(phoneNumber(typed)).toBe(number);
  expect(phoneNumber(number)).toBe(number);
});

test('hyphens and spaces of all kinds are separators, and what nobody sees is nothing', () => {
  const separators =
    '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u00ad\u00a0\u202f\u2009\u3000\u200b\u200e\u202a\u2066\ufeff./-';
  for (const one of separators)
    expect(phoneNumber(`${one}+49${one}151${one}2345678${one}`)).toBe('+491512345678');
});

test.each([
  '0151 2345678',
  '(555) 010-9999',
  '+49 151 2345678 ext. 12',
  '+49 151 2345678 x12',
  '+49 151 2345678;ext=12',
  '+49 151 2345678 #12',
  'tel:2345678;phone-context=+49151',
  '+1 800 FLOWERS',
  '+1 555 010 999',
  '+49 151 (0) 2345678',
  '+123456',
  '+1234567890123456',
  '++49 151 2345678',
  '+0151 2345678',
  '+',
  '',
])('%s is no number that everybody could call', (typed) => {
  expect(phoneNumber(typed)).toBeUndefined();
});

test('a number that was read is read the same again', () => {
  const typed = fc
    .array(fc.constantFrom('+', '00', '49', '39', '1', '(0)', '0', '5', ' ', '-', '7', '123', '\u202a'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(typed, (text) => {
      const number = phoneNumber(text);
      if (number !== undefined)
        expect([number, phoneNumber(number)]).toEqual([expect.stringMatching(/^\+[1-9]\d{6,14}$/), number]);
    }),
  );
});

describe('as a link', () => {
  const linkOf = (platform: string, username: string, url?: string) => {
    const result = parseLink({ platform, username, url });
    return result.ok ? [result.link.username, result.link.url] : result.errors[0]?.message;
  };

  test.each([
    ['phone', '+49 (0)1512 3456789', undefined, '+4915123456789', 'tel:+4915123456789'],
    ['phone', 'tel:+49-1512-3456789', undefined, '+4915123456789', 'tel:+4915123456789'],
    ['phone', '', 'tel:+4915123456789', '+4915123456789', 'tel:+4915123456789'],
    ['phone', '+4915123456789', 'tel:+49-1512-3456789', '+4915123456789', 'tel:+4915123456789'],
    ['whatsapp', '+49 (0)1512 3456789', undefined, '4915123456789', 'https://wa.me/4915123456789'],
    ['whatsapp', '49 1512 3456789', undefined, '4915123456789', 'https://wa.me/4915123456789'],
    ['signal', '+44 (0) 20 7946 0958', undefined, '+442079460958', 'https://signal.me/#p/+442079460958'],
  ])('at %s: %j, %j', (platform, username, url, handle, address) => {
    expect(linkOf(platform, username, url)).toEqual([handle, address]);
  });

  test('without a country code it is refused, with what is missing', () => {
    expect(linkOf('phone', '0151 2345678')).toBe(
      'A telephone number has a country code, at most 15 digits and no extension: +49 1512 3456789.',
    );
    expect(linkOf('phone', '+49 151 2345678', 'tel:+49151999999')).toBe(
      'This leads to another address. Leave it out: it follows from the number.',
    );
  });
});
