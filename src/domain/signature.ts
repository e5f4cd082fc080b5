/** An e-mail signature as HTML: a table with presentational attributes, which mail programs keep; no script, no style, no picture. */
import { readableOn } from './color.ts';
import type { ProfileFields } from './profile.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] as string);

const font = (size: number, color: string, html: string) =>
  `<font face="Arial, Helvetica, sans-serif" size="${size}" color="${color}">${html}</font>`;

/** @param url of the page, which the signature leads to and shows */
export function signature(
  {
    displayName,
    role,
    company,
    accentColor,
  }: Pick<ProfileFields, 'displayName' | 'role' | 'company' | 'accentColor'>,
  url: string,
): string {
  const work = [role, company].filter((text) => text !== null).join(' · ');
  const address = escaped(url.replace(/^https?:\/\//, ''));
  const lines = [
    font(3, '#1a1a1a', `<b>${escaped(displayName)}</b>`),
    ...(work ? [font(2, '#555555', escaped(work))] : []),
    `<a href="${escaped(url)}">${font(2, readableOn('#ffffff', accentColor), address)}</a>`,
  ];
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td width="4" bgcolor="${accentColor}">&nbsp;</td><td width="12">&nbsp;</td><td dir="auto">${lines.join('<br>')}</td></tr></table>`;
}
