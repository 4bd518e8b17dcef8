import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PasswordHasher, WorkOrder } from '@poolhouse/core';
import { nodeArgon2id, type Argon2id, type Argon2idParameters } from './argon2id.ts';
import { checkImportedBy, type CheckImported } from './check-imported.ts';
import type { FairQueue } from './fair-queue.ts';

/** The cost of one argon2id hash. Source: security.md 4 (OWASP's minimum). */
const COST = { memoryKib: 19_456, passes: 2, parallelism: 1 } as const;
const SALT_BYTES = 16;
const TAG_BYTES = 32;
/** Above these limits a stored hash is damaged rather than expensive. */
const LARGEST_MEMORY_KIB = 1_048_576;
const MOST_PASSES = 32;

/** Hashes with argon2id, taking turns in the queue; checks what other systems have hashed with `imported`. */
export function makeArgon2Hasher(
  queue: FairQueue,
  compute: Argon2id,
  imported: CheckImported = checkImportedBy(compute),
): PasswordHasher {
  const hash = (password: string, order: WorkOrder) =>
    hashWith((work) => queue(order, work), compute, password);
  return {
    hash,
    verify: (phc, password, order) =>
      verifyWith((work) => queue(order, work), compute, phc, password),
    verifyImported: (text, password, order) =>
      queue(order, () => imported(text, Buffer.from(password, 'utf8'))),
    async verifyDecoy(password, order) {
      await hash(password, order);
      return false;
    },
  };
}

/** Does the work when it is its turn. */
type InTurn = (work: () => Promise<Buffer>) => Promise<Buffer>;

async function hashWith(inTurn: InTurn, compute: Argon2id, password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const message = Buffer.from(password, 'utf8');
  const tag = await inTurn(() => compute(message, salt, COST, TAG_BYTES));
  const { memoryKib, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

async function verifyWith(
  inTurn: InTurn,
  compute: Argon2id,
  phc: string,
  password: string,
): Promise<boolean> {
  const { salt, tag, parameters } = parsePhc(phc);
  const message = Buffer.from(password, 'utf8');
  const computed = await inTurn(() => compute(message, salt, parameters, tag.length));
  return timingSafeEqual(computed, tag);
}

const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** Reads a PHC string strictly; throws for any other text, which our database never contains. */
function parsePhc(phc: string): {
  readonly salt: Buffer;
  readonly tag: Buffer;
  readonly parameters: Argon2idParameters;
} {
  const [, memory, passes, parallelism, salt, tag] = PHC.exec(phc) ?? [];
  if (salt === undefined || tag === undefined) throw new Error('not a PHC string of argon2id');
  const parameters = {
    memoryKib: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  };
  if (
    parameters.memoryKib > LARGEST_MEMORY_KIB ||
    parameters.memoryKib < 8 * parameters.parallelism ||
    parameters.passes < 1 ||
    parameters.passes > MOST_PASSES ||
    parameters.parallelism < 1
  ) {
    throw new Error('the parameters of a PHC string are out of range');
  }
  return { salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64'), parameters };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

/**
 * Hashes in no time, for tests and for measuring everything but hashing: an HMAC with a key that dies with the process. The configuration
 * allows it only in development on a loopback address.
 */
export function makeTestHasher(): PasswordHasher {
  const key = randomBytes(32);
  const macOf = (password: string) => createHmac('sha256', key).update(password).digest();
  return {
    hash: async (password) => `$test$${macOf(password).toString('base64')}`,
    verify: async (phc, password) => {
      const expected = Buffer.from(phc.slice('$test$'.length), 'base64');
      return phc.startsWith('$test$') && expected.length === 32
        ? timingSafeEqual(expected, macOf(password))
        : false;
    },
    // Such a hash says itself what it costs.
    verifyImported: (text, password) =>
      checkImportedBy(nodeArgon2id)(text, Buffer.from(password, 'utf8')),
    verifyDecoy: async (password) => {
      macOf(password);
      return false;
    },
  };
}
