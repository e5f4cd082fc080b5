/** Files of variables, as wrangler and Node read them. */
import { writeFile } from 'node:fs/promises';

/** Writes variables to a file that only its owner may read, below a comment. */
export function writeEnvFile(file: string, variables: object, comment = ''): Promise<void> {
  const lines = Object.entries(variables).map(([name, value]) => `${name}='${value}'\n`);
  return writeFile(file, [comment, ...lines].join(''), { mode: 0o600 });
}
