import { parentPort } from 'node:worker_threads';
import { runSrpTask, systemRandom, type SrpTask, type SrpTaskResult } from '@poolhouse/core/srp';
import type { Answer, Question } from './threads.ts';

/** A thread that computes the exponentiations of SRP, one after the other. Started by `makeSrpThreads`. */
parentPort?.on('message', ({ id, task }: Question<SrpTask>) => {
  let answer: Answer<SrpTaskResult[SrpTask['kind']]>;
  try {
    answer = { id, value: runSrpTask(systemRandom, task) };
  } catch (error) {
    answer = { id, error: error instanceof Error ? error : new Error('no error') };
  }
  parentPort?.postMessage(answer);
});
