/** The languages of the pages, and which of them a browser's `Accept-Language` chooses (RFC 9110 section 12.5.4). */

/** BCP 47 tags; the first is the default. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'ja', 'ar'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Entries read of a header; the rest is ignored. */
const MAX_RANGES = 12;

/** The supported language with the highest quality, then the first in order; English when none is supported. */
export function chooseLanguage(acceptLanguage: string | undefined): Language {
  let best: Language = LANGUAGES[0];
  let bestQuality = 0;
  for (const range of (acceptLanguage ?? '').split(',', MAX_RANGES)) {
    const [tag = '', ...parameters] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const language = LANGUAGES.find((each) => tag === each || tag.startsWith(`${each}-`));
    const quality = qualityOf(parameters);
    if (language && quality > bestQuality) {
      best = language;
      bestQuality = quality;
    }
  }
  return best;
}

/** `q=0.8` among the parameters, 1 where there is none, 0 where it is malformed. */
function qualityOf(parameters: readonly string[]): number {
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  if (q === undefined) return 1;
  return /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(q) ? Number(q.slice(2)) : 0;
}

/** Direction of a language's script. */
export function direction(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}
