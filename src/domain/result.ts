/** The answer of a rule that checks what somebody typed. */

/** The value in its normal form, or one English sentence that says what to change. */
export type Result<T> = { ok: true; value: T } | { ok: false; message: string };

/** The value is fine. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** The value is not fine; the sentence is for the person who typed it. */
export function error(message: string): Result<never> {
  return { ok: false, message };
}
