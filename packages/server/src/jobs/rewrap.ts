import type { Log, Vault } from '@poolhouse/core';
import type { Work } from './work.ts';

/**
 * Re-wraps the data keys with the key-encryption key that is configured first, once after each start. Until then, or if it fails, the older
 * keys still open them. After its line in the log, an older key is no longer needed. Source: security.md F17.
 */
export function rewrap(vault: Vault, log: Log): Work {
  return {
    // Which key comes first is this node's configuration; while keys are being replaced, nodes differ.
    scope: 'node',
    async run() {
      const count = await vault.rewrapAll();
      if (count > 0) log.info('keys.rewrapped', { count });
    },
    failed: (error) => log.error('keys.rewrap-failed', { err: error }),
  };
}
