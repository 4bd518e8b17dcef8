import { availableParallelism } from 'node:os';
import type { PasswordHasher } from '@poolhouse/core';
import { makeFairQueue, type FairQueue } from './fair-queue.ts';
import { fastestArgon2id } from './argon2id.ts';
import { makeArgon2Hasher, makeTestHasher } from './password-hasher.ts';
import { makeSrpThreads, type SrpThreads } from './srp-threads.ts';
import type { ServerConfig } from '../config/config.ts';

/** How many slow tasks may wait, besides those that are running. Source: security.md F23. */
const PLACES = 40;

/** Password hashing and the modular exponentiations of SRP. */
export interface SlowWork {
  readonly hasher: PasswordHasher;
  /** The name of the password hash, for the start-up text. */
  readonly passwordHash: string;
  readonly srp: SrpThreads;
}

/** Slow work runs on as many threads as there are cores, but leaves one thread of Node's pool free for files and host names. */
export async function slowWorkOf(config: ServerConfig): Promise<SlowWork> {
  const cores = availableParallelism();
  const threads = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);
  const queue = makeFairQueue(Math.max(1, Math.min(cores, threads - 1)), PLACES);
  // An exponentiation costs a tenth of a hash: one thread does some 300 sign-ins a second.
  const srp = makeSrpThreads(queue, Math.max(1, cores >> 1));
  return { ...(await hasherOf(config, queue)), srp };
}

/** The hasher of the configuration. */
async function hasherOf(
  config: ServerConfig,
  queue: FairQueue,
): Promise<Pick<SlowWork, 'hasher' | 'passwordHash'>> {
  if (config.passwordHash === 'argon2id') {
    const { name, compute } = await fastestArgon2id();
    return { hasher: makeArgon2Hasher(queue, compute), passwordHash: `argon2id by ${name}` };
  }
  // The configuration has already refused this; passwords deserve a second check.
  if (config.mode !== 'development') throw new Error('the test hasher exists in development only');
  return { hasher: makeTestHasher(), passwordHash: 'a fast hash for tests' };
}
