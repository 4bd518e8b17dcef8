import { parentPort } from 'node:worker_threads';
import { runSrpTask, systemRandom } from '@poolhouse/core/srp';
import type { SrpAnswer, SrpQuestion } from './srp-threads.ts';

/** A thread that computes the exponentiations of SRP, one after the other. Started by `makeSrpThreads`. */
parentPort?.on('message', ({ id, task }: SrpQuestion) => {
  let answer: SrpAnswer;
  try {
    answer = { id, value: runSrpTask(systemRandom, task) };
  } catch (error) {
    answer = { id, error: error instanceof Error ? error : new Error('no error') };
  }
  parentPort?.postMessage(answer);
});
