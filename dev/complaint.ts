/** Errors that are the user's to mend. */

/** Its message is one clear sentence; commands print that and no stack. */
export class Complaint extends Error {
  override name = 'Complaint';
}

/** Ends a command that failed: one sentence for a Complaint or a wrong argument, the whole error for a bug. */
export function reportFailure(error: unknown): void {
  const isWrongArgument = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  console.error(error instanceof Complaint || isWrongArgument ? (error as Error).message : error);
  process.exitCode = 1;
}

/** The code of a system or database error, such as ECONNREFUSED, or its message where it has none. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  return code ?? message;
}
