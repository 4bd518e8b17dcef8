import { availableParallelism } from 'node:os';
import type { BcryptTask } from './bcrypt.ts';
import { makeThreads, type Threads } from './threads.ts';

/** Computes the tag of a bcrypt hash. */
export type Bcrypt = (task: BcryptTask) => Promise<string>;

/** Threads of this process: a server that has no such hashes starts none. */
let threads: Threads<BcryptTask, string> | undefined;

/** Bcrypt on another thread, which takes some 50 ms for a cost of 10. It keeps no process alive. */
export const bcryptOnThread: Bcrypt = (task) => {
  threads ??= makeThreads('bcrypt', availableParallelism());
  return threads.ask(task);
};
