/** Addresses on their way into a page: checked once more where they are used, whatever the database holds. */

/** The address if it is an https one that parses, else undefined. */
export function httpsUrl(url: string | null): string | undefined {
  return url && URL.canParse(url) && new URL(url).protocol === 'https:' ? url : undefined;
}

/** The address if a card may link to it: https, mailto or tel. */
export function linkUrl(url: string): string | undefined {
  return /^(?:mailto:[^\s@]+@[^\s@]+|tel:\+\d{7,15})$/i.test(url) ? url : httpsUrl(url);
}
