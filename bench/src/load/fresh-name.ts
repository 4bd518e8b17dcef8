import { randomBytes } from 'node:crypto';

/** A user name that nobody has. */
export function freshName(): string {
  return `fresh-${randomBytes(6).toString('hex')}`;
}
