import { mkdirSync } from 'node:fs';
import { ConfigError } from './config-error.ts';

/** Creates the data folder if it is missing, for this user only. */
export function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      'POOLHOUSE_DATA',
      `names the folder ${folder}, which cannot be created (${code ?? 'unknown reason'})`,
      'Let the user that runs Poolhouse write there, or choose another folder.',
    );
  }
}
