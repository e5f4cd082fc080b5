/** The names of all public profiles, in pages, for those who may list them. */
import type { NameList } from '../ports.ts';

/** A map of a site may hold 50,000 addresses (sitemaps.org); a tenth keeps each answer of the database small. */
const PAGE_SIZE = 5_000;

export class PublicNames {
  readonly #list: NameList;

  constructor(list: NameList) {
    this.#list = list;
  }

  /** The key that names each page: its first one. */
  pages(): Promise<string[]> {
    return this.#list.firstOfPages(PAGE_SIZE);
  }

  /** Usernames of a page. @param key username in lower case */
  page(key: string): Promise<string[]> {
    return this.#list.namesFrom(key, PAGE_SIZE);
  }
}
