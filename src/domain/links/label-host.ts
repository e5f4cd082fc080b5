/** Labels that show a host, such as `good.org`: readers take them for the address. */

/** Top-level domains that readers know as such; every country has two letters. */
const KNOWN_TLD =
  /^(?:com|org|net|edu|gov|mil|int|info|biz|name|pro|mobi|[a-z]{2}|dev|app|page|xyz|online|site|website|web|tech|cloud|digital|shop|store|blog|news|live|club|link|social|world|today|top|work|works|wiki|art|design|media|studio|space|zone|one|life|team|tools|software|systems|network|agency|email|academy|foundation|bank|finance|money|games|google)$/;

/** Those of countries in their own scripts, such as рф and 中国. */
const KNOWN_IDN_TLD =
  /^xn--(?:p1ai|j1amh|90ais|d1alf|e1a4c|qxa6a|node|y9a3aq|fiqs8s|fiqz9s|j6w193g|kprw13d|kpry57d|3e0b707e|h2brj9c|o3cw4h|wgbh1c|mgbaam7a8h|mgberp4a5d4ar|mgba3a4f16a)$/;

/** Endings of file and product names that are no country's. */
const NO_TLD = /^(?:js|ts|cs|db|hs|go|vb|xp)$/;

/** Dots of other scripts, which browsers take for dots in a host (UTS #46), and one that looks like it. */
const OTHER_DOTS = /[。．｡․]/gu;

/**
 * Reads a label that begins with a host, whatever stands before, such as a quote or a picture.
 * @returns the host as URLs have it, without `www.`; undefined for any other label
 */
export function hostShownBy(label: string): string | undefined {
  const plain = label.normalize('NFKC').replace(OTHER_DOTS, '.');
  const found = /^[^\p{L}\p{N}]*((?:[\p{L}\p{N}_-]+\.)+[\p{L}\p{N}-]+)(?![\p{L}\p{N}@]|\.[\p{L}\p{N}])/u.exec(
    plain,
  )?.[1];
  const host = found && URL.parse(`https://${found}`)?.hostname;
  if (!host) return undefined;
  const tld = host.slice(host.lastIndexOf('.') + 1);
  const isKnown = KNOWN_IDN_TLD.test(tld) || (KNOWN_TLD.test(tld) && !NO_TLD.test(tld));
  return isKnown ? withoutWww(host) : undefined;
}

/** Two hosts that differ only in `www.` are one to readers. */
export function withoutWww(host: string): string {
  return host.replace(/^www\./, '');
}
