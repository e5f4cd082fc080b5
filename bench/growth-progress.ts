/** How far something long has come. */

/** A bar that is drawn over and over in a terminal, and elsewhere written down at every tenth. @returns what to tell how much is done */
export function progressBar(title: string, total: number): (done: number) => void {
  const started = performance.now();
  let tenths = -1;
  return (done) => {
    const now = Math.floor((10 * done) / total);
    const left = ((performance.now() - started) / done) * (total - done);
    const rest = done > 0 && done < total ? ` ${Math.ceil(left / 1000)} s left` : '';
    const line = `${title} [${'#'.repeat(now)}${'·'.repeat(10 - now)}]${rest}`;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line}${done < total ? '' : '\n'}`);
    else if (now > tenths) console.log(line);
    tenths = now;
  };
}
