/** Finds the handle in the address of a profile page, for people paste addresses where handles are wanted. */

import type { Platform } from '../../../verify/platforms.ts';
import { type HandleRule, handleRule } from './platform-handles.ts';

/** Whether an address leads to a host of the platform. */
export function isOn(platform: Platform, url: URL): boolean {
  return forms(platform).some((form) => matchHost(splitForm(form).host, url) !== undefined);
}

/** The handle whose page the address is, or undefined where it is another page. */
export function handleIn(platform: Platform, url: URL): string | undefined {
  const rule = handleRule(platform.id);
  if (!rule) return undefined;
  for (const form of forms(platform)) {
    for (const candidate of candidates(form, url)) {
      const handle = tidyHandle(rule, candidate);
      if (rule.pattern.test(handle)) return handle;
    }
  }
  return undefined;
}

/** Drops what people put around a handle: `@ada`, `~ada`, `/in/ada`, `u/ada`. */
export function bareHandle(platform: Platform, typed: string): string {
  const rule = handleRule(platform.id);
  if (!rule) return typed;
  const prefixes = forms(platform)
    .map((form) => splitForm(form).path.replace('{}', '').slice(1))
    .filter((prefix) => /^[\w/]*[/~@]$/.test(prefix));
  let handle = typed.replace(/^\/+|\/+$/g, '');
  const prefix = prefixes.find((each) => handle.toLowerCase().startsWith(each));
  if (prefix) handle = handle.slice(prefix.length);
  return tidyHandle(rule, handle.replace(/^@/, ''));
}

function tidyHandle(rule: HandleRule, handle: string): string {
  const composed = handle.normalize('NFC');
  return rule.tidy ? rule.tidy(composed) : composed;
}

function forms(platform: Platform): string[] {
  // First the further ones: they are the narrower, `facebook.com/profile.php?id={}` before `facebook.com/{}`.
  const also = handleRule(platform.id)?.also ?? [];
  return platform.address.startsWith('https://')
    ? [...also, platform.address.slice('https://'.length)]
    : [...also];
}

function splitForm(form: string): { host: string; path: string } {
  const slash = form.indexOf('/');
  return slash < 0
    ? { host: form.replace(/^www\./, ''), path: '' }
    : { host: form.slice(0, slash).replace(/^www\./, ''), path: form.slice(slash) };
}

/** What the placeholder of a form's host stands for, `''` where it has none; undefined where the host is another. */
function matchHost(form: string, url: URL): string | undefined {
  if (form === '{server}') return url.host;
  // With a port that is not the usual one, and without the prefixes of web and mobile pages.
  const host = url.host.replace(/^(?:www|m|mobile)\./, '');
  if (form.startsWith('*.')) return host === form.slice(2) || host.endsWith(form.slice(1)) ? '' : undefined;
  if (form.startsWith('{}.'))
    return host.endsWith(form.slice(2)) ? host.slice(0, 2 - form.length) : undefined;
  return host === form ? '' : undefined;
}

/** What could be the handle if the address has this form, the longest first. */
function candidates(form: string, url: URL): string[] {
  const { host, path } = splitForm(form);
  const inHost = matchHost(host, url);
  if (inHost === undefined) return [];
  if (host.startsWith('{}')) return [inHost];
  const inPath = path.includes('?') ? fromQuery(path, url) : fromPath(path, url);
  return host === '{server}'
    ? inPath.map((name) => (name.includes('@') ? name : `${name}@${inHost}`))
    : inPath;
}

/** `/profile.php?id={}` */
function fromQuery(form: string, url: URL): string[] {
  const [path, query = ''] = form.split('?');
  const value = url.searchParams.get(query.replace('={}', ''));
  return url.pathname === path && value !== null ? [value] : [];
}

/** `/in/{}`: what follows a marked place may go on with sub-pages; a handle right at the root stands alone. */
function fromPath(form: string, url: URL): string[] {
  if (!form.endsWith('{}')) return [];
  const prefix = form.slice(0, -'{}'.length);
  const path = decoded(url.pathname + (form.includes('#') ? url.hash : ''));
  if (!path?.startsWith(prefix)) return [];
  const rest = path.slice(prefix.length).replace(/\/+$/, '');
  return prefix === '/' ? [rest] : [rest, rest.replace(/[/?].*$/, '')];
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
