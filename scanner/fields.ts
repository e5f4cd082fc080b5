/** Fields of the scanner's forms. */
import { el } from './dom.ts';

let fields = 0;

/** A labelled text field. */
export function field(
  name: string,
  label: string,
  more: { value?: string; type?: string; required?: boolean; autocomplete?: AutoFill; maxLength?: number },
): HTMLElement {
  fields += 1;
  const id = `field-${fields}`;
  return el('p', {}, el('label', { htmlFor: id }, label), el('input', { id, name, maxLength: 500, ...more }));
}
