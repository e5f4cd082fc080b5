/** Brings the people of an existing DevCard over, page by page; what is here already is left alone, so that it can be run again. */
import { usernameKey } from '../../src/domain/usernames.ts';
import type { Finding } from './findings.ts';
import { importedId } from './ids.ts';
import { candidatesFor, chooseName, isPlain, type NameWish } from './names.ts';
import type { NewDatabase } from './new-database.ts';
import type { OldDatabase } from './old-database.ts';
import type { OldPerson } from './old-person.ts';
import { githubNumberOf, identitiesOf, importPerson, type NewPerson } from './person.ts';
import { reportLine, type Tally } from './report.ts';

/** Requests to the new database at one time: enough to hide the way there. */
const CONCURRENCY = 8;
/** Times that a person is tried whose name somebody took a moment before. */
const ATTEMPTS = 3;

export interface ImportOptions {
  from: OldDatabase;
  to: NewDatabase;
  dryRun: boolean;
  /** At most so many people who are not here yet. */
  limit?: number | undefined;
  /** Has caches forget these names, in lower case. Rejects when that is not acknowledged. */
  forget(names: readonly string[]): Promise<void>;
  /** Adds lines to the report. Called before the people of whom they speak are written. */
  report(lines: string): Promise<void>;
  progress(tally: Tally): void;
}

/** Runs an import to its end. @throws Complaint where a database no longer answers */
export async function importPeople(options: ImportOptions): Promise<Tally> {
  const { from } = options;
  const tally: Tally = {
    people: await from.countPeople(),
    read: 0,
    imported: 0,
    hereAlready: 0,
    leftOut: 0,
    links: 0,
    cards: 0,
    views: 0,
    reasons: {},
    leftBehind: await from.countLeftBehind(),
    notForgotten: 0,
  };
  const run = new Run(options, tally);
  for await (const page of from.pages()) {
    await run.page(page);
    options.progress(tally);
    if (run.isAtLimit) break;
  }
  return tally;
}

class Run {
  readonly #options: ImportOptions;
  readonly #tally: Tally;
  /** Names that were made up in this run: nobody has them in either database. */
  readonly #given = new Set<string>();
  #left: number;

  constructor(options: ImportOptions, tally: Tally) {
    this.#options = options;
    this.#tally = tally;
    this.#left = options.limit ?? Number.POSITIVE_INFINITY;
  }

  get isAtLimit(): boolean {
    return this.#left <= 0;
  }

  async page(people: readonly OldPerson[]): Promise<void> {
    const { to, dryRun, report, forget } = this.#options;
    const here = await to.usersHere(people.map(({ user }) => importedId('user', user.id)));
    const fresh = people.filter(({ user }) => !here.has(importedId('user', user.id))).slice(0, this.#left);
    this.#left -= fresh.length;
    this.#tally.hereAlready += here.size;
    this.#tally.read += here.size + fresh.length;

    const isNumberFree = await this.#freeNumbers(fresh);
    const accounts = await to.identitiesHere(
      fresh.flatMap((old) => identitiesOf(old, isNumberFree).identities),
    );
    const hasAccount = (old: OldPerson) =>
      identitiesOf(old, isNumberFree).identities.some((one) =>
        accounts.has(`${one.provider} ${one.providerId}`),
      );
    const coming = fresh.filter((old) => !hasAccount(old));
    const names = await this.#namesFor(coming);
    const lines: string[] = [];
    const ready: [OldPerson, NewPerson][] = [];
    for (const old of fresh) {
      const name = names.get(old);
      if (name === undefined) {
        const reason = hasAccount(old) ? 'account-here' : 'no-name-found';
        lines.push(...this.#note(old, [{ outcome: 'left-out', reason }]));
        this.#tally.leftOut += 1;
        continue;
      }
      const { person, findings } = importPerson(old, name, isNumberFree);
      lines.push(...this.#note(old, findings));
      ready.push([old, person]);
    }
    await report(lines.join(''));
    if (dryRun) {
      for (const [, person] of ready) this.#add(person);
      return;
    }
    const written: string[] = [];
    await inParallel(ready, async ([old, person]) => {
      const done = await this.#write(old, person, isNumberFree);
      if (done) written.push(done.nameKey);
    });
    if (written.length === 0) return;
    await forget(written).catch(() => {
      this.#tally.notForgotten += written.length;
    });
  }

  /** @returns what was written, or undefined */
  async #write(
    old: OldPerson,
    person: NewPerson,
    isNumberFree: (number: string) => boolean,
  ): Promise<NewPerson | undefined> {
    const { to, report } = this.#options;
    let next = person;
    let sqlState = '';
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const outcome = await to.write(next);
      if (outcome === 'written') {
        this.#add(next);
        return next;
      }
      if (outcome === 'here-already') {
        this.#tally.hereAlready += 1;
        return undefined;
      }
      sqlState = outcome === 'clash' ? 'taken' : outcome.sqlState;
      // Somebody signed up under the name since it was looked up.
      const name = outcome === 'clash' ? (await this.#namesFor([old])).get(old) : undefined;
      if (name === undefined) break;
      const again = importPerson(old, name, isNumberFree);
      await report(
        this.#note(
          old,
          again.findings.filter(({ field }) => field === 'username'),
        ).join(''),
      );
      next = again.person;
    }
    this.#tally.leftOut += 1;
    await report(
      this.#note(old, [{ outcome: 'left-out', reason: 'not-written', detail: sqlState }]).join(''),
    );
    return undefined;
  }

  #add({ links, cards, views }: NewPerson): void {
    this.#tally.imported += 1;
    this.#tally.links += links.length;
    this.#tally.cards += cards.length;
    for (const sum of views) this.#tally.views += sum.views;
  }

  /** The lines of somebody's findings, counted by reason. */
  #note({ user }: OldPerson, findings: readonly Finding[]): string[] {
    const { reasons } = this.#tally;
    return findings.map((finding) => {
      reasons[finding.reason] = (reasons[finding.reason] ?? 0) + 1;
      return reportLine(user, finding);
    });
  }

  /** Which GitHub accounts, known by the addresses of pictures, are nobody's identity. */
  async #freeNumbers(people: readonly OldPerson[]): Promise<(number: string) => boolean> {
    const numbers = people.flatMap((old) => githubNumberOf(old) ?? []);
    if (numbers.length === 0) return () => false;
    const used = await this.#options.from.githubNumbersInUse(numbers);
    return (number) => !used.has(number);
  }

  /** A name for each, none twice; those for whom there is none are left out. */
  async #namesFor(people: readonly OldPerson[]): Promise<Map<OldPerson, string>> {
    const { from, to } = this.#options;
    const wishes = people.map((old): [OldPerson, NameWish] => {
      const { id, username, name_rank } = old.user;
      return [old, { old: username, userId: id, rank: name_rank }];
    });
    const plain = wishes.filter(([, wish]) => isPlain(wish)).map(([, wish]) => usernameKey(wish.old));
    const takenHere = new Set(plain.length > 0 ? await to.namesInUse(plain) : []);
    const names = new Map<OldPerson, string>();
    const others: [OldPerson, string[]][] = [];
    for (const [old, wish] of wishes) {
      if (isPlain(wish) && !takenHere.has(usernameKey(wish.old))) names.set(old, wish.old);
      else others.push([old, candidatesFor(wish)]);
    }
    if (others.length === 0) return names;
    const keys = others.flatMap(([, candidates]) => candidates.map(usernameKey));
    const taken = new Set([...(await from.namesInUse(keys)), ...(await to.namesInUse(keys)), ...this.#given]);
    for (const [old, candidates] of others) {
      const name = chooseName(candidates, taken);
      if (name === undefined) continue;
      names.set(old, name);
      taken.add(usernameKey(name));
      this.#given.add(usernameKey(name));
    }
    return names;
  }
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}
