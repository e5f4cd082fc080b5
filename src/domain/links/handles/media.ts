/** Handles where people show pictures, play music and games, and where others support them. */
import { type HandleRule, plain, rule } from './handle-rule.ts';

export const MEDIA_HANDLES = {
  dribbble: plain('ada', { pages: 'shots designers hiring following' }),
  behance: plain('ada', { pages: 'gallery joblist assets galleries live onboarding hire' }),
  figma: plain('ada'),
  artstation: plain('ada', { pages: 'artwork channels prints podcast guides' }),
  deviantart: plain('ada', {
    also: ['{}.deviantart.com'],
    pages: 'watch morelikethis daily-deviations core-membership',
  }),
  unsplash: plain('ada', { also: ['unsplash.com/{xx}/@{}'] }),
  flickr: rule(
    'ada',
    '1 to 64 letters (A to Z), digits, hyphens, underscores, or a number such as 12345@N00',
    /^(?:[\w-]{1,64}|\d+@N\d{2})$/,
  ),
  vimeo: rule(
    'ada',
    '1 to 64 letters (A to Z), digits or underscores, not digits alone',
    /^(?!\d+$)\w{1,64}$/,
    {
      pages:
        'channels groups ondemand categories album albums manage staffpicks watch showcase event ott stock enterprise player',
    },
  ),

  spotify: rule(
    'ada',
    '1 to 64 letters (A to Z), digits, dots, hyphens or underscores; or the form artist/…, show/…',
    /^(?!\.+$)[\w.-]{1,64}$/,
    {
      also: ['open.spotify.com/{xx}/user/{}'],
      kinds: [[/^(?:artist|show)\/[A-Za-z\d]{22}$/, 'open.spotify.com/{}', 'open.spotify.com/{xx}/{}']],
      noise: /^(?:nd|pi|dl_branch|context|pt|_branch_match_id|_branch_referrer)=/,
    },
  ),
  soundcloud: rule('ada', '1 to 50 letters (A to Z), digits, hyphens or underscores', /^[\w-]{1,50}$/, {
    pages: 'charts imprint people stream terms-of-use you stations sets tracks go artists for-artists',
  }),
  bandcamp: rule(
    'ada',
    '1 to 63 small letters (a to z), digits or hyphens',
    /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/,
  ),
  lastfm: plain('ada', { also: ['last.fm/{xx}/user/{}'] }),
  mixcloud: plain('ada', { pages: 'genres select creators dashboard' }),
  goodreads: rule(
    '12345678-ada',
    'the number of the account, and if you like its name: 12345678-ada',
    /^\d{1,12}(?:-[\w-]{1,80})?$/,
  ),
  letterboxd: plain('ada', { pages: 'films lists journal crew actor director film activity' }),

  steam: rule('ada', '2 to 32 letters (A to Z), digits, hyphens or underscores', /^(?!\d{17}$)[\w-]{2,32}$/, {
    kinds: [[/^\d{17}$/, 'steamcommunity.com/profiles/{}', 'steamcommunity.com/profiles/{}']],
  }),
  itch: rule(
    'ada',
    '1 to 63 small letters (a to z), digits, hyphens or underscores',
    /^[a-z\d][a-z\d_-]{0,62}$/,
  ),
  lichess: plain('ada'),
  chesscom: plain('ada'),
  duolingo: plain('ada'),
  strava: rule('1234567', '1 to 12 digits, the number of the athlete', /^\d{1,12}$/),

  githubsponsors: rule(
    'octocat',
    '1 to 39 letters (A to Z), digits or hyphens',
    /^[a-z\d](?:[a-z\d_-]{0,38})$/i,
  ),
  opencollective: plain('ada', { pages: 'become-a-sponsor fiscal-hosts e2c chat' }),
  liberapay: plain('ada'),
  paypal: rule('ada', '1 to 20 letters (A to Z) or digits', /^[a-z\d]{1,20}$/i, {
    also: ['paypal.com/paypalme/{}'],
    anyName: true,
  }),
  buymeacoffee: plain('ada', {
    also: ['buymeacoff.ee/{}', 'coff.ee/{}'],
    pages: 'explore-creators wishlist extras',
  }),
  kofi: plain('ada', { pages: 's manage gold blog-home summary' }),
  patreon: plain('ada', {
    also: ['patreon.com/c/{}', 'patreon.com/cw/{}'],
    pages:
      'user bePatron create-on-patreon checkout c cw m posts campaigns portal membership creators settings',
  }),
  gumroad: rule('ada', '3 to 63 small letters (a to z) or digits', /^[a-z\d]{3,63}$/, { pages: 'l a' }),
} satisfies Record<string, HandleRule>;
