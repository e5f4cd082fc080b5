/** The foot of the public pages. */
import type { Texts } from './texts.ts';

export function Footer({ text }: { text: Texts }) {
  return (
    <footer>
      <a href="/">{text('madeWith')}</a>
    </footer>
  );
}
