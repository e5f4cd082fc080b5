/** The words of the pages: one file a language, whose missing or surplus key is a type error. */
import type { Language } from '../../domain/languages.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { type Dictionary, en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';

/** All words, by language. */
export const DICTIONARIES: Readonly<Record<Language, Dictionary>> = { en, de, es, fr, ja, ar };

export type TextKey = keyof Dictionary;

/** The words of one language. */
export interface Texts {
  language: Language;
  /** A text with its values filled in. */
  (key: TextKey, values?: Readonly<Record<string, string>>): string;
}

/** The words of a language. */
export function textsOf(language: Language): Texts {
  const dictionary = DICTIONARIES[language];
  const text = (key: TextKey, values: Readonly<Record<string, string>> = {}) =>
    dictionary[key].replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole);
  return Object.assign(text, { language });
}
