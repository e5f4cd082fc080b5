/** Making elements and finding those of the page. */

/** What may stand in an element; null leaves nothing. */
export type Content = Node | string | null;

/** An element with these properties and children. Texts stay texts. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]>,
  ...children: Content[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A picture that says nothing which is not also in words. @param path `d` in a 24 × 24 box, drawn as a line */
export function icon(path: string): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(svg.namespaceURI, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/** Set by build.ts: the address of the picture with the marks of all platforms. */
declare const MARKS: string;

/** The mark of a platform, as on the public page; the name beside it says the same. */
export function mark(platform: string): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'mark');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(svg.namespaceURI, 'use');
  use.setAttribute('href', `${MARKS}#${platform}`);
  svg.append(use);
  return svg;
}

/** The element that the page has for this selector. */
export function find<E extends Element = HTMLElement>(selector: string): E {
  return document.querySelector(selector) as E;
}

/** A button that does something. */
export function button(text: string, onclick: () => void, ariaLabel: string | null = null) {
  const element = el('button', { type: 'button', onclick }, text);
  // Not by property, which older Firefox does not know.
  if (ariaLabel !== null) element.setAttribute('aria-label', ariaLabel);
  return element;
}

/** Hands a file to the user. */
export function saveFile(name: string, content: Blob): void {
  const href = URL.createObjectURL(content);
  el('a', { href, download: name }).click();
  // Some browsers read it only after the click.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
