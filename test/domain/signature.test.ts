/** E-mail signatures: exact HTML, nothing that mail programs drop or that watches, and nothing that breaks out of it. */
import { expect, test } from 'vitest';
import { signature } from '../../src/domain/signature.ts';

const URL_OF_ADA = 'https://devcard.example/u/ada';
const ADA = { displayName: 'Ada Lovelace', role: 'Analyst', company: 'Engines', accentColor: '#4f46e5' };

test('is a table', () => {
  expect(signature(ADA, URL_OF_ADA)).toBe(
    '<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td width="4" bgcolor="#4f46e5">&nbsp;</td><td width="12">&nbsp;</td><td dir="auto"><font face="Arial, Helvetica, sans-serif" size="3" color="#1a1a1a"><b>Ada Lovelace</b></font><br><font face="Arial, Helvetica, sans-serif" size="2" color="#555555">Analyst · Engines</font><br><a href="https://devcard.example/u/ada"><font face="Arial, Helvetica, sans-serif" size="2" color="#4f46e5">devcard.example/u/ada</font></a></td></tr></table>',
  );
});

test('leaves out what is not there', () => {
  expect(signature({ ...ADA, role: null, company: null }, URL_OF_ADA)).not.toContain('#555555');
  expect(signature({ ...ADA, role: null }, URL_OF_ADA)).toContain('>Engines<');
});

test.each(['<script>alert(1)</script>', '"><img src=x>', '</td></table><b>', '& "quoted"'])(
  'escapes %s, and has neither scripts, styles nor pictures',
  (text) => {
    const html = signature({ ...ADA, displayName: text, role: text, company: text }, URL_OF_ADA);
    expect(html).not.toMatch(/<(script|img|style|link)|<[^>]*\b(style|src|on\w+)=/i);
    expect(html.match(/<\/table>/g)).toHaveLength(1);
    expect(html.match(/<td/g)).toHaveLength(3);
  },
);

test('shows a light colour as a shade that reads on white', () => {
  const html = signature({ ...ADA, accentColor: '#ffd54f' }, URL_OF_ADA);
  expect(html).toContain('bgcolor="#ffd54f"');
  expect(html).not.toContain('color="#ffd54f">devcard');
});
