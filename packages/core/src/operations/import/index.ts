import { listUserImportJobs } from './list-user-import-jobs.ts';

/** The built operations of this area, by name. */
export const importOperations = {
  ListUserImportJobs: listUserImportJobs,
};
