/**
 * One 24 × 24 picture for each platform, as the `d` of an SVG path.
 *
 * The pictures are data and no code: `platform-icons.txt` holds one `id path` a line, bundlers load it as text, and
 * nothing of it is parsed before the first picture is asked for.
 *
 * Brand marks come from simple-icons 16.37.0 (LinkedIn, CodePen, Medium, Codeberg and Ko-fi from 9.21.0), licence
 * CC0-1.0, rounded to a tenth of a unit; the marks themselves belong to their owners. Those of email, phone,
 * portfolio, custom, devfolio, codechef, calcom, kaggle, atcoder, googledevelopers, nostr, crates, forgejo, lemmy, peertube,
 * exercism, lobsters, packagist, habr, codewars, tryhackme, credly, meetup, duolingo, aboutme and csdn are drawn for this
 * project: their brands' own are under other licences, or too fine for this size.
 */
import iconLines from './platform-icons.txt';

let icons: ReadonlyMap<string, string> | undefined;

/** The `d` of the path of a platform's picture; that of a custom link where the platform is not known. */
export function platformIcon(id: string): string {
  icons ??= parse(iconLines);
  return icons.get(id) ?? icons.get('custom') ?? '';
}

function parse(lines: string): ReadonlyMap<string, string> {
  return new Map(
    lines
      .trimEnd()
      .split('\n')
      .map((line) => {
        const space = line.indexOf(' ');
        return [line.slice(0, space), line.slice(space + 1)];
      }),
  );
}
