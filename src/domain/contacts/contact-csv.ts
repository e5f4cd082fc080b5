/** Contacts as CSV (RFC 4180) that spreadsheets may open: no cell is a formula. */
import type { Contact } from './contact.ts';

const COLUMNS = ['received', 'name', 'email', 'phone', 'link', 'place', 'note', 'kept until'];

/** Without it Excel takes UTF-8 for the code page of its country. */
const BYTE_ORDER_MARK = '\ufeff';

/** What begins a formula, in ASCII and in full width, after what spreadsheets skip. */
const FORMULA = /^([\s\p{C}]*)(?=[=+\-@＝＋－＠])/u;
/** The same after what begins a cell where spreadsheets split at other characters than commas. */
const FORMULA_INSIDE = /([;|\t\r\n]["'\s]*)(?=[=+\-@＝＋－＠])/g;

/** The contacts that can be read, one a row. */
export function contactsCsv(contacts: readonly Contact[]): string {
  const rows = contacts.flatMap(({ createdAt, keptUntil, name, reach, place, note }) => {
    if (name === null) return [];
    const { url, username } = reach;
    const email = url.startsWith('mailto:') ? username : '';
    const phone = url.startsWith('tel:') ? url : '';
    const link = email || phone ? '' : url || username;
    return [[createdAt, name, email, phone, link, place ?? '', note ?? '', keptUntil]];
  });
  return BYTE_ORDER_MARK + [COLUMNS, ...rows].map((row) => `${row.map(cell).join()}\r\n`).join('');
}

function cell(text: string): string {
  const harmless = text.replace(FORMULA, "'$1").replace(FORMULA_INSIDE, "$1'");
  return `"${harmless.replaceAll('"', '""')}"`;
}
