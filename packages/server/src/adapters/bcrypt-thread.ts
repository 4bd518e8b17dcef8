import { parentPort } from 'node:worker_threads';
import { bcryptTag, type BcryptTask } from './bcrypt.ts';
import type { Answer, Question } from './threads.ts';

/** A thread that computes bcrypt, one hash after the other. Started by `bcryptOnThread`. */
parentPort?.on('message', ({ id, task }: Question<BcryptTask>) => {
  let answer: Answer<string>;
  try {
    answer = { id, value: bcryptTag(task) };
  } catch (error) {
    answer = { id, error: error instanceof Error ? error : new Error('no error') };
  }
  parentPort?.postMessage(answer);
});
