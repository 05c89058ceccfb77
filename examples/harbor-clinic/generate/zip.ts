import {crc32} from 'node:zlib';

/**
 * A ZIP archive with stored (uncompressed) entries and the fixed date 1 Jan 1980, so that the same content gives
 * the same bytes on every machine: compressed output would differ between zlib builds.
 */
export function zip(entries: {name: string; text: string}[]): Uint8Array {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = encoder.encode(entry.name);
    const data = encoder.encode(entry.text);
    const common = record(26, (view) => {
      view.setUint16(0, 20, true); // version needed
      view.setUint16(2, 0x0800, true); // names are UTF-8
      view.setUint16(4, 0, true); // stored
      view.setUint16(6, 0, true); // 00:00:00
      view.setUint16(8, 0x0021, true); // 1980-01-01
      view.setUint32(10, crc32(data), true);
      view.setUint32(14, data.length, true);
      view.setUint32(18, data.length, true);
      view.setUint16(22, name.length, true);
    });
    const local = [signature(0x04034b50), common, name, data];
    directory.push(
      signature(0x02014b50),
      record(2, (view) => view.setUint16(0, 20, true)), // version made by
      common,
      record(14, (view) => view.setUint32(10, offset, true)), // comment, disk, attributes = 0; local header offset
      name,
    );
    for (const part of local) offset += part.length;
    parts.push(...local);
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = record(18, (view) => {
    view.setUint16(4, entries.length, true);
    view.setUint16(6, entries.length, true);
    view.setUint32(8, size, true);
    view.setUint32(12, offset, true);
  });
  return Buffer.concat([...parts, ...directory, signature(0x06054b50), end]);
}

function signature(value: number): Uint8Array {
  return record(4, (view) => view.setUint32(0, value, true));
}

function record(length: number, fill: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(length);
  fill(new DataView(bytes.buffer));
  return bytes;
}
