/** Which username somebody gets here, who had another one in an existing DevCard. */
import { createHash } from 'node:crypto';
import { checkOwnUsername, checkUsername, usernameKey } from '../../src/domain/usernames.ts';
import type { Finding, Reason } from './findings.ts';

const MAX_LENGTH = 50;
const MIN_LENGTH = 3;
/** `-2` to `-9`, then a suffix that nobody else has. */
const LAST_NUMBER = 9;

/** Letters that do not fall apart into an ASCII letter and a mark. */
const SPELT: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', þ: 'th', ð: 'd' };

export interface NameWish {
  old: string;
  /** What a suffix is made of where numbers do not suffice. */
  userId: string;
  /** 1 where the name may stay: no older account has the same but for case. */
  rank: number;
}

/** Whether a name can be taken over as it is, as far as the old database tells. */
export function isPlain({ old, rank }: NameWish): boolean {
  return rank === 1 && checkUsername(old).ok;
}

/** Names that could be given, the best first; each is one that somebody new could have here. */
export function candidatesFor({ old, userId, rank }: NameWish): string[] {
  const base = cut(ascii(old), MAX_LENGTH);
  const hash = createHash('sha256').update(`devcard-import:name:${userId}`).digest('hex');
  const numbers = Array.from({ length: LAST_NUMBER - 1 }, (_, i) => String(i + 2));
  const suffixed = (name: string) => [...numbers, hash.slice(0, 6)].map((end) => withSuffix(name, end));
  const isOwn = base === old;
  const all = [
    ...(isOwn && rank > 1 ? [] : [base]),
    ...suffixed(base),
    // Names that begin or end with a word such as «official» are refused, whatever stands behind.
    ...suffixed(`u-${base}`),
    `u-${hash.slice(0, 12)}`,
  ];
  return [...new Set(all)].filter((name) => checkUsername(name).ok);
}

/** Why somebody has another name here, most telling first. */
export function nameFinding({ old, rank }: NameWish, name: string): Finding | undefined {
  if (old === name) return undefined;
  return { outcome: 'changed', reason: reasonFor(old, rank), field: 'username', from: old, to: name };
}

function reasonFor(old: string, rank: number): Reason {
  if (!/^[A-Za-z0-9_-]*$/.test(old)) return 'name-characters';
  if (old.length > MAX_LENGTH) return 'name-too-long';
  if (rank > 1) return 'name-same-but-for-case';
  if (old.length < MIN_LENGTH) return 'name-too-short';
  return checkOwnUsername(old).ok && checkUsername(old).ok ? 'name-taken-here' : 'name-reserved';
}

/** The name in the letters that usernames have: accents are dropped, other characters become hyphens. */
function ascii(name: string): string {
  const plain = name
    .toWellFormed()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\0-\x7f]/gu, (letter) => SPELT[letter.toLowerCase()] ?? letter);
  if (/^[A-Za-z0-9_-]*$/.test(plain)) return plain;
  return plain.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
}

function withSuffix(name: string, suffix: string): string {
  return `${cut(name, MAX_LENGTH - suffix.length - 1)}-${suffix}`;
}

function cut(name: string, max: number): string {
  return name.length <= max ? name : name.slice(0, max).replace(/[-_]+$/, '');
}

/** Chooses the first name that nobody has; undefined where all are taken. @param taken keys in lower case */
export function chooseName(candidates: readonly string[], taken: ReadonlySet<string>): string | undefined {
  return candidates.find((name) => !taken.has(usernameKey(name)));
}
