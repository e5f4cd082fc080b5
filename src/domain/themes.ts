/** Looks that an owner may choose for the public pages; their styles are in `pages/style.css`. */

/** One look. `id` is what the database and the style sheet call it; it never changes. */
export interface Theme {
  readonly id: string;
  /** As the editor offers it, in English. */
  readonly name: string;
}

/** Every look, the usual one first. */
export const THEMES: readonly [Theme, ...Theme[]] = [
  { id: 'classic', name: 'Classic' },
  { id: 'paper', name: 'Paper' },
  { id: 'terminal', name: 'Terminal' },
  { id: 'vivid', name: 'Vivid' },
];

/** The look of an id, or the usual one where it is not known (any more). */
export function themeById(id: string): Theme {
  return THEMES.find((theme) => theme.id === id) ?? THEMES[0];
}
