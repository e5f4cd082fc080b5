/** Batches of views: written, read, distrusted and summed. */
import { expect, test } from 'vitest';
import type { View } from '../../../src/domain/views/view.ts';
import { decodeEntry, encodeEntry, tally, visitorsByDay } from '../../../src/domain/views/view-log.ts';

const OWNER = '00000000-0000-4000-8000-000000000001';
const CARD = '00000000-0000-4000-8000-000000000002';
const HOUR = Date.UTC(2027, 0, 15, 23) / 3_600_000;

const view = (fields: Partial<View> = {}): View => ({
  ownerId: OWNER,
  hour: HOUR,
  kind: 'profile',
  cardId: null,
  source: 'qr',
  country: 'DE',
  device: 'phone',
  visitor: 'ada',
  ...fields,
});

test('equal views become one line with their number', () => {
  const entry = encodeEntry([view(), view({ visitor: 'bob' }), view()]);
  expect(decodeEntry(entry)).toEqual([
    { view: view(), views: 2 },
    { view: view({ visitor: 'bob' }), views: 1 },
  ]);
});

test('what is not a view of ours is passed over', () => {
  const [row] = JSON.parse(encodeEntry([view()])) as [unknown[]];
  const changed = (index: number, value: unknown) => row.map((field, i) => (i === index ? value : field));
  const bad = [
    null,
    [],
    'text',
    changed(0, "x'; DROP TABLE users; --"),
    changed(1, 1e12),
    changed(1, '5'),
    changed(2, 'like'),
    changed(3, 'card'),
    changed(4, 'mail'),
    changed(5, 'de'),
    changed(6, 'fridge'),
    changed(7, 7),
    changed(8, 0),
    changed(8, -1),
    changed(8, 1.5),
  ];
  expect(decodeEntry(JSON.stringify([...bad, row]))).toEqual([{ view: view(), views: 1 }]);
  for (const text of ['', 'null', '{}', '{"a":1}', '[', '7']) expect(decodeEntry(text)).toEqual([]);
});

test('sums by day, kind, card and source; by country and device; and new visitors', () => {
  const counted = decodeEntry(
    encodeEntry([
      view(),
      view({ hour: HOUR - 2, country: 'FR', visitor: 'bob' }),
      view({ kind: 'card', cardId: CARD, device: 'desktop' }),
      view({ hour: HOUR + 1, visitor: 'ada-tomorrow' }),
      view({ visitor: 'known' }),
    ]),
  );
  const sums = tally(counted, new Map([['2027-01-15', new Set(['known'])]]));
  const qr = { owner: OWNER, source: 'qr' };
  expect(sums.counts).toEqual([
    { ...qr, day: '2027-01-15', kind: 'profile', card: null, views: 3, latest: '2027-01-15T23:00:00.000Z' },
    { ...qr, day: '2027-01-15', kind: 'card', card: CARD, views: 1, latest: '2027-01-15T23:00:00.000Z' },
    { ...qr, day: '2027-01-16', kind: 'profile', card: null, views: 1, latest: '2027-01-16T00:00:00.000Z' },
  ]);
  const facet = (day: string, facet: string, value: string, views: number) => ({
    owner: OWNER,
    day,
    facet,
    value,
    views,
  });
  expect(new Set(sums.facets)).toEqual(
    new Set([
      facet('2027-01-15', 'country', 'DE', 3),
      facet('2027-01-15', 'country', 'FR', 1),
      facet('2027-01-15', 'device', 'phone', 3),
      facet('2027-01-15', 'device', 'desktop', 1),
      facet('2027-01-16', 'country', 'DE', 1),
      facet('2027-01-16', 'device', 'phone', 1),
    ]),
  );
  expect(sums.visitors).toEqual([
    { owner: OWNER, day: '2027-01-15', visitors: 2 },
    { owner: OWNER, day: '2027-01-16', visitors: 1 },
  ]);
  expect(visitorsByDay(counted)).toEqual(
    new Map([
      ['2027-01-15', new Set(['ada', 'bob', 'known'])],
      ['2027-01-16', new Set(['ada-tomorrow'])],
    ]),
  );
});
