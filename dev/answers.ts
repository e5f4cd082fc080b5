/** Values that a command needs: from the environment, or else from standard input, where somebody may sit. */
import { createInterface } from 'node:readline/promises';

/** Asks one question after the other; `close` lets the process end. */
export class Answers {
  #lines: AsyncIterator<string> | undefined;
  #close = () => {};

  /** Whether a variable is not in the environment, so that somebody is asked for it. Nobody is in CI. */
  isAsked(name: string): boolean {
    return process.env[name] === undefined && !process.env.CI;
  }

  /** The variable of this name, or what is typed; empty where there is neither. */
  async of(name: string, question: string): Promise<string> {
    if (!this.isAsked(name)) return process.env[name]?.trim() ?? '';
    if (!this.#lines) {
      const reader = createInterface({ input: process.stdin, terminal: false });
      this.#lines = reader[Symbol.asyncIterator]();
      this.#close = () => reader.close();
    }
    process.stdout.write(`${question}: `);
    const line = await this.#lines.next();
    if (line.done || !process.stdin.isTTY) console.log();
    return line.done ? '' : line.value.trim();
  }

  close(): void {
    this.#close();
  }
}
