/** Slugs of cards: the last part of their addresses. */

/** Those of the existing DevCard are made from titles of any length. */
const SHAPE = /^[a-z0-9-]{1,200}$/;

/** Whether a text has the shape of a slug; anything else is unknown without asking Postgres. */
export function isPossibleSlug(text: string): boolean {
  return SHAPE.test(text);
}
