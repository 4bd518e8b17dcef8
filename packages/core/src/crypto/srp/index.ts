/** What the threads of SRP's powers load, and no more. */
export { systemRandom } from '../primitives/random.ts';
export { runSrpTask, type SrpTask, type SrpTaskResult } from './srp-task.ts';
