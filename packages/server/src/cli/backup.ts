import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BackupFacts } from '../compose/backups.ts';
import type { ServerConfig } from '../config/config.ts';
import { UsageError } from '../commands/usage-error.ts';

/** The syntax of the commands. */
export const BACKUP_USAGE = `poolhouse backup FILE [--with-keys]
poolhouse restore FILE`;

/** Writes a backup, also while a server is running, and returns the text to print. */
export async function runBackup(
  args: readonly string[],
  readConfig: () => ServerConfig,
): Promise<string> {
  const { file, withKeys } = parse(args, true);
  const { backUp } = await import('../compose/backups.ts');
  const facts = await backUp(readConfig(), file, withKeys);
  return [
    `Backed up ${shown(facts)} to ${file} (${statSync(file).size} bytes), and verified it by reading it back.`,
    facts.hasKeys
      ? '  It includes the keys: anyone who has this file can read everything.'
      : `  It does not include its keys (${facts.keyIds.join(', ')}): keep them too, in another place. Without them nobody can open it.`,
  ].join('\n');
}

/** Restores a backup into an empty place, and returns the text to print. */
export async function runRestore(
  args: readonly string[],
  readConfig: () => ServerConfig,
): Promise<string> {
  const { file } = parse(args, false);
  const config = readConfig();
  const { restore } = await import('../compose/backups.ts');
  const facts = await restore(config, file);
  const place =
    config.database.kind === 'sqlite' ? config.database.file : 'the PostgreSQL database';
  return `Restored ${shown(facts)} into ${place}, as of ${new Date(facts.createdAtMs).toISOString()}.`;
}

function parse(args: readonly string[], mayHaveKeys: boolean) {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...(mayHaveKeys && { 'with-keys': { type: 'boolean' as const } }) },
    });
    const [file, ...more] = positionals;
    if (file !== undefined && more.length === 0)
      return { file: resolve(file), withKeys: 'with-keys' in values };
  } catch {
    // Reported below, like any other syntax error.
  }
  throw new UsageError(BACKUP_USAGE);
}

function shown({ rows }: BackupFacts): string {
  const count = Object.values(rows).reduce((sum, each) => sum + each, 0);
  return `${rows['pools']} pools and ${rows['users']} users (${count} rows)`;
}
