import { hash, timingSafeEqual } from 'node:crypto';

/** Whether two values are equal, in a time that depends neither on their content nor on where they differ. */
export function equalInConstantTime(a: string | Buffer, b: string | Buffer): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/** `timingSafeEqual` refuses different lengths; digests always have the same length. */
function digest(value: string | Buffer): Buffer {
  return hash('sha256', value, 'buffer');
}
