/** What a profile gives up, in which order, and in how few tries. */

import { describe, expect, test } from 'vitest';
import type { PublicProfile } from '../../../src/domain/profile.ts';
import { trimSteps, trimToFit } from '../../../src/domain/tokens/offline-trim.ts';
import { LAYOUT_2 } from '../../verify/vectors.ts';

const profile: PublicProfile = {
  username: 'ada',
  displayName: 'A'.repeat(33),
  bio: '👩🏽‍💻'.repeat(42),
  pronouns: null,
  role: 'short',
  company: '漢'.repeat(32),
  avatarUrl: 'https://example.org/a.png',
  accentColor: '#6366f1',
  links: [
    { platform: 'github', username: 'ada', url: 'https://github.com/ada' },
    { platform: 'custom', username: 'long', url: `https://example.org/${'a'.repeat(80)}` },
    { platform: 'custom', username: 'not long', url: 'https://example.org/a' },
  ].map((link, displayOrder) => ({ ...link, displayOrder, id: String(displayOrder), followed: false })),
};

describe('trimSteps', () => {
  const steps = trimSteps(profile).map(({ avatarUrl, bio, displayName, company, links }) => ({
    hasAvatar: avatarUrl !== null,
    bio,
    displayName,
    company,
    links: links.map(({ id }) => id).join(),
  }));

  const whole = { hasAvatar: false, bio: profile.bio, displayName: profile.displayName };
  const unnamed = { ...whole, bio: null };
  // 64 bytes as JSON: 21 characters of three bytes each.
  const short = { ...unnamed, displayName: `${'A'.repeat(32)}…`, company: `${'漢'.repeat(21)}…` };
  const { company } = profile;

  test('avatar, bio, names, long links, links from the tail, names once more', () => {
    expect(steps).toEqual([
      { ...whole, company, links: '0,1,2' },
      { ...whole, company, links: '0,1,2' },
      { ...whole, company, links: '0,1,2' },
      { ...whole, company, links: '0,1,2' },
      { ...whole, company, bio: `${'👩🏽‍💻'.repeat(40)}…`, links: '0,1,2' },
      { ...unnamed, company, links: '0,1,2' },
      { ...short, links: '0,1,2' },
      { ...short, links: '0,2' },
      { ...short, links: '0' },
      { ...short, links: '' },
      { ...short, displayName: `${'A'.repeat(16)}…`, company: `${'漢'.repeat(10)}…`, links: '' },
    ]);
  });

  test('a bio is cut between graphemes, and no space is left before the ellipsis', () => {
    const bio = `${'x'.repeat(199)} ${'y'.repeat(100)}`;
    expect(trimSteps({ ...profile, bio })[1]?.bio).toBe(`${'x'.repeat(199)}…`);
    const combined = 'e\u0301'.repeat(150);
    expect(trimSteps({ ...profile, bio: combined })[2]?.bio).toBe(`${'e\u0301'.repeat(120)}…`);
  });
});

describe('trimToFit', () => {
  const links = (size: number) => async (snapshot: { links: readonly unknown[] }) =>
    snapshot.links.length <= size ? snapshot.links.length : undefined;

  test('packs once where the whole profile fits', async () => {
    let tries = 0;
    const pack = async () => ++tries;
    expect(await trimToFit(profile, pack)).toBe(1);
  });

  test.each([49, 31, 7, 1, 0])(
    'finds the largest that fits, %i links, in at most seven tries',
    async (size) => {
      const fifty = LAYOUT_2.find(({ name }) => name === 'fifty links')!.profile;
      let tries = 0;
      const found = await trimToFit(fifty, (snapshot) => {
        tries += 1;
        return links(size)(snapshot);
      });
      expect(found).toBe(size);
      expect(tries).toBeLessThanOrEqual(7);
    },
  );

  test('undefined where nothing fits', async () => {
    expect(await trimToFit(profile, links(-1))).toBeUndefined();
  });
});
