import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  makeKeyRing,
  makeVault,
  openMessage,
  systemRandom,
  type DataKeyStore,
  type PoolId,
  type WrappedDataKey,
} from '@poolhouse/core';
import type { ProductData } from './product-data.ts';

/** Reads the codes that the server has sent, from its database rather than through the server, so that it costs the server nothing. */
export interface Outbox {
  /** The code in the latest message to an address. */
  codeFor(address: string): Promise<string>;
  close(): void;
}

/** Opens the outbox of a running server's database. */
export function openOutbox({ folder, keys }: Pick<ProductData, 'folder' | 'keys'>): Outbox {
  const database = new DatabaseSync(join(folder, 'poolhouse.db'), { readOnly: true });
  const [id = '', key = ''] = keys.split(':');
  const ring = makeKeyRing([{ id, key: Buffer.from(key, 'base64') }]);
  const dataKeys: Pick<DataKeyStore, 'of'> = {
    of: async (owner) =>
      database
        .prepare(
          `SELECT owner, version, wrapped, created_at_ms AS "createdAtMs" FROM data_keys WHERE owner = ? ORDER BY version DESC`,
        )
        .all(owner) as unknown as WrappedDataKey[],
  };
  // Nothing is written here, so the rest of the store is not needed.
  const vault = makeVault(
    { dataKeys: dataKeys as DataKeyStore },
    { ring, random: systemRandom, clock: { nowMs: () => Date.now() } },
  );
  const newest = database.prepare(
    'SELECT id, pool_id, sealed_content FROM outbox WHERE recipient = ? ORDER BY id DESC LIMIT 1',
  );
  return {
    async codeFor(address) {
      const row = newest.get(address) as
        | { readonly id: string; readonly pool_id: string; readonly sealed_content: string }
        | undefined;
      if (row === undefined) throw new Error(`no message to ${address}`);
      const message = {
        id: row.id,
        poolId: row.pool_id as PoolId,
        sealedContent: row.sealed_content,
      };
      return (await openMessage(vault, message)).code ?? '';
    },
    close: () => database.close(),
  };
}
