/** Arbitrary profiles that the API accepts: every field and link passes the schemas of the routes. */

import fc from 'fast-check';
import * as v from 'valibot';
import { LIMITS, type PublicProfile } from '../../src/domain/profile.ts';
import { LinkInput, ProfilePatch } from '../../src/domain/profile-input.ts';
import { PLATFORMS } from '../../verify/platforms.ts';

/** Scripts and sequences that are long in bytes, in code points or in graphemes, and what JSON escapes. */
const character = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  fc.integer({ min: 0x20000, max: 0x2a6d5 }).map((code) => String.fromCodePoint(code)),
  fc.constantFrom('👩🏽‍💻', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '👨‍👩‍👧‍👦', 'e\u0301\u0323\u0302', 'क्षि', 'שָׁ', 'نُ', '"', '\\', ' ', '…'),
);

function textOf(max: number): fc.Arbitrary<string> {
  return fc.oneof(
    fc.array(character, { maxLength: max }).map((parts) => [...parts.join('')].slice(0, max).join('')),
    fc.integer({ min: 0x20000, max: 0x2a000 }).map((from) => distinct(from, max)),
  );
}

/** As many different characters as may be: nothing that DEFLATE could shorten. */
function distinct(from: number, length: number): string {
  return Array.from({ length }, (_, i) => String.fromCodePoint(from + ((i * 997) % 0xa000))).join('');
}

const handle = fc.oneof(
  fc.stringMatching(/^[a-z0-9]{3,30}$/),
  fc.stringMatching(/^[a-z0-9]{3,20}@[a-z0-9]{3,20}\.org$/),
  fc.stringMatching(/^\d{5,12}$/),
);
const address = fc.stringMatching(
  new RegExp(`^https://[a-z]{3,20}\\.org/[A-Za-z0-9/_-]{0,${LIMITS.url - 30}}$`),
);

const draft = fc.oneof(
  fc.record({ platform: fc.constantFrom(...PLATFORMS.map(({ id }) => id)), username: handle }),
  fc.record({
    platform: fc.constantFrom('custom', 'portfolio'),
    username: textOf(LIMITS.linkHandle),
    url: address,
  }),
);

const link = draft.map((input) => v.safeParse(LinkInput, input));

const patch = fc
  .record({
    username: fc.stringMatching(/^[A-Za-z0-9_-]{3,50}$/),
    displayName: textOf(LIMITS.displayName),
    bio: textOf(LIMITS.bio),
    pronouns: textOf(LIMITS.pronouns),
    role: textOf(LIMITS.role),
    company: textOf(LIMITS.company),
    accentColor: fc.stringMatching(/^#[0-9a-fA-F]{6}$/),
  })
  .map((input) => v.safeParse(ProfilePatch, input));

/** Any public profile; about every second one is far too large for a code. */
export const anyProfile: fc.Arbitrary<PublicProfile> = fc
  .record({
    fields: patch.filter(({ success }) => success),
    avatarUrl: fc.option(fc.webUrl({ validSchemes: ['https'] })),
    links: fc.array(link, { maxLength: LIMITS.links, size: 'max' }),
  })
  .map(({ fields, avatarUrl, links }) => ({
    ...(fields.output as Omit<PublicProfile, 'avatarUrl' | 'links'>),
    avatarUrl,
    links: links
      .flatMap(({ success, output }) => (success ? [output] : []))
      .map(({ platform, username, url }, displayOrder) => ({
        id: `link-${displayOrder}`,
        platform,
        username,
        url,
        displayOrder,
        followed: false,
      })),
  }));
