export { openStorage } from './open-storage.ts';
export type { StorageOptions } from './open-storage.ts';
export { StorageError, StorageOpenError } from './storage-errors.ts';
