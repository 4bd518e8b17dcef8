/** Backups are exported separately, so that a server that makes none does not load them. */
export { BackupError } from './format/backup-format.ts';
export { restoreBackup } from './restore-storage.ts';
export { sumUpBackup } from './sum-up.ts';
export { writeBackup } from './write-backup.ts';
