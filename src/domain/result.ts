/** The result of a rule that checks input. */

/** The value in its normal form, or one English sentence that says what to change. */
export type Result<T> = { ok: true; value: T } | { ok: false; message: string };

/** A valid value. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** An invalid value; the sentence is shown to the person who typed it. */
export function error(message: string): Result<never> {
  return { ok: false, message };
}
