/** Ids of links, cards and users. */

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether a text has the shape of an id; anything else is unknown before Postgres is asked. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
