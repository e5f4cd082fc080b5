/** ZIP archives whose files are stored as they are (APPNOTE 6.3): pictures are compressed already. */
import { concatenate, crc32 } from '../png.ts';
import { type Bytes, utf8 } from './der.ts';

/** 1 January 1980, midnight: the archive depends on its files alone. */
const NO_DATE = 0x0021;

/** An archive. Names are ASCII. */
export function zipStored(files: ReadonlyMap<string, Bytes>): Bytes {
  const locals: Bytes[] = [];
  const central: Bytes[] = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const path = utf8(name);
    // What both headers share: version 2.0, no flags, stored, time, date, CRC-32, sizes, lengths of name and extra field.
    const common = new Uint8Array(26);
    const view = new DataView(common.buffer);
    view.setUint16(0, 20, true);
    view.setUint16(8, NO_DATE, true);
    view.setUint32(10, crc32(bytes), true);
    view.setUint32(14, bytes.length, true);
    view.setUint32(18, bytes.length, true);
    view.setUint16(22, path.length, true);
    const local = concatenate([signature(0x04034b50), common, path, bytes]);
    const tail = new Uint8Array(14);
    new DataView(tail.buffer).setUint32(10, offset, true);
    central.push(concatenate([signature(0x02014b50), Uint8Array.of(20, 0), common, tail, path]));
    locals.push(local);
    offset += local.length;
  }
  const directory = concatenate(central);
  const end = new Uint8Array(18);
  const view = new DataView(end.buffer);
  view.setUint16(4, files.size, true);
  view.setUint16(6, files.size, true);
  view.setUint32(8, directory.length, true);
  view.setUint32(12, offset, true);
  return concatenate([...locals, directory, signature(0x06054b50), end]);
}

function signature(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
