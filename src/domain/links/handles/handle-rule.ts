/** What is said of the handles of one platform: their shape, and the addresses under which their pages are found. */

/** Handles of one shape, and where their pages are. */
export interface HandleKind {
  /** Matches a whole handle. */
  readonly pattern: RegExp;
  /** The address of the page, `{}` for the handle, without `https://`; undefined for that of the registry. */
  readonly address?: string;
  /**
   * Further addresses of the same page, without `https://` and `www.`: `{}` is the handle, a leading `*.` a regional
   * subdomain (`de.`) or none, `{xx}` a language in the path, `{server}` the host of a federated account. Without
   * `{}` the host belongs to the platform, but its addresses do not tell a handle.
   */
  readonly also: readonly string[];
}

/** The rule of one platform's handles. */
export interface HandleRule {
  /** What goes into a form as a hint. */
  readonly example: string;
  /** Completes "A handle there has …". */
  readonly allowed: string;
  /** The first whose pattern matches decides where the page of a handle is. */
  readonly kinds: readonly HandleKind[];
  /** First segments of paths that are pages of the site itself, where handles stand right at the root. */
  readonly pages: ReadonlySet<string>;
  /** Parameters (`name=value`) that do not change what an address shows, besides those of everybody's trackers. */
  readonly noise?: RegExp;
  /** Brings what people type into the form that patterns describe. */
  readonly tidy?: (typed: string) => string;
  /** The form that people read; that which patterns describe where there is none. */
  readonly shown?: (handle: string) => string;
}

interface Options extends Pick<HandleRule, 'noise' | 'tidy' | 'shown'> {
  address?: string;
  also?: readonly string[];
  /** Further kinds: `[pattern, address, ...also]`, asked before the first one. */
  kinds?: readonly (readonly [pattern: RegExp, address: string, ...also: string[]])[];
  /** Pages of the site, besides those that nearly every site has. */
  pages?: string;
  /** Whether names that nearly every site keeps for itself may be somebody's here. */
  anyName?: boolean;
}

const names = (text: string) => text.trim().toLowerCase().split(/\s+/);

/** What nearly every site keeps for itself at its root. */
const COMMON_PAGES = names(`
  about account accounts activate admin ads advertise affiliates api app apps article articles auth billing blog
  brand business careers cart categories category changelog checkout classic collections communities community company compare
  contact contests cookie-policy cookies courses create customers dashboard datasets developer developers discover
  discussions docs documentation download downloads edit education enterprise events explore faq favorites features
  feed feedback forgot-password forum forums getting-started groups guidelines guides hashtag help hire home i index.html
  index.php integrations intent invite jobs join language learn legal library like likes list lists live login log-in logout
  marketplace media members membership messages mobile moderation new news newsletter notifications oauth onboarding order
  orders organizations orgs pages partners password people pl playlist playlists plans policies policy popular post
  posts premium press pricing privacy privacy-policy pro products profile profiles projects publish questions reel
  reels register report resources results robots.txt rss rules saved search security session sessions settings share
  sharer shop sign-in sign-up sign_in sign_up signin signout signup site sitemap sitemap.xml solutions sponsors stars static status
  store stories story subscribe subscriptions support tag tagged tags team teams templates terms terms-of-service tools tos
  topic topics tos tour trending tutorials upgrade upload user users verify video videos watch welcome wiki work`);

/** Makes a rule; `pattern` is the shape of a handle whose page has the address of the registry. */
export function rule(example: string, allowed: string, pattern: RegExp, options: Options = {}): HandleRule {
  const { address, also = [], kinds = [], pages = '', anyName = false, ...rest } = options;
  return {
    example,
    allowed,
    kinds: [
      ...kinds.map(([each, at, ...others]): HandleKind => ({ pattern: each, address: at, also: others })),
      { pattern, also, ...(address && { address }) },
    ],
    pages: new Set([...(anyName ? [] : COMMON_PAGES), ...(pages ? names(pages) : [])]),
    ...rest,
  };
}

/** For platforms that publish no rule. `..` would climb in a path. */
export function plain(example: string, options: Options = {}): HandleRule {
  return rule(
    example,
    '1 to 64 letters (A to Z), digits, dots, hyphens or underscores',
    /^(?!\.+$)[\w.-]{1,64}$/,
    options,
  );
}

/** For accounts that have a number, after which a name may stand: `22656/jon-skeet`. */
export function numbered(example: string, options: Options = {}): HandleRule {
  return rule(
    example,
    `the number of the account, and if you like its name: ${example}`,
    /^\d{1,10}(?:\/[\p{L}\p{M}\p{N}_-]{1,80})?$/u,
    options,
  );
}

/** A domain name as URL parsers give it. */
export const DOMAIN = String.raw`(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]{0,61}[a-z\d])?`;
