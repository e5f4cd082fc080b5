/** Ids of links, cards and users. */

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether a text has the shape of an id; anything else is unknown without asking Postgres. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

const ALL_IDS = 1n << 128n;

/** The first and the last id of the stretch number `part`, from 1 on, where all ids are cut into `parts` equal ones. */
export function idRange(part: number, parts: number): [first: string, last: string] {
  const start = (number: number) => (ALL_IDS * BigInt(number)) / BigInt(parts);
  return [toId(start(part - 1)), toId(start(part) - 1n)];
}

function toId(number: bigint): string {
  return number
    .toString(16)
    .padStart(32, '0')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
