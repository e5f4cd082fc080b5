/** Values that a command needs: from the environment, or else from standard input, where somebody may sit. */
import { createInterface, type Interface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Variables whose values are not shown while they are typed. */
const SECRET = /^DATABASE_URL$|(TOKEN|SECRET)$/;

interface Streams {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
}

/** Asks one question after the other; `close` lets the process end. */
export class Answers {
  readonly #streams: Streams;
  #reader: Interface | undefined;
  #lines: AsyncIterator<string> | undefined;
  #isHidden = false;
  /** Whoever sat there has left (Ctrl-D), or the lines of a pipe are over. */
  #hasEnded = false;

  constructor(streams: Streams = { input: process.stdin, output: process.stdout }) {
    this.#streams = streams;
  }

  /** Whether a variable is not in the environment, so that somebody is asked for it. Nobody is in CI. */
  isAsked(name: string): boolean {
    return process.env[name] === undefined && !process.env.CI;
  }

  /** The variable of this name, or what is typed; empty where there is neither. */
  async of(name: string, question: string): Promise<string> {
    if (!this.isAsked(name)) return process.env[name]?.trim() ?? '';
    if (this.#hasEnded) return '';
    const { input, output } = this.#streams;
    this.#reader ??= this.#open();
    this.#lines ??= this.#reader[Symbol.asyncIterator]();
    const isHidden = SECRET.test(name);
    if (input.isTTY) {
      this.#reader.setPrompt(`${question}${isHidden ? ' (not shown)' : ''}: `);
      this.#reader.prompt();
    } else output.write(`${question}: `);
    this.#isHidden = isHidden;
    const line = await this.#lines.next();
    this.#isHidden = false;
    if (line.done || isHidden || !input.isTTY) output.write('\n');
    if (line.done) this.#hasEnded = true;
    return line.done ? '' : line.value.trim();
  }

  close(): void {
    this.#reader?.close();
  }

  #open(): Interface {
    const { input, output } = this.#streams;
    // In a terminal it is readline that shows what is typed.
    const shown = new Writable({
      write: (chunk, _encoding, done) => {
        if (!this.#isHidden) output.write(chunk);
        done();
      },
    });
    const reader = createInterface({ input, output: shown, terminal: input.isTTY ?? false, historySize: 0 });
    return reader.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  }
}
