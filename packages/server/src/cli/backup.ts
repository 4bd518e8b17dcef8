import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BackupFacts } from '../compose/backups.ts';
import type { ServerConfig } from '../config/config.ts';
import { UsageError } from '../commands/usage-error.ts';

/** How the commands are written. */
export const BACKUP_USAGE = `poolhouse backup FILE [--with-keys]
poolhouse restore FILE`;

/** Writes a backup beside a server that may be running, and answers what to print. */
export async function runBackup(
  args: readonly string[],
  readConfig: () => ServerConfig,
): Promise<string> {
  const { file, withKeys } = parse(args, true);
  const { backUp } = await import('../compose/backups.ts');
  const facts = await backUp(readConfig(), file, withKeys);
  return [
    `Backed up ${shown(facts)} to ${file} (${statSync(file).size} bytes); read again and found whole.`,
    facts.hasKeys
      ? '  The keys are in it: whoever has this file has everything.'
      : `  Its keys (${facts.keyIds.join(', ')}) are not in it: keep them too, apart from it. Without them nobody can open it.`,
  ].join('\n');
}

/** Restores a backup into a place that holds nothing yet, and answers what to print. */
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
  return `Restored ${shown(facts)} into ${place}, as they were at ${new Date(facts.createdAtMs).toISOString()}.`;
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
    // Said below, as for everything that cannot be read.
  }
  throw new UsageError(BACKUP_USAGE);
}

function shown({ rows }: BackupFacts): string {
  const count = Object.values(rows).reduce((sum, each) => sum + each, 0);
  return `${rows['pools']} pools and ${rows['users']} users (${count} rows)`;
}
