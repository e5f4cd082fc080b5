/**
 * What a handle looks like on each platform, and further addresses under which the same page is found.
 *
 * Rules are those of the platform where it publishes them, and otherwise wide enough for every handle seen there:
 * a rule catches slips of the finger, it does not prove that the account exists.
 */

/** The rule of one platform's handles. */
export interface HandleRule {
  /** What goes into a form as a hint. */
  readonly example: string;
  /** Completes "A handle there has …". */
  readonly allowed: string;
  /** Matches a whole handle. */
  readonly pattern: RegExp;
  /**
   * Addresses besides `Platform.address`, without `https://` and `www.`: `{}` is the handle, a leading `*.` any
   * subdomain or none, `{server}` the host of a federated account. Without `{}` the host belongs to the platform,
   * but its addresses do not tell a handle.
   */
  readonly also: readonly string[];
  /** Brings what people type into the form that `pattern` describes. */
  readonly tidy?: (typed: string) => string;
}

const rule = (example: string, allowed: string, pattern: RegExp, ...also: string[]): HandleRule => ({
  example,
  allowed,
  pattern,
  also,
});

const DOMAIN = String.raw`(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]{0,61}[a-z\d])?`;

/** For platforms that publish no rule. `..` would climb in a path. */
const plain = (example: string, ...also: string[]) =>
  rule(
    example,
    '1 to 64 letters (A to Z), digits, dots, hyphens or underscores',
    /^(?!\.+$)[\w.-]{1,64}$/,
    ...also,
  );

const instagram = [
  'ada.lovelace',
  '1 to 30 letters (A to Z), digits, underscores or single dots between them',
  /^(?!\.|.*\.\.|.*\.$)[\w.]{1,30}$/,
] as const;

const calendar = [
  'ada/30min',
  'the name of a calendar, and if you like of an event in it: ada/30min',
  /^(?!\.+(?:\/|$))[\w.-]{1,64}(?:\/(?!\.+$)[\w.-]{1,64})?$/,
] as const;

/** Telephone numbers are typed with spaces, brackets and dashes, and with 00 for +. */
const phone = (typed: string) => typed.replace(/[\s().-]/g, '').replace(/^00/, '+');

const RULES: Readonly<Record<string, HandleRule>> = {
  github: rule(
    'octocat',
    '1 to 39 letters (A to Z), digits or hyphens',
    // An underscore stands in names that a company manages: `octocat_acme`.
    /^[a-z\d](?:[a-z\d_-]{0,38})$/i,
  ),
  linkedin: rule(
    'ada-lovelace',
    '3 to 100 letters, digits, hyphens or underscores',
    /^[\p{L}\p{M}\p{N}_-]{3,100}$/u,
    '*.linkedin.com/in/{}',
  ),
  twitter: rule('jack', '1 to 15 letters (A to Z), digits or underscores', /^\w{1,15}$/, 'twitter.com/{}'),
  // No %: nobody's address has one, and pasted mailto: addresses have it for what they encode.
  email: rule(
    'ada@example.org',
    'the form name@example.org',
    new RegExp(String.raw`^(?!\.|.*\.\.|.*\.@)[\w.!#$&'*+/=?^\`{|}~-]{1,64}@${DOMAIN}$`, 'i'),
  ),

  gitlab: rule(
    'ada',
    '2 to 255 letters (A to Z), digits, dots, hyphens or underscores',
    /^(?![-.])(?!.*(?:\.|\.git|\.atom)$)[\w.-]{2,255}$/i,
  ),
  codeberg: rule(
    'ada',
    '1 to 40 letters (A to Z) or digits, with single dots, hyphens or underscores between them',
    /^(?=.{1,40}$)[a-z\d]+(?:[._-][a-z\d]+)*$/i,
  ),
  bitbucket: rule('ada', '1 to 62 letters (A to Z), digits, hyphens or underscores', /^[\w-]{1,62}$/),
  sourcehut: rule(
    'ada',
    '2 to 30 small letters (a to z), digits, hyphens or underscores',
    /^[a-z_][a-z\d_-]{1,29}$/,
    '*.sr.ht/~{}',
  ),
  npm: plain('ada'),
  pypi: plain('ada'),
  dockerhub: rule(
    'ada',
    '2 to 30 letters (A to Z), digits, hyphens or underscores',
    /^[\w-]{2,30}$/,
    'hub.docker.com/r/{}',
  ),
  huggingface: plain('ada', 'hf.co/{}'),
  kaggle: plain('ada'),
  codepen: rule('ada', '1 to 64 letters (A to Z), digits, hyphens or underscores', /^[\w-]{1,64}$/),
  stackoverflow: rule(
    '22656/jon-skeet',
    'the number of the account, and if you like its name: 22656/jon-skeet',
    /^\d{1,10}(?:\/[\w-]{1,80})?$/,
  ),

  devfolio: plain('ada'),
  peerlist: plain('ada'),
  producthunt: plain('ada'),
  leetcode: plain('ada', 'leetcode.com/{}', 'leetcode.cn/u/{}'),
  hackerrank: plain('ada', 'hackerrank.com/{}'),
  codeforces: rule(
    'tourist',
    '3 to 24 letters (A to Z), digits, dots, hyphens or underscores',
    /^(?!\.+$)[\w.-]{3,24}$/,
  ),
  codechef: plain('ada'),

  devto: rule('ben', '2 to 30 letters (A to Z), digits or underscores', /^\w{2,30}$/),
  hashnode: plain('ada'),
  medium: plain('ada', '{}.medium.com'),
  substack: plain('ada'),
  hackernews: rule('pg', '2 to 15 letters (A to Z), digits, hyphens or underscores', /^[\w-]{2,15}$/),

  bluesky: {
    ...rule(
      'ada.bsky.social',
      'the form of a domain name: ada.bsky.social',
      new RegExp(`^(?=.{3,253}$)${DOMAIN}$`, 'i'),
    ),
    tidy: (typed) => typed.toLowerCase(),
  },
  mastodon: {
    ...rule(
      'ada@mastodon.social',
      'the form name@server: ada@mastodon.social',
      new RegExp(String.raw`^\w(?:[\w.-]{0,62}\w)?@${DOMAIN}$`, 'i'),
      '{server}/@{}',
      '{server}/users/{}',
    ),
    tidy: (typed) => typed.replace(/@[^@]*$/, (server) => server.toLowerCase()),
  },
  threads: rule(...instagram, 'threads.net/@{}'),
  instagram: rule(...instagram, 'instagr.am/{}'),
  facebook: rule(
    'ada.lovelace',
    '1 to 50 letters (A to Z), digits or dots',
    /^(?!\.+$|profile\.php$)[a-z\d.]{1,50}$/i,
    'facebook.com/profile.php?id={}',
    'fb.com/{}',
    'fb.me/{}',
  ),
  reddit: rule(
    'ada',
    '3 to 20 letters (A to Z), digits, hyphens or underscores',
    /^[\w-]{3,20}$/,
    '*.reddit.com/user/{}',
    '*.reddit.com/u/{}',
  ),
  youtube: rule(
    'ada',
    '3 to 30 letters, digits, dots, hyphens or underscores',
    /^(?!\.+$)[\p{L}\p{M}\p{N}_.·-]{3,30}$/u,
    '*.youtube.com/@{}',
  ),
  twitch: rule('ada', '3 to 25 letters (A to Z), digits or underscores', /^\w{3,25}$/),
  tiktok: rule(
    'ada',
    '2 to 24 letters (A to Z), digits, underscores or dots, without a dot at the end',
    /^(?!.*\.$)[\w.]{2,24}$/,
  ),

  telegram: rule(
    'durov',
    '4 to 32 letters (A to Z), digits or underscores, and a letter first',
    /^[a-z]\w{3,31}$/i,
    'telegram.me/{}',
    '{}.t.me',
  ),
  discord: rule(
    'ada',
    '2 to 32 letters (A to Z), digits, underscores or single dots',
    /^(?!.*\.\.)[\w.]{2,32}$/,
    'discord.com/users/{}',
    'discordapp.com/users/{}',
    'discord.gg',
  ),
  whatsapp: {
    ...rule(
      '+49 1512 3456789',
      'the form of a telephone number with its country code: +49 1512 3456789',
      /^[1-9]\d{6,14}$/,
      'api.whatsapp.com/send?phone={}',
    ),
    tidy: (typed) => phone(typed).replace(/^\+/, ''),
  },
  signal: {
    ...rule(
      'ada.01',
      'the form of a Signal name, ada.01, or of a telephone number with its country code',
      /^(?:\+[1-9]\d{6,14}|[a-z_]\w{2,31}\.\d{2,20})$/i,
      'signal.me/#p/{}',
      'signal.me',
    ),
    tidy: (typed) => (/^[+\d(]/.test(typed) ? phone(typed) : typed),
  },
  matrix: rule(
    'ada:matrix.org',
    'the form name:server: ada:matrix.org',
    new RegExp(String.raw`^[\w.=-]{1,128}:${DOMAIN}(?::\d{1,5})?$`, 'i'),
  ),
  keybase: rule('ada', '2 to 16 letters (A to Z), digits or underscores', /^\w{2,16}$/),
  calcom: rule(...calendar, 'app.cal.com/{}'),
  calendly: rule(...calendar),

  dribbble: plain('ada'),
  behance: plain('ada'),
  figma: plain('ada'),
  orcid: rule(
    '0000-0002-1825-0097',
    'four groups of four digits: 0000-0002-1825-0097',
    /^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/,
  ),
  googlescholar: rule(
    'qc6CJjYAAAAJ',
    '12 letters (A to Z), digits, hyphens or underscores',
    /^[\w-]{12}$/,
    ...['ca', 'co.in', 'co.jp', 'co.uk', 'com.au', 'com.br', 'de', 'es', 'fr', 'it', 'nl'].map(
      (domain) => `scholar.google.${domain}/citations?user={}`,
    ),
  ),
  researchgate: rule(
    'Ada-Lovelace',
    '1 to 100 letters, digits, hyphens or underscores',
    /^[\p{L}\p{M}\p{N}_-]{1,100}$/u,
  ),
  buymeacoffee: plain('ada', 'buymeacoff.ee/{}', 'coff.ee/{}'),
  kofi: plain('ada'),
  patreon: plain('ada', 'patreon.com/c/{}', 'patreon.com/cw/{}'),
};

/** The rule of a platform's handles; undefined for portfolio and custom, which are addresses of their own. */
export function handleRule(id: string): HandleRule | undefined {
  return Object.hasOwn(RULES, id) ? RULES[id] : undefined;
}
