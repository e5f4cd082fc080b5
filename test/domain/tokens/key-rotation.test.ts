/** Rotation: its rules, and the whole life of two keys as verifiers see it who fetch the JWKS once an hour. */
import { describe, expect, test } from 'vitest';
import { makeKey } from '../../../dev/keys.ts';
import {
  JWKS_MAX_AGE_SECONDS,
  type KeyRing,
  publicKeySet,
  signingKey,
} from '../../../src/domain/tokens/key-ring.ts';
import {
  type NewKey,
  PUBLISHED_BEFORE_SECONDS,
  retire,
  rotate,
} from '../../../src/domain/tokens/key-rotation.ts';
import { OFFLINE_PASS_MAX_HOURS, signCarrier } from '../../../src/domain/tokens/offline-code.ts';
import { type KeySet, verify } from '../../../verify/verify.ts';
import { PROFILES } from '../../vectors/profiles.ts';

const HOUR = 3600;
const LIFETIME = OFFLINE_PASS_MAX_HOURS * HOUR;
const ORIGIN = 'https://devcard.example';

const key = (kid: string): NewKey => ({ kid, alg: 'ES256' });

describe('rotate', () => {
  const first: KeyRing = [{ ...key('old'), nbf: 0 }];

  test('the new key signs after two JWKS lives, the old one verifies until its last token has expired', () => {
    expect(rotate(first, key('new'), 1000, LIFETIME)).toEqual([
      { ...key('old'), nbf: 0, exp: 1000 + 2 * JWKS_MAX_AGE_SECONDS + LIFETIME },
      { ...key('new'), nbf: 1000 + 2 * JWKS_MAX_AGE_SECONDS },
    ]);
  });

  test('an end that was set before stays, and what is retired goes', () => {
    const second = rotate(first, key('new'), 0, LIFETIME);
    const third = rotate(second, key('third'), 10 * HOUR, LIFETIME);
    expect(third.map(({ kid, exp }) => [kid, exp])).toEqual([
      ['old', second[0]!.exp],
      ['new', 12 * HOUR + LIFETIME],
      ['third', undefined],
    ]);
    const late = rotate(second, key('third'), second[0]!.exp!, LIFETIME);
    expect(late.map(({ kid }) => kid)).toEqual(['new', 'third']);
  });

  test('one at a time', () => {
    const second = rotate(first, key('new'), 0, LIFETIME);
    expect(() => rotate(second, key('third'), PUBLISHED_BEFORE_SECONDS - 1, LIFETIME)).toThrow(
      'The key new is still to come',
    );
  });
});

describe('retire', () => {
  test('the only key is followed by a spare one that signs at once', () => {
    expect(retire([{ ...key('old'), nbf: 0 }], 'old', key('spare'), 500)).toEqual([
      { ...key('spare'), nbf: 500 },
    ]);
  });

  test('a key that was to come takes over at once, since verifiers may know it already', () => {
    const ring = rotate([{ ...key('old'), nbf: 0 }], key('new'), 100, LIFETIME);
    expect(retire(ring, 'old', key('spare'), 500)).toEqual([{ ...key('new'), nbf: 500 }]);
  });

  test('a key that does not sign goes without consequences', () => {
    const ring = rotate([{ ...key('old'), nbf: 0 }], key('new'), 0, LIFETIME);
    const now = PUBLISHED_BEFORE_SECONDS;
    expect(retire(ring, 'old', key('spare'), now)).toEqual([{ ...key('new'), nbf: now }]);
  });

  test('the key that goes on in place of a younger one has no end any more', () => {
    const ring = rotate([{ ...key('old'), nbf: 0 }], key('new'), 0, LIFETIME);
    for (const now of [0, PUBLISHED_BEFORE_SECONDS + HOUR])
      expect(retire(ring, 'new', key('spare'), now)).toEqual([{ ...key('old'), nbf: 0 }]);
    const third = rotate(ring, key('third'), 10 * HOUR, LIFETIME);
    expect(retire(third, 'old', key('spare'), 11 * HOUR)).toEqual(third.slice(1));
  });

  test('an unknown key is named', () => {
    expect(() => retire([{ ...key('old'), nbf: 0 }], 'none', key('spare'), 0)).toThrow(
      'There is no key none.',
    );
  });
});

test('a rotation in the middle of traffic loses no verifier, in the whole life of two keys', {
  timeout: 60_000,
}, async () => {
  const ringBefore: KeyRing = [{ ...(await makeKey('ES256')), nbf: 0 }];
  const rotatedAt = 24 * HOUR;
  const ringAfter = rotate(ringBefore, await makeKey('ES256'), rotatedAt, LIFETIME);
  // Whoever rotates needs almost an hour to deploy.
  const deployedAt = rotatedAt + JWKS_MAX_AGE_SECONDS - 60;
  const ringAt = (now: number) => (now < deployedAt ? ringBefore : ringAfter);
  const end = ringAfter[0]!.exp! + 2 * HOUR;

  const verifiers = [0, 17, 34, 59].map((minute) => ({ minute, jwks: { keys: [] } as KeySet }));
  const passes: { token: string; expiresAt: number }[] = [];
  const signers = new Set<string | undefined>();
  for (let now = 0; now <= end; now += 60) {
    for (const verifier of verifiers) {
      if (now === 0 || (now / 60) % 60 === verifier.minute) verifier.jwks = publicKeySet(ringAt(now), now);
    }
    if (now % (HOUR / 2) !== 0) continue;
    const ring = ringAt(now);
    signers.add(signingKey(ring, now)?.kid);
    passes.push(
      await signCarrier({
        ring,
        origin: ORIGIN,
        profile: PROFILES.small!,
        now,
        pass: { hours: 168, epoch: 0 },
      }),
    );
    const alive = passes.filter(({ expiresAt }) => now < expiresAt);
    // The oldest and the newest that are still good, and the last ones of the old key.
    const handover = alive.filter((_, i) => Math.abs(i - alive.length / 2) < 1);
    for (const { token } of new Set([alive[0]!, alive.at(-1)!, ...handover])) {
      for (const { jwks } of verifiers) {
        expect((await verify(token, jwks, { now, issuer: ORIGIN })).outcome, `at ${now}`).toBe('fresh');
      }
    }
  }
  expect(signers.size).toBe(2);
  expect(publicKeySet(ringAfter, end).keys).toHaveLength(1);
});
