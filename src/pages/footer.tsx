/** The foot of the public pages. */
import type { Child } from 'hono/jsx';
import type { Texts } from './texts/texts.ts';

export function Footer({ text, children }: { text: Texts; children?: Child }) {
  return (
    <footer>
      {children}
      <a href="/">{text('madeWith')}</a>
    </footer>
  );
}
