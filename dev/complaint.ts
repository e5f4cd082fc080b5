/** Errors that are the user's to mend. */

/** Its message is one clear sentence; commands print that and no stack. */
export class Complaint extends Error {
  override name = 'Complaint';
}

/** Ends a command that failed: one sentence for a Complaint, the whole error for a bug. */
export function reportFailure(error: unknown): void {
  console.error(error instanceof Complaint ? error.message : error);
  process.exitCode = 1;
}

/** The code of a system or database error, such as ECONNREFUSED, or its message where it has none. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  return code ?? message;
}
