/** Raw DEFLATE (RFC 1951) with a bound, so that a small token cannot fill the memory, and with a preset dictionary. */

/** Head of a stored block that is not the last: type, length and its complement. */
const STORED_HEAD_BYTES = 5;

/**
 * Inflates at most `limit` bytes. Undefined where the data holds more, is broken, or has bytes after its end.
 * @param dictionary what the data may refer to as if it stood before it; at most 32 KiB
 */
export async function inflateRaw(
  data: Uint8Array,
  limit: number,
  dictionary: Uint8Array = new Uint8Array(),
): Promise<Uint8Array | undefined> {
  const { readable, writable } = new DecompressionStream('deflate-raw');
  const writer = writable.getWriter();
  // The reader meets the same failure, and answers for it.
  const ignore = () => {};
  if (dictionary.length > 0) writer.write(storedBlock(dictionary)).catch(ignore);
  writer.write(data as Uint8Array<ArrayBuffer>).catch(ignore);
  writer.close().catch(ignore);

  const reader = readable.getReader();
  const inflated = new Uint8Array(dictionary.length + limit);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return length < dictionary.length ? undefined : inflated.subarray(dictionary.length, length);
      if (length + value.length > inflated.length) {
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

/** `DecompressionStream` takes no dictionary, but what it has inflated before is one. */
function storedBlock(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(STORED_HEAD_BYTES + bytes.length);
  const head = new DataView(block.buffer);
  head.setUint16(1, bytes.length, true);
  head.setUint16(3, ~bytes.length, true);
  block.set(bytes, STORED_HEAD_BYTES);
  return block;
}
