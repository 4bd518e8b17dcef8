/** What the threads of SRP's powers load, and no more. */
export { systemRandom } from '../random.ts';
export { runSrpTask, type SrpTask, type SrpTaskResult } from './srp-task.ts';
