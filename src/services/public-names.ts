/** The names of all public profiles, in pages, for those who may list them. */
import { idRange } from '../domain/id.ts';
import type { NameList } from '../ports.ts';

/** A map of a site may hold 50,000 addresses (sitemaps.org); a tenth keeps each answer of the database small. */
const PAGE_NAMES = 5_000;
/** Most names on a page when there are more than the database estimates. */
const MOST_PAGE_NAMES = 2 * PAGE_NAMES;

/** An index of a map may name as many pages as this. */
export const MAX_PAGES = 50_000;

/** Ids are random, so equal stretches of them hold about equally many people: no page need know what is on the others. */
export class PublicNames {
  readonly #list: NameList;

  constructor(list: NameList) {
    this.#list = list;
  }

  /** How many pages there should be, one at least. */
  async pages(): Promise<number> {
    const pages = Math.ceil((await this.#list.aboutHowMany()) / PAGE_NAMES);
    return Math.min(Math.max(pages, 1), MAX_PAGES);
  }

  /** Usernames of a page. @param page from 1 on */
  page(page: number, pages: number): Promise<string[]> {
    const [first, last] = idRange(page, pages);
    return this.#list.namesBetween(first, last, MOST_PAGE_NAMES);
  }
}
