#!/usr/bin/env node
import { WrongKeyError } from '@poolhouse/core';
import { ADMINISTRATORS_USAGE, runAdministrators } from './cli/administrators.ts';
import { AUDIT_USAGE, runAudit } from './cli/audit.ts';
import { BACKUP_USAGE, runBackup, runRestore } from './cli/backup.ts';
import { KEYS_USAGE, runKeys } from './cli/keys.ts';
import { ROTATE_USAGE, runRotate } from './cli/rotate.ts';
import { serve } from './cli/serve.ts';
import { UsageError } from './commands/usage-error.ts';
import { ConfigError } from './config/config-error.ts';
import { readConfig } from './config/config.ts';

/** Commands that print something and end; they take the rest of the command line. */
const COMMANDS: Readonly<Record<string, typeof runKeys>> = {
  keys: runKeys,
  administrators: runAdministrators,
  audit: runAudit,
  rotate: runRotate,
  backup: runBackup,
  restore: runRestore,
};
const USAGES = [KEYS_USAGE, ADMINISTRATORS_USAGE, AUDIT_USAGE, ROTATE_USAGE, BACKUP_USAGE];
const USAGE = `Usage: poolhouse [serve]\n${USAGES.join('\n').replaceAll(/^/gm, '       ')}`;

/** Errors that the operator can fix, by name: their one-line message is complete. */
const PLAIN = new Set([
  'BackupError',
  'RefusedCommand',
  'StorageOpenError',
  'StorageUnavailableError',
]);

async function main([command = 'serve', ...rest]: readonly string[]): Promise<void> {
  switch (command) {
    case 'serve':
      if (rest.length > 0) throw new UsageError(USAGE);
      return serve(readConfig(process.env));
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(`${USAGE}\n`);
      return undefined;
    default: {
      const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
      if (run === undefined) throw new UsageError(USAGE);
      process.stdout.write(`${await run(rest, () => readConfig(process.env))}\n`);
      return undefined;
    }
  }
}

function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof UsageError) return error.message;
  if (error instanceof WrongKeyError) {
    return `POOLHOUSE_KEYS: ${error.message}. The database was made with the key "${error.keyId}": load that key.`;
  }
  if (error instanceof Error && PLAIN.has(error.name)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}
