import type { Log, Storage, World } from '@poolhouse/core';
import type { AccessKeys } from '../access-keys/access-keys.ts';
import type { KeyFinder } from '../aws-json/signature.ts';
import type { ServerConfig } from '../config/config.ts';
import { chooseTransports } from '../delivery/transport.ts';
import { makeDelivery } from '../delivery/delivery.ts';
import { toldOfThisMachine } from '../this-machine.ts';
import type { Worker } from '../worker.ts';

/** The id and the secret of the key that everybody knows. */
const LOCAL_KEY = 'local';

/** The key that everybody knows works in development only, for requests of this very machine. */
export function keyFinder({ mode }: ServerConfig, accessKeys: AccessKeys, log: Log): KeyFinder {
  const isForLocalKey = toldOfThisMachine((told) =>
    log.warn('local-key.refused', {
      ...told,
      fix: 'Ask http://localhost directly, or use a key of your own: poolhouse keys create.',
    }),
  );
  return {
    async find(id, request) {
      if (id !== LOCAL_KEY) return accessKeys.secretOf(id);
      if (mode !== 'development') return undefined;
      return (await isForLocalKey(request)) ? { secret: LOCAL_KEY } : undefined;
    },
  };
}

/** Mails go to the mail server of the configuration; without one, production keeps them waiting and says so. */
export async function deliveryOf(
  config: ServerConfig,
  { storage, world }: { readonly storage: Storage; readonly world: World },
): Promise<Worker> {
  const { mode } = config;
  const { vault, clock, log } = world;
  const mail = config.mail && (await import('../adapters/smtp.ts')).makeSmtpTransport(config.mail);
  if (mode === 'production' && mail === undefined) {
    log.warn('mail.unconfigured', { fix: 'Set POOLHOUSE_SMTP_URL and POOLHOUSE_MAIL_FROM.' });
  }
  const transports = chooseTransports(mode, { mail });
  return makeDelivery({ stores: storage.stores, vault, transports, clock, log });
}
