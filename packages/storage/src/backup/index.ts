/** Backups, apart from the rest: a server that makes none need not load them. */
export { BackupError } from '../backup-format.ts';
export { readBackup } from './read-backup.ts';
export { restoreBackup } from './restore-storage.ts';
export { writeBackup } from './write-backup.ts';
