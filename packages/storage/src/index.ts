export { openStorage } from './storage/open-storage.ts';
export type { StorageOptions } from './storage/open-storage.ts';
export { StorageError, StorageOpenError } from './sql/storage-errors.ts';
