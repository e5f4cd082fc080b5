/** Addresses as chats, mails, keyboards and link checkers leave them, and what was meant. */
import { describe, expect, test } from 'vitest';
import { mend, pathOf } from '../../src/domain/arrival.ts';

const CARD = '00000003-0000-4000-8000-000000000001';

function meant(address: string): string | undefined {
  const { pathname, search } = new URL(address, 'https://cards.example');
  const arrival = mend(pathname, search, ['/q']);
  return arrival && pathOf(arrival) + ('search' in arrival ? arrival.search : '');
}

describe('a profile', () => {
  test.each([
    ...[
      '/u/ada/',
      '/u/ada.',
      '/u/ada,',
      '/u/ada)',
      '/u/ada%20',
      '/u/ada%E2%80%8B',
      '/u/@ada',
      '/U/ada',
      '/ada',
    ],
    ...[
      '/u/ada;',
      '/u/ada:',
      '/u/ada!',
      '/u/ada...',
      '/u/ada%E2%80%A6',
      '/u/ada%22',
      "/u/ada'",
      '/u/ada%E2%80%9D',
      '/u/ada%C2%BB',
    ],
    ...[
      '/u/ada]',
      '/u/ada%5D',
      '/u/ada%7D',
      '/u/ada%3E',
      '/u/ada**',
      '/u/ada%60',
      '/u/ada%7C',
      '/u/ada).',
      '/u/ada.)',
      '/u/ada,%20',
    ],
    ...[
      '/u/ada%2F',
      '/u/ada%252F',
      '/u/ada//',
      '/u//ada',
      '//u/ada',
      '/u/ada/.',
      '/u/%20ada',
      '/u/%E2%80%8Bada',
      '/u/%40ada',
      '/u/~ada',
    ],
    ...[
      '/u/ada%E3%80%82',
      '/u/ada%EF%BC%8C',
      '/u/ada%D8%8C',
      '/u/ada%E3%81%AE',
      '/u/ada%0A',
      '/u/ada%09',
      '/u/ada%C2%A0',
      '/u/ada%EF%BB%BF',
    ],
    ...[
      '/u/ada&utm_source=mail',
      '/u/ada&fbclid=x.y',
      '/u/ada%26utm_source%3Dmail',
      '/u/ada&sa=D&source=editors&ust=17',
      '/u/ada;utm=1',
    ],
    ...[
      '/u/ada&data=05%7C02%7C%7Cabc&reserved=0',
      '/u/ada__;!!N11eV2iwtfs!xyz$',
      '/u/ada%3Futm_source%3Dmail',
      '/u/ada%23top',
    ],
    ...[
      '/u/ada%20is%20my%20card',
      "/u/ada's",
      '/u/ada](https://cards.example/u/ada)',
      '/u/ada%22%3Eclick',
      '/u/ada%3C/a%3E',
      '/u/(ada)',
    ],
    ...[
      '/u/%E2%80%9Cada%E2%80%9D',
      '/u/%3Cada%3E',
      '/u/a%E2%80%8Bda',
      '/u/a%C2%ADda',
      '/@ada',
      '/ada/',
      '/ada.',
      '/%40ada',
      '/u%2Fada',
      '/u%5Cada',
    ],
    ...['/u/ada%', '/u/ada%E3'],
  ])('%s', (address) => {
    expect(meant(address)).toBe('/u/ada');
  });

  test.each([
    ['/u/ada.VCF', '/u/ada.vcf'],
    ['/U/ada.vcf', '/u/ada.vcf'],
    ['/u/ada.vcf)', '/u/ada.vcf'],
    ['/u/@ada.vcf.', '/u/ada.vcf'],
    ['/ada?source=nfc', '/u/ada?source=nfc'],
    ['/u/ada/?source=qr', '/u/ada?source=qr'],
    ['/u/ada%3Fsource%3Dqr', '/u/ada?source=qr'],
    ['/u/ada&utm=1&source=qr', '/u/ada?source=qr'],
    ['/u/Ada_L-1815.', '/u/Ada_L-1815'],
    ['/u/ada__.', '/u/ada__'],
  ])('%s is %s', (address, path) => {
    expect(meant(address)).toBe(path);
  });
});

describe('a card', () => {
  test.each([
    [`/ada?card=${CARD}`, `/u/ada/card/${CARD}`],
    [`/ada?card=${CARD}&source=nfc`, `/u/ada/card/${CARD}?source=nfc`],
    [`/ada%3Fcard%3D${CARD}`, `/u/ada/card/${CARD}`],
    [`/u/ada/card/${CARD}/`, `/u/ada/card/${CARD}`],
    [`/u/ada/card/${CARD}).`, `/u/ada/card/${CARD}`],
    [`/U/ada/Card/${CARD.toUpperCase()}%20`, `/u/ada/card/${CARD}`],
    [`/u/@ada/card/${CARD}&utm_source=x`, `/u/ada/card/${CARD}`],
    [`/devcard/${CARD}.`, `/devcard/${CARD}`],
    [`/DevCard/${CARD}/`, `/devcard/${CARD}`],
    [`/devcard/${CARD}%3Fsource%3Dqr`, `/devcard/${CARD}?source=qr`],
  ])('%s', (address, path) => {
    expect(meant(address)).toBe(path);
  });
});

describe('an offline code', () => {
  test.each([
    '/q%23123456',
    '/q/%23123456',
    '/Q%23123456',
    '/q%2523123456',
    '/q%3Futm=1%23123456',
    '/q%23123456)',
    '/q//%23123456',
  ])('%s', (address) => {
    expect(meant(address)).toBe('/q#123456');
  });

  test.each(['/x%23123', '/q%23', '/q%23abc'])('%s is none', (address) => {
    expect(meant(address) ?? '').not.toContain('#');
  });
});

describe('nothing is made of', () => {
  test.each([
    ...[
      '/u/ada',
      '/u/ada.vcf',
      `/u/ada/card/${CARD}`,
      `/devcard/${CARD}`,
      '/u/ab',
      '/u/',
      '/u',
      '/',
      '/u/...',
    ],
    ...[
      '/u/ada.json',
      '/u/ada.html',
      '/u/ada/settings',
      '/u/ada/card/',
      '/u/ada/card/1',
      '/wp-login.php',
      '/ada/settings',
    ],
    ...[
      '/.env',
      '/u/ada/../../etc/passwd.',
      `/u/${'a'.repeat(51)}.`,
      `/u/ada.${'x'.repeat(9000)}`,
      '/u/%D0%B0da',
      '/xy',
    ],
  ])('%s', (address) => {
    expect(meant(address)).toBeUndefined();
  });

  test('a long text of signs, in reasonable time', () => {
    for (const sign of ['.', '/', ')', '%20', '-', '_', '%E2%80%8B']) meant(`/u/ada${sign.repeat(800)}x`);
  });
});
