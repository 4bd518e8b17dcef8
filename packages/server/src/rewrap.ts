import type { Log, Vault } from '@poolhouse/core';
import type { Worker } from './worker.ts';

/**
 * Brings the data keys under the key-encryption key that is configured first, once after each start; meanwhile, and where it
 * fails, the older keys still open them. After its line in the log an older key is needed no more. Source: security.md F17.
 */
export function makeRewrap(vault: Vault, log: Log): Worker {
  let running: Promise<void> = Promise.resolve();
  return {
    start() {
      running = vault.rewrapAll().then(
        (count) => {
          if (count > 0) log.info('keys.rewrapped', { count });
        },
        (error: unknown) => log.error('keys.rewrap-failed', { err: error }),
      );
    },
    stop: () => running,
  };
}
