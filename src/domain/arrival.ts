/** Addresses of ours as they arrive: with what chats, mails, keyboards and link checkers added to them, and what was meant. */

/** Where a mended address leads. */
export type Arrival =
  | {
      kind: 'profile';
      username: string;
      /** Behind the name: nothing, or what of the profile was asked for. */
      rest: '' | '.vcf' | `/card/${string}`;
      /** With its `?`, or empty. */
      search: string;
    }
  | { kind: 'card'; cardId: string; search: string }
  /** A path of ours with the digits of an offline code, which servers are not sent where nobody meddled. */
  | { kind: 'code'; path: string };

/** Link checkers encode what they wrap, and some of them what others have wrapped. */
const MAX_DECODINGS = 3;
/** Longer ones are no link that somebody shared; an offline code has 3,000 digits. */
const MAX_CHARACTERS = 8_192;

const NAME = '[A-Za-z0-9_-]{3,50}';
const ID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
/** What cannot stand in a name: everything but letters and digits of any script, hyphens and underscores. */
const BEFORE = '[^\\p{L}\\p{N}_-]*';
/**
 * What is left of the text around a link. A dot or a slash with a letter behind it is another address, not junk; any
 * other sign ends ours, whatever follows.
 */
const JUNK = '[./]*(?:[^A-Za-z0-9_./-][^]*)?';
/** The mark of Proofpoint's link checker (urldefense) behind an address. */
const MARK = '(?:__;[^]*)?';

const PROFILE = new RegExp(`^/+u/${BEFORE}(${NAME}?)(\\.vcf|/card/${BEFORE}${ID})?${MARK}${JUNK}$`, 'iu');
const CARD = new RegExp(`^/+devcard/${BEFORE}(${ID})${MARK}${JUNK}$`, 'iu');
/** Hidden files such as /.env are nobody's name. */
const BARE = new RegExp(`^/(?!\\.)${BEFORE}(${NAME}?)${MARK}${JUNK}$`, 'u');
const CODE = /^\/+([a-z])(?:[/?][^#]*)?#(\d+)/i;

/**
 * What was meant by the address of a page that is not there.
 * @param path as it was sent, percent signs and all
 * @param search with its `?`, or empty
 * @param codePaths paths of offline codes, such as `/q`
 * @returns undefined where nothing can be made of it, or nothing is wrong with it
 */
export function mend(path: string, search: string, codePaths: readonly string[]): Arrival | undefined {
  if (path.length + search.length > MAX_CHARACTERS) return undefined;
  const decoded = decode(path);
  const code = CODE.exec(decoded);
  if (code) {
    const codePath = `/${code[1]?.toLowerCase()}`;
    return codePaths.includes(codePath) ? { kind: 'code', path: `${codePath}#${code[2]}` } : undefined;
  }
  const query = search || sourceIn(decoded);
  const card = CARD.exec(decoded)?.[1];
  if (card) return elsewhere({ kind: 'card', cardId: card.toLowerCase(), search: query }, path);
  const [, username, rest = ''] = PROFILE.exec(decoded) ?? BARE.exec(decoded) ?? [];
  if (username === undefined) return undefined;
  const cardId = new RegExp(ID).exec(rest || (new URLSearchParams(query).get('card') ?? ''))?.[0];
  if (cardId && !/^\.vcf$/i.test(rest)) {
    const kept = new URLSearchParams(query);
    kept.delete('card');
    const left = kept.size > 0 ? `?${kept}` : '';
    return elsewhere(
      { kind: 'profile', username, rest: `/card/${cardId.toLowerCase()}`, search: left },
      path,
    );
  }
  return elsewhere({ kind: 'profile', username, rest: rest ? '.vcf' : '', search: query }, path);
}

/** The path of an arrival, without its query. */
export function pathOf(arrival: Arrival): string {
  switch (arrival.kind) {
    case 'profile':
      return `/u/${arrival.username}${arrival.rest}`;
    case 'card':
      return `/devcard/${arrival.cardId}`;
    case 'code':
      return arrival.path;
  }
}

/** An address that leads to itself is not mended: it is not there. */
function elsewhere(arrival: Arrival, path: string): Arrival | undefined {
  return pathOf(arrival) === path ? undefined : arrival;
}

/** Undoes percent encoding as often as somebody did it, and drops what nobody sees. */
function decode(text: string): string {
  let decoded = text;
  for (let i = 0; i < MAX_DECODINGS && decoded.includes('%'); i++) {
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      // A percent sign that stands for itself, or half of a letter.
      break;
    }
  }
  return decoded
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll('\\', '/')
    .replace(/^\/+/, '/');
}

/** The way that views are counted by, if the query was drawn into the path. */
function sourceIn(path: string): string {
  const source = /[?&]source=(qr|link|web|nfc|app)\b/.exec(path)?.[1];
  const card = new RegExp(`[?&]card=(${ID})`).exec(path)?.[1];
  const found = new URLSearchParams({ ...(source && { source }), ...(card && { card }) });
  return found.size > 0 ? `?${found}` : '';
}
