/** Backups, apart from the rest: a server that makes none need not load them. */
export { BackupError } from '../backup-format.ts';
export { restoreBackup } from './restore-storage.ts';
export { sumUpBackup } from './sum-up.ts';
export { writeBackup } from './write-backup.ts';
