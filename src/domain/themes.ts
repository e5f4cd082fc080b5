/** Themes that an owner may choose for the public pages; their styles are in `pages/style.css`. */

/** One theme. `id` is its name in the database and the style sheet; it never changes. */
export interface Theme {
  readonly id: string;
  /** As the editor offers it, in English. */
  readonly name: string;
}

/** All themes, the default first. */
export const THEMES: readonly [Theme, ...Theme[]] = [
  { id: 'classic', name: 'Classic' },
  { id: 'paper', name: 'Paper' },
  { id: 'terminal', name: 'Terminal' },
  { id: 'vivid', name: 'Vivid' },
];

/** The theme of an id, or the default when the id is unknown. */
export function themeById(id: string): Theme {
  return THEMES.find((theme) => theme.id === id) ?? THEMES[0];
}
