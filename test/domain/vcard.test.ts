/** vCards, read back by two independent parsers (ical.js, vcf), and octet by octet where phones are picky. */
import fc from 'fast-check';
import ICAL from 'ical.js';
import VCard from 'vcf';
import { describe, expect, test } from 'vitest';
import type { PublicLink, PublicProfile } from '../../src/domain/profile.ts';
import { vcard } from '../../src/domain/vcard.ts';

const PROFILE_URL = 'https://cards.example.org/u/ada';
const UID = 'urn:uuid:0191b7f0-0000-8000-8000-000000000001';

const link = (platform: string, username: string, url: string): PublicLink => ({
  id: '0191b7f0-0000-7000-8000-000000000001',
  platform,
  username,
  url,
  displayOrder: 0,
  followed: false,
});

const ADA: PublicProfile = {
  username: 'ada',
  displayName: 'Ada Lovelace',
  bio: 'Poetical science; engines,\nnumbers \\ looms',
  pronouns: 'she/her',
  role: 'Analyst; first of her kind',
  company: 'Engines, Babbage & Co',
  avatarUrl: 'https://avatars.example.org/u/1?v=4,5;6',
  accentColor: '#6366f1',
  links: [
    link('github', 'ada', 'https://github.com/ada'),
    link('email', 'ada@example.org', 'mailto:ada@example.org'),
    link('custom', 'My notes, 1843', 'https://ada.example/notes;a,b'),
    link('portfolio', 'https://ada.example/', 'https://ada.example/'),
    link('discord', 'ada.l', ''),
  ],
};

const BARE: PublicProfile = {
  ...ADA,
  bio: null,
  pronouns: null,
  role: null,
  company: null,
  avatarUrl: null,
  links: [],
};

/** [name, parameters, type, value, …] of each line, as jCard (RFC 7095). */
function parsed(card: string): [string, Record<string, string>, string, ...unknown[]][] {
  const [kind, properties] = ICAL.parse(card) as [string, never];
  expect(kind).toBe('vcard');
  return properties;
}

/** ical.js leaves `\;` in a text as it is, but RFC 2426 section 4 has every semicolon of a text escaped. */
function unescaped(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\\;', ';') : value;
}

/** What the second parser finds; it leaves texts as they stand in the file. */
function secondReading(card: string, name: string): unknown[] {
  const [read, ...more] = VCard.parse(card);
  expect(more).toEqual([]);
  const values = (read?.toJSON()[1] ?? []).filter(([each]) => each === name).map(([, , , value]) => value);
  return values.map((value) =>
    typeof value === 'string'
      ? value.replace(/\\([\\,;n])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))
      : value,
  );
}

function valuesOf(card: string, name: string): unknown[] {
  return parsed(card)
    .filter(([each]) => each === name)
    .map(([, , , value]) => unescaped(value));
}

describe('vcard', () => {
  test('carries the whole profile', () => {
    const properties = parsed(vcard(ADA, PROFILE_URL, UID)).map(([name, parameters, , value]) => [
      name,
      parameters,
      unescaped(value),
    ]);
    expect(properties).toEqual([
      ['version', {}, '3.0'],
      ['prodid', {}, '-//DevCard Edge//EN'],
      ['uid', {}, UID],
      ['n', {}, ['Lovelace', 'Ada', '', '', '']],
      ['fn', {}, 'Ada Lovelace'],
      ['nickname', {}, 'ada'],
      ['title', {}, 'Analyst; first of her kind'],
      ['org', {}, 'Engines, Babbage & Co'],
      ['email', { type: 'INTERNET' }, 'ada@example.org'],
      ['url', { group: 'item1' }, PROFILE_URL],
      ['x-ablabel', { group: 'item1' }, 'DevCard'],
      ['url', { group: 'item2' }, 'https://github.com/ada'],
      ['x-ablabel', { group: 'item2' }, 'GitHub'],
      ['url', { group: 'item3' }, 'https://ada.example/notes;a,b'],
      // An extension has no known type, so the parser gives it raw; it is text to Apple, and escaped like one.
      ['x-ablabel', { group: 'item3' }, 'My notes\\, 1843'],
      ['url', { group: 'item4' }, 'https://ada.example/'],
      ['x-ablabel', { group: 'item4' }, 'Portfolio'],
      ['note', {}, 'she/her\nPoetical science; engines,\nnumbers \\ looms\nDiscord: ada.l'],
    ]);
  });

  test('says the same to a second parser', () => {
    const links = [...ADA.links, link('phone', '+4915123456789', 'tel:+4915123456789')];
    const card = vcard({ ...ADA, links }, PROFILE_URL, UID);
    const read = (name: string) => secondReading(card, name);
    expect(read('uid')).toEqual([UID]);
    expect(read('n')).toEqual([['Lovelace', 'Ada', '', '', '']]);
    expect(read('fn')).toEqual(['Ada Lovelace']);
    expect(read('title')).toEqual(['Analyst; first of her kind']);
    expect(read('org')).toEqual(['Engines, Babbage & Co']);
    expect(read('email')).toEqual(['ada@example.org']);
    expect(read('tel')).toEqual(['+4915123456789']);
    expect(read('url')).toEqual(valuesOf(card, 'url'));
    expect(read('note')).toEqual(valuesOf(card, 'note'));
    expect(read('xAbLabel')).toEqual(['DevCard', 'GitHub', 'My notes, 1843', 'Portfolio']);
  });

  test('leaves out what a profile does not have', () => {
    expect(vcard(BARE, PROFILE_URL)).toBe(
      [
        'BEGIN:VCARD',
        'VERSION:3.0',
        'PRODID:-//DevCard Edge//EN',
        'N:Lovelace;Ada;;;',
        'FN:Ada Lovelace',
        'NICKNAME:ada',
        'item1.URL:https://cards.example.org/u/ada',
        'item1.X-ABLabel:DevCard',
        'END:VCARD',
        '',
      ].join('\r\n'),
    );
  });

  test('has every telephone number once, as a number, and the address of those that have a page', () => {
    const links = [
      link('phone', '+4915123456789', 'tel:+4915123456789'),
      link('whatsapp', '4915123456789', 'https://wa.me/4915123456789'),
      link('signal', '+442079460958', 'https://signal.me/#p/+442079460958'),
      link('signal', 'ada.01', ''),
    ];
    const card = vcard({ ...BARE, links }, PROFILE_URL);
    expect(card).toContain('\r\nTEL;TYPE=CELL,VOICE:+4915123456789\r\nTEL;TYPE=CELL:+442079460958\r\n');
    expect(valuesOf(card, 'tel')).toEqual(['+4915123456789', '+442079460958']);
    expect(valuesOf(card, 'x-ablabel')).toEqual(['DevCard', 'WhatsApp', 'Signal']);
    expect(valuesOf(card, 'note')).toEqual(['Signal: ada.01']);
  });

  test('has no photo: the service has no bytes of it, and contact apps fetch none', () => {
    expect(vcard(ADA, PROFILE_URL)).not.toContain('PHOTO');
  });

  test('heads unlabelled addresses by their host, and writes mail addresses as mail knows them', () => {
    const links = [
      link('custom', 'https://one.example/', 'https://one.example/'),
      link('custom', 'https://xn--bcher-kva.example/', 'https://xn--bcher-kva.example/'),
      link('email', 'ada@bücher.example', 'mailto:ada@xn--bcher-kva.example'),
      link('email', "o'hara%x@example.org", "mailto:o'hara%25x@example.org"),
    ];
    const card = vcard({ ...BARE, links }, PROFILE_URL);
    expect(valuesOf(card, 'x-ablabel')).toEqual(['DevCard', 'one.example', 'bücher.example']);
    expect(valuesOf(card, 'email')).toEqual(['ada@xn--bcher-kva.example', "o'hara%x@example.org"]);
  });

  test('names a link of an unknown platform by its id', () => {
    const card = vcard({ ...BARE, links: [link('myspace', 'tom', 'https://myspace.com/tom')] }, PROFILE_URL);
    expect(valuesOf(card, 'x-ablabel')).toEqual(['DevCard', 'myspace']);
  });

  test.each([
    ['Ada Lovelace', ['Lovelace', 'Ada']],
    ['Zoë O’Neill-Łuk', ['O’Neill-Łuk', 'Zoë']],
    ['Лев Толстой', ['Толстой', 'Лев']],
    ['Дарʼя Коваль', ['Коваль', 'Дарʼя']],
    ['Gal·la Placídia', ['Placídia', 'Gal·la']],
    ['ʻAkahi Kealoha', ['Kealoha', 'ʻAkahi']],
    ['Siobhán O‘Brien', ['O‘Brien', 'Siobhán']],
    ['D`Arcy D´Angelo', ['D´Angelo', 'D`Arcy']],
    ['Jean‑Luc Anne‐Marie', ['Anne‐Marie', 'Jean‑Luc']],
    ['Ada', ['', 'Ada']],
    ['Ludwig van Beethoven', ['', 'Ludwig van Beethoven']],
    ['山田 太郎', ['', '山田 太郎']],
    ['Ada 🚀', ['', 'Ada 🚀']],
    ['Ada; Lovelace', ['', 'Ada; Lovelace']],
  ])('splits %s only where that is safe', (displayName, parts) => {
    const card = vcard({ ...BARE, displayName }, PROFILE_URL);
    expect(valuesOf(card, 'n')).toEqual([[...parts, '', '', '']]);
    expect(valuesOf(card, 'fn')).toEqual([displayName]);
  });

  test('folds lines at 75 octets, between characters', () => {
    const bio = `${'é'.repeat(80)}${'漢'.repeat(80)}${'👩‍💻'.repeat(40)}`;
    const card = vcard({ ...BARE, bio }, PROFILE_URL);
    const lines = card.split('\r\n');
    for (const line of lines) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line.isWellFormed()).toBe(true);
    }
    expect(lines.filter((line) => line.startsWith(' ')).length).toBeGreaterThan(10);
    expect(valuesOf(card, 'note')).toEqual([bio]);
  });

  test('fills a line to the last octet before it folds', () => {
    const exact = vcard({ ...BARE, bio: 'x'.repeat(70) }, PROFILE_URL);
    expect(exact).toContain(`\r\nNOTE:${'x'.repeat(70)}\r\n`);
    const longer = vcard({ ...BARE, bio: 'x'.repeat(71) }, PROFILE_URL);
    expect(longer).toContain(`\r\nNOTE:${'x'.repeat(70)}\r\n x\r\n`);
  });

  test('is inert whatever the profile says', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            '\r\n',
            '\n',
            '\r',
            ';',
            ',',
            '\\',
            '\\n',
            ':',
            'END:VCARD',
            'TEL:1',
            ' ',
            '"',
            'é',
          ),
        )
        .map((list) => list.join('')),
    );
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 8, maxLength: 8 }), (texts) => {
        const [
          displayName = '',
          username = '',
          bio = '',
          role = '',
          company = '',
          avatarUrl = '',
          name = '',
          url = '',
        ] = texts;
        const links = [link('custom', name, `https://x.example/${url}`), link('discord', name, '')];
        const profile = { ...BARE, displayName, username, bio, role, company, avatarUrl, links };
        const card = vcard(profile, PROFILE_URL);
        const known = [
          'version',
          'prodid',
          'uid',
          'n',
          'fn',
          'nickname',
          'title',
          'org',
          'url',
          'x-ablabel',
          'note',
        ];
        for (const [property] of parsed(card)) expect(known).toContain(property);
        expect(card.match(/^END:VCARD\r\n/gm)).toHaveLength(1);
        expect(card).not.toMatch(/[^\r]\n|\r[^\n]/);
        for (const line of card.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      }),
      { numRuns: 300 },
    );
  });

  test('gives every text back as it was', () => {
    const typed = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 100 })
      .filter((text) => !/\p{Cc}/u.test(text));
    fc.assert(
      fc.property(typed, typed, (bio, role) => {
        const card = vcard({ ...BARE, bio, role }, PROFILE_URL);
        expect(valuesOf(card, 'note')).toEqual([bio]);
        expect(valuesOf(card, 'title')).toEqual([role]);
        expect(secondReading(card, 'note')).toEqual([bio]);
        expect(secondReading(card, 'title')).toEqual([role]);
      }),
    );
  });
});
