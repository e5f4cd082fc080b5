/** Handles with a server in them: the server may have any name, in any script. */
import { asciiHost, unicodeHost } from '../unicode-host.ts';
import { DOMAIN, type HandleRule, rule } from './handle-rule.ts';

/** Brings the server of `name@server` (or `name:server`) into the form of addresses. */
const tidyServer = (separator: string) => (typed: string) => {
  const at = typed.lastIndexOf(separator);
  const server = typed.slice(at + 1);
  return typed.slice(0, at + 1) + (asciiHost(server) ?? server.toLowerCase());
};

/** Writes the server as people read it. */
const shownServer = (separator: string) => (handle: string) => {
  const at = handle.lastIndexOf(separator);
  return handle.slice(0, at + 1) + unicodeHost(handle.slice(at + 1));
};

/** `name@server`, with the path of the page at the server. */
const atServer = (example: string, ...also: string[]): HandleRule =>
  rule(
    example,
    `the form name@server: ${example}`,
    // Feeds and data of an account stand beside its page: `/@ada.rss`.
    new RegExp(String.raw`^\w(?:[\w.-]{0,62}\w)?(?<!\.(?:rss|atom|json))@${DOMAIN}$`, 'i'),
    { also, anyName: true, tidy: tidyServer('@'), shown: shownServer('@') },
  );

export const FEDERATED_HANDLES = {
  // No %: nobody's address has one, and pasted mailto: addresses have it for what they encode.
  email: rule(
    'ada@example.org',
    'the form name@example.org',
    new RegExp(
      String.raw`^(?!\.|.*\.\.|.*\.@)[\p{L}\p{M}\p{N}_.!#$&'*+\/=?^\x60{\|}~\-]{1,64}@${DOMAIN}$`,
      'iu',
    ),
    { tidy: tidyServer('@'), shown: shownServer('@') },
  ),
  mastodon: atServer('ada@mastodon.social', '{server}/@{}', '{server}/users/{}'),
  pixelfed: atServer('ada@pixelfed.social', '{server}/{}'),
  peertube: atServer('ada@tube.example.org', '{server}/a/{}'),
  lemmy: atServer('ada@lemmy.world', '{server}/u/{}'),
  nextcloud: atServer('ada@cloud.example.org', '{server}/u/{}'),
  forgejo: atServer('ada@git.example.org', '{server}/{}'),
  xmpp: atServer('ada@jabber.example.org'),
  matrix: rule(
    'ada:matrix.org',
    'the form name:server: ada:matrix.org',
    new RegExp(String.raw`^[\w.=\/+-]{1,128}:${DOMAIN}(?::\d{1,5})?$`, 'i'),
    {
      anyName: true,
      // The servers that know the account are hints for the way there.
      tidy: (typed) => {
        const [, handle = '', port = ''] = /^(.*?)(:\d{1,5})?(?:\?via=.*)?$/s.exec(typed) ?? [];
        return tidyServer(':')(handle) + port;
      },
      shown: (handle) => {
        const [, account = '', port = ''] = /^(.*?)(:\d{1,5})?$/s.exec(handle) ?? [];
        return shownServer(':')(account) + port;
      },
    },
  ),
  bluesky: rule(
    'ada.bsky.social',
    'the form of a domain name: ada.bsky.social',
    new RegExp(`^(?=.{3,253}$)${DOMAIN}$`, 'i'),
    {
      kinds: [[/^did:(?:plc:[a-z2-7]{24}|web:[a-z\d.-]{3,200})$/, 'bsky.app/profile/{}']],
      tidy: (typed) => (typed.startsWith('did:') ? typed : (asciiHost(typed) ?? typed.toLowerCase())),
      shown: (handle) => (handle.startsWith('did:') ? handle : unicodeHost(handle)),
    },
  ),
} satisfies Record<string, HandleRule>;
