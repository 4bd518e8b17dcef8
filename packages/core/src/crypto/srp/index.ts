/** Only what the SRP threads need to load. */
export { systemRandom } from '../primitives/random.ts';
export { runSrpTask, type SrpTask, type SrpTaskResult } from './srp-task.ts';
