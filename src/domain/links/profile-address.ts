/** Finds the handle in the address of a profile page, for people paste addresses where handles are wanted. */

import { encodeHandle, type Platform } from '../../../verify/platforms.ts';
import type { HandleKind, HandleRule } from './handles/handle-rule.ts';
import { handleRule } from './platform-handles.ts';

/** Parameters that tell whoever follows a link apart, or choose the language: none of them changes what is shown. */
const NOISE =
  /^(?:utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|_hs\w+|fbclid|[gd]clid|[gw]braid|msclkid|twclid|ttclid|yclid|ysclid|li_fat_id|mc_[ce]id|vero_id|igsh|igshid|ig_rid|mibextid|rdid|share_url|__tn__|__cft__\[0\]|hc_ref|fref|ref|ref_\w+|refid|referr?er|original_referer|trk\w*|trackingId|lipi|lici|midToken|midSig|miniProfileUrn|originalSubdomain|si|feature|app|share|share\w*_\w+|sender_device|is_from_webapp|is_copy_url|web_id|_rdc|_rdr|hl|lang|language|locale)$/i;

/** First labels of hosts that are the site's own, where a handle stands in front of the domain. */
const SITE_LABELS =
  /^(?:www|m|mobile|api|apps?|about|blog|cdn|static|docs|help|support|status|login|auth|mail|web|forum|jobs|store|shop|developers?|daily|s|en|de|fr|es)$/;

/** An address as it was declared, ready to be compared. */
interface Form {
  kind: HandleKind;
  host: string;
  /** Goes in front of what the address names: `invite/`. */
  prefix: string;
  /** Of the path, and of the fragment where that has a part of it; the handle is the first group. */
  path: RegExp | undefined;
  /** The parameter that is the handle. */
  parameter: string | undefined;
  usesFragment: boolean;
  isAtRoot: boolean;
}

/** The address of a handle's page, or `''` where there is none. */
export function addressOf(platform: Platform, handle: string): string {
  const rule = handleRule(platform.id);
  const plain = rule ? tidyHandle(rule, handle) : handle;
  const template = rule && kindOf(rule, plain)?.address;
  return template === undefined
    ? platform.url(plain)
    : `https://${template.replace('{}', () => encodeHandle(plain))}`;
}

/** The kind of a handle in the form that patterns describe; undefined where it is none. */
export function kindOf(rule: HandleRule, handle: string): HandleKind | undefined {
  return rule.kinds.find(({ pattern }) => pattern.test(handle));
}

/** Whether an address leads to a host of the platform. */
export function isOn(platform: Platform, url: URL): boolean {
  return formsOf(platform).some((form) => matchHost(form, url) !== undefined);
}

/** The handle whose page the address is, in the form that patterns describe; undefined where it is another page. */
export function handleIn(platform: Platform, url: URL): string | undefined {
  const rule = handleRule(platform.id);
  if (!rule) return undefined;
  for (const form of formsOf(platform)) {
    const found = matched(form, url, rule);
    const handle = found && tidyHandle(rule, found);
    if (
      handle &&
      kindOf(rule, handle) === form.kind &&
      !(form.isAtRoot && isSitePage(rule, form.kind, handle))
    )
      return handle;
  }
  return undefined;
}

/** Whether a handle at the root of the site would be one of its own pages. */
function isSitePage(rule: HandleRule, kind: HandleKind, handle: string): boolean {
  const [first = ''] = handle.toLowerCase().split('/');
  // Further kinds have a prefix of their own, which may well be among the pages: `company/acme`.
  return kind === rule.kinds.at(-1) && rule.pages.has(first);
}

/** Whether a handle would lead to a page or host that the site keeps for itself: `login`, `blog.`. */
export function isKeptBySite(platform: Platform, rule: HandleRule, handle: string): boolean {
  const kind = kindOf(rule, handle);
  if (platform.address.startsWith('https://{}.')) return SITE_LABELS.test(handle);
  return (
    kind !== undefined && /^https:\/\/[^/{}]+\/\{\}$/.test(platform.address) && isSitePage(rule, kind, handle)
  );
}

/** Whether its pages may be on any host, so that an address alone does not tell the platform. */
export function isFederated(platform: Platform): boolean {
  return formsOf(platform).some(({ host }) => host === '{server}');
}

/** Drops what people put around a handle: `@ada`, `~ada`, `/in/ada`, `u/ada`. */
export function bareHandle(platform: Platform, typed: string): string {
  const rule = handleRule(platform.id);
  if (!rule) return typed;
  const handle = typed.replace(/^\/+|\/+$/g, '');
  const prefix = templatesOf(platform)
    .map(({ template }) => template.replace(/^[^/]*\//, '').replace('{}', ''))
    .find((each) => /^[\w/]*[/~@]$/.test(each) && handle.toLowerCase().startsWith(each));
  const rest = prefix ? handle.slice(prefix.length) : handle;
  return tidyHandle(rule, rest.replace(/^@/, ''));
}

function tidyHandle(rule: HandleRule, handle: string): string {
  const composed = handle.normalize('NFC');
  return rule.tidy ? rule.tidy(composed) : composed;
}

function templatesOf(platform: Platform): { template: string; kind: HandleKind }[] {
  const { kinds = [] } = handleRule(platform.id) ?? {};
  const own = platform.address.startsWith('https://') ? platform.address.slice('https://'.length) : undefined;
  return kinds.flatMap((kind) =>
    [...kind.also, kind.address ?? own].flatMap((template) => (template ? [{ template, kind }] : [])),
  );
}

const read = new Map<Platform, readonly Form[]>();

function formsOf(platform: Platform): readonly Form[] {
  let forms = read.get(platform);
  if (!forms) {
    forms = templatesOf(platform).map(formOf);
    read.set(platform, forms);
  }
  return forms;
}

function formOf({ template, kind }: { template: string; kind: HandleKind }): Form {
  const [, host = '', path = '', parameter] = /^([^/]*)([^?]*?)(?:\?(\w+)=\{\})?$/.exec(template) ?? [];
  const [place, prefix = ''] = /\{(\w+\/)?\}/.exec(template) ?? [];
  const escaped = path
    .replace(/\/$/, '')
    .replace(/[.~]/g, String.raw`\$&`)
    .replace('{xx}', '(?:intl-)?[a-z]{2}(?:[-_][A-Za-z]{2})?')
    .replace(/\{(?:\w+\/)?\}/, '(.+?)');
  return {
    kind,
    host: host.replace(/^www\./, ''),
    prefix,
    path: place ? new RegExp(`^${escaped}/*$`) : undefined,
    parameter,
    usesFragment: path.includes('#'),
    isAtRoot: path === '/{}',
  };
}

/** What stands in front of the domain where a form has its handle there, `''` otherwise; undefined on another host. */
function matchHost({ host: form, kind }: Form, url: URL): string | undefined {
  if (form === '{server}') return url.host;
  // With a port that is not the usual one, and without the prefixes of web and mobile pages.
  const host = url.host.replace(/^(?:www|m|mobile)\./, '');
  if (form === '{}') return kind.pattern.test(host) ? host : undefined;
  if (form.startsWith('{}.')) {
    const label = host.endsWith(form.slice(2)) ? host.slice(0, 2 - form.length) : '';
    return label && !label.includes('.') && !SITE_LABELS.test(label) ? label : undefined;
  }
  const bare = form.startsWith('*.') ? host.replace(/^[a-z]{2}(?:-[a-z]{2})?\./, '') : host;
  return bare === form.replace(/^\*\./, '') ? '' : undefined;
}

/** What would be the handle if the address has this form. */
function matched(form: Form, url: URL, rule: HandleRule): string | undefined {
  const inHost = matchHost(form, url);
  if (inHost === undefined || !form.path) return undefined;
  // A fragment is a place on the page, unless it is the path of a page that a script draws.
  if (!form.usesFragment && /^#[/!]/.test(url.hash)) return undefined;
  const telling = [...url.searchParams].filter(
    ([name, value]) => value !== '' && !NOISE.test(name) && !rule.noise?.test(`${name}=${value}`),
  );
  if (telling.some(([name]) => name !== form.parameter)) return undefined;
  const path = decoded(url.pathname + (form.usesFragment ? url.hash : ''));
  const match = path === undefined ? null : form.path.exec(path);
  if (!match) return undefined;
  if (form.parameter) return telling.length === 1 ? telling[0]?.[1] : undefined;
  if (form.host.startsWith('{}')) return inHost;
  const [, name] = match;
  if (!name) return undefined;
  return form.host === '{server}' && !name.includes('@') ? `${name}@${inHost}` : form.prefix + name;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
