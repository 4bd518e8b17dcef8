/**
 * Joins texts so that no two different lists result in the same bytes: a count, then each text after its length in bytes. A separator would
 * not do, because user names and attributes may contain it.
 */
export function frame(parts: readonly string[]): Buffer {
  const pieces: Buffer[] = [lengthOf(parts.length)];
  for (const part of parts) {
    const bytes = Buffer.from(part, 'utf8');
    pieces.push(lengthOf(bytes.length), bytes);
  }
  return Buffer.concat(pieces);
}

function lengthOf(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
