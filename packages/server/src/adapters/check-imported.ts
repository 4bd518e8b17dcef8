import { pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { readAnyHash, type ImportedHash } from '@poolhouse/core';
import type { Argon2id } from './argon2id.ts';
import { bcryptOnThread, type Bcrypt } from './bcrypt-threads.ts';

/** Whether this is the password of a hash that another system has made; none of it is computed on this thread. */
export type CheckImported = (text: string, password: Buffer) => Promise<boolean>;

/** Checks hashes of all kinds that can be imported. Throws for a text that no import has let pass. */
export function checkImportedBy(
  argon2id: Argon2id,
  bcrypt: Bcrypt = bcryptOnThread,
): CheckImported {
  return async (text, password) => {
    const hash = readAnyHash(text);
    if (hash === undefined) throw new Error('not a hash that can be imported');
    const expected = hash.kind === 'BCRYPT' ? Buffer.from(hash.tag) : hash.tag;
    const computed = await tagOf(hash, password, { argon2id, bcrypt });
    return timingSafeEqual(computed, expected);
  };
}

const derivePbkdf2 = promisify(pbkdf2);
const deriveScrypt = promisify(
  (
    password: Buffer,
    salt: Buffer,
    bytes: number,
    options: {
      readonly N: number;
      readonly r: number;
      readonly p: number;
      readonly maxmem: number;
    },
    done: (error: Error | null, tag: Buffer) => void,
  ) => scrypt(password, salt, bytes, options, done),
);

async function tagOf(
  hash: ImportedHash,
  password: Buffer,
  { argon2id, bcrypt }: { readonly argon2id: Argon2id; readonly bcrypt: Bcrypt },
): Promise<Buffer> {
  switch (hash.kind) {
    case 'BCRYPT':
      return Buffer.from(await bcrypt({ password, cost: hash.cost, salt: hash.salt }));
    case 'SCRYPT': {
      const { cost: N, blockSize: r, parallelism: p, salt, tag } = hash;
      // Node asks for some more than the 128 N r bytes of the table itself.
      return deriveScrypt(password, salt, tag.length, {
        N,
        r,
        p,
        maxmem: 129 * N * r + 256 * r * p,
      });
    }
    case 'ARGON2ID':
      return argon2id(password, hash.salt, hash, hash.tag.length);
    case 'PBKDF2_SHA256':
      return derivePbkdf2(password, hash.salt, hash.iterations, hash.tag.length, 'sha256');
  }
}
