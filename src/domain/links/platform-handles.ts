/**
 * What a handle looks like on each platform, and further addresses under which the same page is found.
 *
 * Rules are those of the platform where it publishes them, and otherwise wide enough for every handle seen there:
 * a rule catches slips of the finger, it does not prove that the account exists.
 */
import { CODE_HANDLES } from './handles/code.ts';
import { FEDERATED_HANDLES } from './handles/federated.ts';
import type { HandleRule } from './handles/handle-rule.ts';
import { MEDIA_HANDLES } from './handles/media.ts';
import { PEOPLE_HANDLES } from './handles/people.ts';

const RULES: Readonly<Record<string, HandleRule>> = {
  ...CODE_HANDLES,
  ...FEDERATED_HANDLES,
  ...MEDIA_HANDLES,
  ...PEOPLE_HANDLES,
};

/** The rule of a platform's handles; undefined for portfolio and custom, which are addresses of their own. */
export function handleRule(id: string): HandleRule | undefined {
  return Object.hasOwn(RULES, id) ? RULES[id] : undefined;
}
