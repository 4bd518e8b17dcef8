#!/usr/bin/env node
import { WrongKeyError } from '@poolhouse/core';
import { ADMINISTRATORS_USAGE, runAdministrators } from './cli/administrators.ts';
import { AUDIT_USAGE, runAudit } from './cli/audit.ts';
import { KEYS_USAGE, runKeys } from './cli/keys.ts';
import { serve } from './cli/serve.ts';
import { UsageError } from './cli/usage-error.ts';
import { ConfigError } from './config/config-error.ts';
import { readConfig } from './config/config.ts';

const USAGE = `Usage: poolhouse [serve]\n${`${KEYS_USAGE}\n${ADMINISTRATORS_USAGE}\n${AUDIT_USAGE}`.replaceAll(/^/gm, '       ')}`;

/** Errors of the operator's own making, by name: one line each says all there is to say. */
const PLAIN = new Set(['RefusedCommand', 'StorageOpenError', 'StorageUnavailableError']);

async function main([command = 'serve', ...rest]: readonly string[]): Promise<void> {
  switch (command) {
    case 'serve':
      if (rest.length > 0) throw new UsageError(USAGE);
      return serve(readConfig(process.env));
    case 'keys':
      process.stdout.write(`${await runKeys(rest, () => readConfig(process.env))}\n`);
      return undefined;
    case 'administrators':
      process.stdout.write(`${await runAdministrators(rest, () => readConfig(process.env))}\n`);
      return undefined;
    case 'audit':
      process.stdout.write(`${await runAudit(rest, () => readConfig(process.env))}\n`);
      return undefined;
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(`${USAGE}\n`);
      return undefined;
    default:
      throw new UsageError(USAGE);
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
