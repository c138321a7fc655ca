/** Pictures of a few bytes, as far as their dimensions are read. */

/** A PNG that says that it has these dimensions, and has no pixels. */
export function pngOf(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(33);
  header.write('\u0089PNG\r\n\u001a\n', 'latin1');
  header.writeUInt32BE(13, 8);
  header.write('IHDR', 12, 'latin1');
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  return header;
}
