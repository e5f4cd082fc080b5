/** An embedded Redis: the commands that this service uses, with Redis's own replies and error texts. */
import { collectionCommands } from './collection-commands.ts';
import { keyCommands } from './key-commands.ts';
import { type CommandTable, integer, Keyspace } from './keyspace.ts';
import { runScript } from './lua.ts';
import { RedisError, type Reply } from './resp.ts';
import { stringCommands } from './string-commands.ts';

/** What EVAL_RO lets scripts call, of the commands that this service uses. */
const READ_ONLY = ['GET', 'MGET', 'EXISTS', 'TTL', 'LRANGE', 'LLEN', 'HGET', 'SMISMEMBER'];

/** One keyspace in memory. Commands run at once and one by one, so scripts and transactions are atomic. */
export class MemoryRedis {
  #commands: CommandTable;

  constructor() {
    const keys = new Keyspace();
    this.#commands = {
      ...keyCommands(keys),
      ...stringCommands(keys),
      ...collectionCommands(keys),
      EVAL: [-3, (script, count, ...args) => this.#eval(script, integer(count), args)],
      EVAL_RO: [-3, (script, count, ...args) => this.#eval(script, integer(count), args, READ_ONLY)],
    };
  }

  /** Runs one command; throws the RedisError that Redis would answer. */
  call([name = '', ...words]: string[]): Reply {
    const command = this.#commands[name.toUpperCase()];
    if (!command) {
      const beginning = words.map((word) => `'${word}' `).join('');
      throw new RedisError(`ERR unknown command '${name}', with args beginning with: ${beginning}`);
    }
    const [arity, run] = command;
    if (arity < 0 ? words.length < -arity - 1 : words.length !== arity - 1)
      throw new RedisError(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);
    return run(...(words as Parameters<typeof run>));
  }

  #eval(script: string, keyCount: number, args: string[], allowed?: readonly string[]): Reply {
    if (keyCount > args.length)
      throw new RedisError("ERR Number of keys can't be greater than number of args");
    return runScript(script, args.slice(0, keyCount), args.slice(keyCount), (command) => {
      if (allowed && !allowed.includes((command[0] ?? '').toUpperCase()))
        throw new RedisError('ERR Write commands are not allowed from read-only scripts.');
      return this.call(command);
    });
  }
}
