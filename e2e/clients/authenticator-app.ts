import { createHmac } from 'node:crypto';

/** RFC 6238, written anew here, so that one misreading is not on both sides. */
export function codeOf(base32: string, atMs = Date.now()): string {
  let value = 0n;
  for (const letter of base32) {
    value = value * 32n + BigInt('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter));
  }
  const spare = BigInt((base32.length * 5) % 8);
  const hex = (value >> spare).toString(16).padStart(Math.floor((base32.length * 5) / 8) * 2, '0');
  const step = Buffer.from(
    Math.floor(atMs / 30_000)
      .toString(16)
      .padStart(16, '0'),
    'hex',
  );
  const mac = createHmac('sha1', Buffer.from(hex, 'hex')).update(step).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const four = mac.subarray(offset, offset + 4);
  return String((four.readUInt32BE() % 2 ** 31) % 1_000_000).padStart(6, '0');
}
