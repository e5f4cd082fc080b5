/** A log of views that grows long is summed between the hourly runs: one isolate at a time, and nothing is lost. */
import { expect, test } from 'vitest';
import { viewOf } from '../../src/domain/views/view.ts';
import { encodeEntry } from '../../src/domain/views/view-log.ts';
import { ViewRollUp } from '../../src/services/view-roll-up.ts';
import type { ViewLog, ViewStore } from '../../src/view-ports.ts';

const OWNER = '00000000-0000-4000-8000-000000000001';
const ENTRY = encodeEntry([
  viewOf(
    { kind: 'profile', ownerId: OWNER, cardId: null },
    { at: 0, address: '', userAgent: '', referrer: undefined, source: 'qr', country: undefined },
    'visitor',
  ),
]);

/** A log and sums in memory, with the one place for a roll-up. */
function setUp() {
  const entries: string[] = [];
  const state = { position: 0, sum: 0, claims: 0, refusedClaims: 0, isTaken: false, longest: 0 };
  const viewLog: ViewLog = {
    async append(entry) {
      state.longest = Math.max(state.longest, entries.push(entry));
      return entries.length;
    },
    read: async (most) => ({ id: 'log', position: state.position, entries: entries.slice(0, most) }),
    known: async () => new Set(),
    async release(_, end) {
      entries.splice(0, end - state.position);
      state.position = end;
    },
    async claimRollUp() {
      if (state.isTaken) state.refusedClaims += 1;
      else state.claims += 1;
      const isFree = !state.isTaken;
      state.isTaken = true;
      return isFree;
    },
    async leaveRollUp() {
      state.isTaken = false;
    },
    dayKey: async () => new Uint8Array(32),
  };
  const store: Pick<ViewStore, 'add'> = {
    async add(_, end, { counts }) {
      for (const { views } of counts) state.sum += views;
      return end;
    },
  };
  return { viewLog, state, entries, rollUp: new ViewRollUp({ viewLog, store: store as ViewStore }) };
}

test('two minutes at the rate of 10⁹ views a month, each view a batch of its own, lose nothing', async () => {
  const { viewLog, state, entries, rollUp } = setUp();
  const views = 386 * 120;
  for (let i = 0; i < views; i += 1) await rollUp.keepUp(await viewLog.append(ENTRY));
  expect(state.sum + entries.length).toBe(views);
  // The mark, and no more: far from the 100,000 at which views are dropped.
  expect(state.longest).toBe(5_000);
  expect(state.claims).toBe(Math.floor((views - 5_000) / 5_000) + 1);
});

test('a short log is left to the hourly run, and asks nobody', async () => {
  const { state, rollUp } = setUp();
  for (const length of [1, 100, 4_900, 4_999, 5_001, 5_099]) await rollUp.keepUp(length);
  expect([state.claims, state.refusedClaims]).toEqual([0, 0]);
});

test('while one isolate sums, others do not; the place is left also when the sums fail', async () => {
  const { viewLog, state, rollUp } = setUp();
  state.isTaken = true;
  await rollUp.keepUp(5_000);
  expect([state.sum, state.refusedClaims]).toEqual([0, 1]);
  state.isTaken = false;
  await viewLog.append(ENTRY);
  const failing = { add: () => Promise.reject(new Error('no database')) } as unknown as ViewStore;
  await expect(new ViewRollUp({ viewLog, store: failing }).keepUp(5_000)).rejects.toThrow('no database');
  expect(state.isTaken).toBe(false);
});
