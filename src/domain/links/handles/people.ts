/** Handles at networks, messengers, calendars and wherever people write. */
import { phoneNumber, phoneNumberWithoutPlus } from '../phone-number.ts';
import { type HandleRule, plain, rule } from './handle-rule.ts';

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

/** Letters of all scripts, and emoji. */
const SLUG = String.raw`[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d\ufe0f_-]`;

export const PEOPLE_HANDLES = {
  phone: rule(
    '+49 1512 3456789',
    'a country code, at most 15 digits and no extension: +49 1512 3456789',
    /^\+[1-9]\d{6,14}$/,
    { tidy: (typed) => phoneNumber(typed) ?? typed },
  ),
  linkedin: rule(
    'ada-lovelace',
    '3 to 100 letters, digits, emoji, hyphens or underscores; or the form company/acme',
    new RegExp(`^${SLUG}{3,100}$`, 'u'),
    {
      also: ['*.linkedin.com/in/{}', '*.linkedin.com/in/{}/{xx}'],
      kinds: (['company', 'school', 'showcase'] as const).map((page) => [
        new RegExp(`^${page}/${SLUG}{1,100}$`, 'u'),
        'www.linkedin.com/{}',
        '*.linkedin.com/{}',
      ]),
    },
  ),
  xing: plain('Ada_Lovelace', { also: [] }),
  wellfound: plain('ada', { also: ['angel.co/u/{}'] }),
  twitter: rule('jack', '1 to 15 letters (A to Z), digits or underscores', /^\w{1,15}$/, {
    also: ['twitter.com/{}'],
    pages:
      'compose following followers lists bookmarks grok messages x who_to_follow personalization statuses hashtag moments spaces communitynotes premium_sign_up',
    noise: /^(?:s|t|mx|cxt)=/,
  }),
  threads: rule(...instagram, { also: ['threads.net/@{}'], noise: /^(?:xmt|slof)=/ }),
  instagram: rule(...instagram, {
    also: ['instagr.am/{}'],
    pages:
      'p tv reel reels direct s a emails nametag challenge web lite locations ar archive your_activity audio graphql _n _u',
  }),
  facebook: rule('ada.lovelace', '1 to 50 letters (A to Z), digits or dots', /^(?!\.+$)[a-z\d.]{1,50}$/i, {
    // The number of an account is found at both addresses.
    also: ['*.facebook.com/{}', 'facebook.com/profile.php?id={}', 'fb.com/{}'],
    pages: `photo photo.php story.php watch gaming permalink.php home.php login.php friends bookmarks fundraisers
      saved help l.php hashtag pg public recover reg sharer.php dialog ajax plugins video.php photos messages r.php
      profile.php group.php events.php notes notes.php media memories pages people p ads_library business ufi share.php`,
    noise: /^(?:paipv|eav|wtsid|checkpoint_src)=/,
  }),
  reddit: rule('ada', '3 to 20 letters (A to Z), digits, hyphens or underscores', /^[\w-]{3,20}$/, {
    also: [
      'reddit.com/u/{}',
      ...['*', 'old', 'new', 'sh', 'np'].flatMap((host) => [
        `${host}.reddit.com/user/{}`,
        `${host}.reddit.com/u/{}`,
      ]),
    ],
  }),
  youtube: rule(
    'ada',
    '3 to 30 letters, digits, dots, hyphens or underscores; or the form c/ada, user/ada, or UC and 22 letters and digits',
    /^(?!\.+$|UC[\w-]{22}$)[\p{L}\p{M}\p{N}_.·-]{3,30}$/u,
    {
      kinds: [
        [/^UC[\w-]{22}$/, 'www.youtube.com/channel/{}', 'youtube.com/channel/{}'],
        [/^(?:c|user)\/(?!\.+$)[\p{L}\p{M}\p{N}_.·-]{1,100}$/u, 'www.youtube.com/{}', 'youtube.com/{}'],
      ],
      noise: /^(?:ab_channel|view_as)=/,
    },
  ),
  twitch: rule('ada', '3 to 25 letters (A to Z), digits or underscores', /^\w{3,25}$/, {
    pages:
      'directory p turbo prime drops inventory subs wallet jobs friends popout store u moderator bits store annual-recap',
  }),
  kick: plain('ada', { pages: 'browse following clips' }),
  tiktok: rule(
    'ada',
    '2 to 24 letters (A to Z), digits, underscores or dots, without a dot at the end',
    /^(?!.*\.$)[\w.]{2,24}$/,
    { noise: /^(?:_t|_r|_d|sec_uid|u_code|user_id|tt_from)=/ },
  ),
  snapchat: rule(
    'ada-l',
    '3 to 15 letters (A to Z), digits, hyphens, underscores or dots, and a letter first',
    /^[a-z][\w.-]{2,14}$/i,
    { also: ['snapchat.com/add/{}'], noise: /^(?:sender_web_id|device_type|share_id)=/ },
  ),
  pinterest: plain('ada', {
    also: [
      '*.pinterest.com/{}',
      ...[
        'at',
        'ca',
        'ch',
        'cl',
        'co.kr',
        'co.uk',
        'com.au',
        'com.mx',
        'de',
        'dk',
        'es',
        'fr',
        'ie',
        'it',
        'jp',
        'nz',
        'ph',
        'pt',
        'se',
      ].map((domain) => `pinterest.${domain}/{}`),
    ],
    pages: 'pin ideas today pin-builder pin-creation-tool categories convert offsite source',
    noise: /^(?:invite_code|sender)=/,
  }),
  tumblr: plain('ada', {
    also: ['tumblr.com/blog/{}', 'tumblr.com/blog/view/{}', '{}.tumblr.com'],
    pages: 'dashboard inbox likes reblog lists tips docs following',
  }),
  farcaster: plain('ada', { also: ['warpcast.com/{}'], pages: '~' }),
  nostr: rule('npub1…', 'npub1 and 58 letters and digits', /^npub1[02-9ac-hj-np-z]{58}$/, {
    also: ['nostr.com/{}', 'primal.net/p/{}', 'snort.social/{}', 'snort.social/p/{}', 'iris.to/{}'],
    anyName: true,
    tidy: (typed) => typed.replace(/^nostr:/i, ''),
  }),
  vk: rule('ada', '2 to 64 letters (A to Z), digits, dots or underscores', /^(?!\.+$)[\w.]{2,64}$/, {
    also: ['vk.ru/{}'],
    pages: 'im feed friends market clips audios away.php share.php app away video_ext.php wall',
  }),
  weibo: rule('ada-l', '4 to 30 letters (A to Z), digits, hyphens or underscores', /^[\w-]{4,30}$/, {
    kinds: [[/^u\/\d{5,15}$/, 'weibo.com/{}', 'weibo.com/{}', 'weibo.cn/{}']],
    pages: 'newlogin mygroups hot ajax tv',
  }),
  zhihu: plain('ada'),
  bilibili: rule('208259', '1 to 16 digits, the number of the account', /^\d{1,16}$/, {
    noise: /^spm_id_from=/,
  }),
  keybase: rule('ada', '2 to 16 letters (A to Z), digits or underscores', /^\w{2,16}$/),
  gravatar: plain('ada', { pages: 'avatar avatars images connect site emails' }),
  linktree: plain('ada', { pages: 's admin marketplace' }),
  aboutme: plain('ada'),

  telegram: rule(
    'durov',
    '4 to 32 letters (A to Z), digits or underscores, and a letter first',
    /^[a-z]\w{3,31}$/i,
    {
      also: ['telegram.me/{}', 'telegram.dog/{}', '{}.t.me'],
      anyName: true,
      pages: `joinchat addstickers addemoji addtheme addlist share proxy socks login setlanguage invoice boost contact
        confirmphone giftcode message nft stickers stars iv bg`,
    },
  ),
  discord: rule(
    'ada',
    '2 to 32 letters (A to Z), digits, underscores or single dots; or the form invite/code',
    /^(?!.*\.\.)[\w.]{2,32}$/,
    {
      kinds: [
        [/^\d{15,20}$/, 'discord.com/users/{}', 'discordapp.com/users/{}'],
        [
          /^invite\/[\w-]{2,32}$/,
          'discord.gg/{}',
          'discord.gg/{invite/}',
          'discord.com/{}',
          'discordapp.com/{}',
        ],
      ],
      also: ['discord.com', 'discord.gg'],
      tidy: (typed) => typed.replace(/#\d{1,4}$/, ''),
    },
  ),
  whatsapp: rule(
    '+49 1512 3456789',
    'the form of a telephone number with its country code: +49 1512 3456789',
    /^[1-9]\d{6,14}$/,
    {
      also: ['api.whatsapp.com/send?phone={}', 'web.whatsapp.com/send?phone={}'],
      tidy: (typed) => phoneNumberWithoutPlus(typed)?.slice(1) ?? typed,
      noise: /^(?:type=phone_number|app_absent=[01])$/,
    },
  ),
  signal: rule(
    'ada.01',
    'the form of a Signal name, ada.01, or of a telephone number with its country code',
    /^[a-z_]\w{2,31}\.\d{2,20}$/i,
    {
      kinds: [[/^\+[1-9]\d{6,14}$/, 'signal.me/#p/{}']],
      also: ['signal.me'],
      tidy: (typed) => phoneNumber(typed) ?? typed,
    },
  ),
  threema: rule('ABCD1234', '8 capital letters or digits', /^[A-Z\d*][A-Z\d]{7}$/, {
    anyName: true,
    tidy: (typed) => typed.toUpperCase(),
  }),
  wechat: rule(
    'ada_lovelace',
    '6 to 20 letters (A to Z), digits, hyphens or underscores, and a letter first',
    /^[a-z][\w-]{5,19}$/i,
  ),
  line: plain('ada'),
  calcom: rule(...calendar, {
    also: ['app.cal.com/{}'],
    pages: 'bookings event-types availability workflows routing auth booking team',
  }),
  calendly: rule(...calendar, { pages: 'd s event_types scheduled_events app' }),

  devto: rule('ben', '2 to 30 letters (A to Z), digits or underscores', /^\w{2,30}$/, {
    pages: 't challenges readinglist pod podcasts code-of-conduct latest deck top bb new listings enter',
  }),
  hashnode: plain('ada', {
    kinds: [[/^(?!(?:www|m|mobile)\.)[a-z\d][a-z\d-]{0,62}\.hashnode\.dev$/, '{}/']],
  }),
  medium: plain('ada', { also: ['{}.medium.com'], noise: /^source=/ }),
  substack: plain('ada', {
    kinds: [
      [/^(?!(?:www|m|mobile|open|support|blog|on|read)\.)[a-z\d][a-z\d-]{0,62}\.substack\.com$/, '{}/'],
    ],
  }),
  hackmd: plain('ada'),
  wordpress: rule('ada-l', '4 to 63 small letters (a to z), digits or hyphens', /^[a-z\d][a-z\d-]{3,62}$/),
  qiita: plain('ada', {
    pages: 'advent-calendar question-list timeline official-events official-campaigns trend stock items',
  }),
  zenn: plain('ada', { pages: 'books scraps p' }),
  note: plain('ada', { pages: 'n hashtag interests' }),
  velog: plain('ada'),
  habr: plain('ada', { also: ['habr.com/{xx}/users/{}'] }),
  juejin: rule('1234567890123', '5 to 20 digits, the number of the account', /^\d{5,20}$/, { also: [] }),
  csdn: plain('ada', { pages: 'nav rank' }),
  hackernews: rule('pg', '2 to 15 letters (A to Z), digits, hyphens or underscores', /^[\w-]{2,15}$/),
  lobsters: plain('ada', { also: ['lobste.rs/u/{}'] }),
  indiehackers: plain('ada', { pages: 'start post product group' }),
  sessionize: plain('ada', { pages: 'playbook app speakers-directory organizers' }),
  speakerdeck: plain('ada', { pages: 'c player presentations' }),
  slideshare: plain('ada', { pages: 'slideshow mobile featured presentation' }),
  meetup: rule('1234567', '5 to 12 digits, the number of the account', /^\d{5,12}$/),
  credly: plain('ada'),
  googledevelopers: plain('ada'),
  orcid: rule(
    '0000-0002-1825-0097',
    'four groups of four digits: 0000-0002-1825-0097',
    /^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/,
  ),
  googlescholar: rule('qc6CJjYAAAAJ', '12 letters (A to Z), digits, hyphens or underscores', /^[\w-]{12}$/, {
    also: `ae at be ca ch cl co.id co.il co.in co.jp co.kr co.nz co.th co.uk co.za com.ar com.au com.br com.co com.eg com.hk com.mx com.my
      com.pe com.pk com.sg com.tr com.tw com.ua com.vn cz de dk es fi fr gr hu ie it nl no pl pt ro ru se sk`
      .split(/\s+/)
      .map((domain) => `scholar.google.${domain}/citations?user={}`),
    noise: /^(?:oi=|view_op=list_works$|sortby=pubdate$)/,
  }),
  researchgate: rule(
    'Ada-Lovelace',
    '1 to 100 letters, digits, hyphens or underscores',
    /^[\p{L}\p{M}\p{N}_-]{1,100}$/u,
  ),
  openstreetmap: rule(
    'ada',
    '1 to 200 letters, digits, spaces, hyphens or underscores',
    /^(?!\.+$| | .*|.* $)[\p{L}\p{M}\p{N}_.' -]{1,200}$/u,
  ),
} satisfies Record<string, HandleRule>;
