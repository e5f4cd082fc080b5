/** Reads a ZIP archive by its central directory (APPNOTE 4.3), with nothing of ours. */

/** The files by name; only those that are stored as they are. */
export function unzip(archive: Uint8Array<ArrayBuffer>): Map<string, Uint8Array<ArrayBuffer>> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  const end = archive.length - 22;
  if (view.getUint32(end, true) !== 0x06054b50) throw new Error('no end of central directory');
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count--) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Error('no entry of the central directory');
    if (view.getUint16(at + 10, true) !== 0) throw new Error('compressed');
    const [size, name, extra, comment] = [
      view.getUint32(at + 24, true),
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
    ];
    const local = view.getUint32(at + 42, true);
    if (view.getUint32(local, true) !== 0x04034b50) throw new Error('no local header');
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    files.set(
      new TextDecoder().decode(archive.subarray(at + 46, at + 46 + name)),
      archive.slice(start, start + size),
    );
    at += 46 + name + extra + comment;
  }
  return files;
}
