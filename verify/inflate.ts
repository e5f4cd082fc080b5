/** Raw DEFLATE (RFC 1951) with a bound, so that a small token cannot fill the memory. */

/** Inflates at most `limit` bytes. Undefined where the data holds more, is broken, or has bytes after its end. */
export async function inflateRaw(data: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
  const { readable, writable } = new DecompressionStream('deflate-raw');
  const writer = writable.getWriter();
  // The reader meets the same failure, and answers for it.
  const ignore = () => {};
  writer.write(data as Uint8Array<ArrayBuffer>).catch(ignore);
  writer.close().catch(ignore);

  const reader = readable.getReader();
  const inflated = new Uint8Array(limit);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return inflated.subarray(0, length);
      if (length + value.length > limit) {
        await reader.cancel();
        return undefined;
      }
      inflated.set(value, length);
      length += value.length;
    }
  } catch {
    return undefined;
  }
}
