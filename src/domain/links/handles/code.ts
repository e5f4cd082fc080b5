/** Handles where code and packages live, and where people compete in it. */
import { type HandleRule, numbered, plain, rule } from './handle-rule.ts';

const lettersDigitsHyphens = '1 to 64 letters (A to Z), digits, hyphens or underscores';

export const CODE_HANDLES = {
  github: rule(
    'octocat',
    '1 to 39 letters (A to Z), digits or hyphens',
    // An underscore stands in names that a company manages: `octocat_acme`.
    /^[a-z\d](?:[a-z\d_-]{0,38})$/i,
    {
      pages: `codespaces issues pulls gist gists notifications copilot customer-stories open-source readme
        mobile nonprofit codesearch git-guides watching site advisories ghost-pages sessions enterprises apps
        advanced-security trust-center why-github newsroom education`,
      noise: /^tab=overview$/,
    },
  ),
  gitlab: rule(
    'ada',
    '2 to 255 letters (A to Z), digits, dots, hyphens or underscores',
    /^(?![-.])(?!.*(?:\.|\.git|\.atom)$)[\w.-]{2,255}$/i,
    {
      pages:
        'abuse_reports admin assets files import invites jwt o profile s sent_notifications snippets unsubscribes v2 uploads',
    },
  ),
  codeberg: rule(
    'ada',
    '1 to 40 letters (A to Z) or digits, with single dots, hyphens or underscores between them',
    /^(?=.{1,40}$)[a-z\d]+(?:[._-][a-z\d]+)*$/i,
    {
      pages:
        'assets attachments avatar avatars ghost issues metrics milestones pulls repo swagger v2 .well-known',
    },
  ),
  bitbucket: rule('ada', '1 to 62 letters (A to Z), digits, hyphens or underscores', /^[\w-]{1,62}$/, {
    pages: 'workspaces repo snippets socialauth xhr',
  }),
  sourcehut: rule(
    'ada',
    '2 to 30 small letters (a to z), digits, hyphens or underscores',
    /^[a-z_][a-z\d_-]{1,29}$/,
  ),
  gitee: plain('ada', { pages: 'gitee ai education oschina' }),
  gitea: plain('ada', { also: [], pages: 'assets avatars ghost repo' }),
  launchpad: plain('ada', {}),
  npm: plain('ada'),
  pypi: plain('ada'),
  jsr: plain('ada'),
  crates: plain('ada'),
  rubygems: plain('ada'),
  packagist: plain('ada', { also: [] }),
  nuget: plain('ada'),
  dockerhub: rule('ada', '2 to 30 letters (A to Z), digits, hyphens or underscores', /^[\w-]{2,30}$/),
  huggingface: plain('ada', {
    also: ['hf.co/{}'],
    pages: `models spaces docs chat papers inference inference-api inference-endpoints huggingchat tasks new-space
      huggingfacejs buckets kernels agents leaderboards autotrain hardware endpoints organizations`,
  }),
  kaggle: plain('ada', {
    pages:
      'c code competitions models rankings kernels notebooks benchmarks general getting-started host game-arena progression tpu work',
  }),
  codepen: rule('ada', lettersDigitsHyphens, /^[\w-]{1,64}$/, {
    pages: 'pen pens challenges spark team collection your-work topics',
  }),
  codesandbox: plain('ada'),
  stackblitz: plain('ada'),
  replit: plain('ada'),
  observable: plain('ada'),
  stackoverflow: numbered('22656/jon-skeet', { noise: /^tab=profile$/ }),
  stackexchange: numbered('22656/jon-skeet', { noise: /^tab=(?:profile|accounts)$/ }),
  wakatime: plain('ada'),
  daily: plain('ada', {
    pages: 'search posts my-feed squads bookmarks briefing history following sources plus',
  }),

  devfolio: plain('ada'),
  peerlist: plain('ada', { pages: 'scroll launchpad inbox hiring articles user' }),
  producthunt: plain('ada'),
  leetcode: plain('ada', {
    also: ['leetcode.com/{}', 'leetcode.cn/u/{}'],
    pages:
      'problems problemset problem-list contest discuss interview assessment studyplan study-plan tag progress points submissions u list student',
  }),
  hackerrank: plain('ada', {
    also: ['hackerrank.com/{}'],
    pages:
      'challenges domains skills-directory skills-verification interview prepare certify compete leaderboard skills apply administration settings work',
  }),
  codeforces: rule(
    'tourist',
    '3 to 24 letters (A to Z), digits, dots, hyphens or underscores',
    /^(?!\.+$)[\w.-]{3,24}$/,
  ),
  codechef: plain('ada'),
  codewars: plain('ada'),
  exercism: plain('ada'),
  hackerearth: plain('ada'),
  geeksforgeeks: plain('ada', { also: ['geeksforgeeks.org/user/{}', 'auth.geeksforgeeks.org/user/{}'] }),
  atcoder: plain('ada'),
  topcoder: plain('ada', { also: ['topcoder.com/members/{}'] }),
  tryhackme: plain('ada'),
  hackthebox: rule('1234567', '1 to 12 digits, the number of the account', /^\d{1,12}$/, {
    also: ['app.hackthebox.com/profile/{}'],
  }),
  hackerone: plain('ada', {
    pages: `hacktivity directory opportunities reports bugs hacker_dashboard leaderboard invitations teams users
      attack-resistance-management product vulnerability-management`,
  }),
  bugcrowd: plain('ada', {
    also: [],
    pages:
      'engagements programs bug-bounty-list crowdstream hackers products vulnerability-rating-taxonomy leaderboard h',
  }),
} satisfies Record<string, HandleRule>;
