/** Texts, ids and sums on their way over, and what the report says of them. */
import { expect, test } from 'vitest';
import { importedId } from '../../../dev/import-devcard/ids.ts';
import { progressLine, reportLine, summary, type Tally } from '../../../dev/import-devcard/report.ts';
import { mendText } from '../../../dev/import-devcard/texts.ts';
import { importViews } from '../../../dev/import-devcard/views.ts';

const TALLY: Tally = {
  people: 10_000,
  read: 2_500,
  imported: 2_480,
  hereAlready: 15,
  leftOut: 5,
  links: 7_000,
  cards: 2_600,
  views: 1_234_567,
  reasons: { 'name-reserved': 3, 'link-refused': 12 },
  leftBehind: { oauth_tokens: 7, teams: 0 },
  notForgotten: 0,
};

test('progress says how far, how fast and how long', () => {
  expect(progressLine(TALLY, 5_000)).toBe('2,500 of 10,000 people, 500 a second, 15 s left');
  expect(progressLine(TALLY, 500_000)).toBe('2,500 of 10,000 people, 5 a second, 25 min left');
  expect(progressLine({ ...TALLY, read: 0 }, 1_000)).toBe('0 of 10,000 people, 0 a second, starting');
});

test('the summary', () => {
  expect(
    summary(TALLY, { dryRun: true, elapsedMs: 5_000, details: 'report.jsonl' }),
  ).toBe(`Dry run: nothing was written. An import would do this.
People: 2,500 read, 2,480 imported, 15 here already, 5 left out
With them: 7,000 links, 2,600 cards, 1,234,567 views
Time: 5 s

To know:
       12 links were left out (link-refused)
        3 names are reserved here, or read as the voice of this service, and were changed (name-reserved)

Stays behind: 7 oauth_tokens

Each case: report.jsonl
`);
  expect(
    summary({ ...TALLY, reasons: {}, notForgotten: 250 }, { dryRun: false, elapsedMs: 0, details: 'r' }),
  ).toMatch(
    /^The import is done\.[\s\S]*Everything was taken over as it was\.[\s\S]*did not acknowledge 250 names/,
  );
});

test('a line of the report', () => {
  const whom = { id: '1', username: 'Ada', email: 'secret@example.org' };
  expect(reportLine(whom, { outcome: 'changed', reason: 'name-reserved', from: 'a', to: 'b' })).toBe(
    '{"person":"1","username":"Ada","outcome":"changed","reason":"name-reserved","from":"a","to":"b"}\n',
  );
});

test.each([
  ['Ada', 'Ada', undefined],
  [null, '', undefined],
  ['  ', '', undefined],
  ['Ada\tLovelace', 'Ada Lovelace', 'text-mended'],
  ['Ada\u0007', 'Ada', 'text-mended'],
  ['Ada \u202egnp.exe', 'Ada gnp.exe', 'text-mended'],
  [`a${'\u0301'.repeat(40)}`, `á${'\u0301'.repeat(9)}`, 'text-mended'],
  ['half \ud83d', 'half \ufffd', 'text-mended'],
  ['x'.repeat(25), 'x'.repeat(20), 'text-cut'],
  [`${'x'.repeat(19)}👩‍👩‍👧‍👦`, 'x'.repeat(19), 'text-cut'],
])('%j becomes %j', (raw, text, reason) => {
  const mended = mendText(raw, { field: 'displayName', max: 20 });
  expect([mended.text, mended.findings[0]?.reason]).toEqual([text, reason]);
});

test('a text of several lines keeps them', () => {
  expect(mendText('a\r\nb\tc', { field: 'bio', max: 20, multiline: true }).text).toBe('a\nb c');
});

test('ids stay where they are UUIDs, else become the same one in every run', () => {
  const id = 'AAAAAAAA-1111-4111-8111-111111111111';
  expect(importedId('card', id)).toBe(id.toLowerCase());
  expect(importedId('card', 'c1')).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
  expect(importedId('card', 'c1')).toBe(importedId('card', 'c1'));
  expect(importedId('card', 'c1')).not.toBe(importedId('link', 'c1'));
});

test('sources that are unknown here count as link, in one sum', () => {
  const old = { card_id: null, day: '2026-01-01', views: 2 };
  expect(
    importViews([
      { ...old, source: 'link', latest: '2026-01-01T01:00:00.000Z' },
      { ...old, source: ' Poster ', latest: '2026-01-01T05:00:00.000Z' },
      { ...old, source: 'APP', latest: '2026-01-01T02:00:00.000Z' },
    ]),
  ).toEqual({
    views: [
      {
        day: '2026-01-01',
        kind: 'profile',
        cardId: null,
        source: 'link',
        views: 4,
        latest: '2026-01-01T05:00:00.000Z',
      },
      {
        day: '2026-01-01',
        kind: 'profile',
        cardId: null,
        source: 'app',
        views: 2,
        latest: '2026-01-01T02:00:00.000Z',
      },
    ],
    findings: [
      { outcome: 'changed', reason: 'source-unknown', from: ' Poster ', to: 'link', detail: '2 views' },
    ],
  });
});
