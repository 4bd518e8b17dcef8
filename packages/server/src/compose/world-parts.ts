import type { PasswordHasher, Storage, World } from '@poolhouse/core';
import type { AccessKeys } from '../access-keys/access-keys.ts';
import { LOCAL_KEY, mayUseLocalKey } from '../access-keys/local-key.ts';
import { makeArgon2Hasher, makeTestHasher } from '../adapters/password-hasher.ts';
import type { KeyFinder } from '../aws-json/signature.ts';
import type { ServerConfig } from '../config/config.ts';
import { chooseCouriers } from '../delivery/courier.ts';
import { makeDelivery } from '../delivery/delivery.ts';
import { isLoopbackName } from '../loopback.ts';
import type { Worker } from '../worker.ts';

/** The hasher of the configuration. */
export async function hasherOf(config: ServerConfig): Promise<PasswordHasher> {
  if (config.passwordHash === 'argon2id') return makeArgon2Hasher();
  // The configuration has refused this already; passwords deserve a second lock.
  if (config.mode !== 'development') throw new Error('the test hasher exists in development only');
  return makeTestHasher();
}

/** The key that everybody knows works in development only, on a loopback address, for requests of this very machine. */
export function keyFinder(config: ServerConfig, accessKeys: AccessKeys): KeyFinder {
  const knowsLocalKey = config.mode === 'development' && isLoopbackName(config.host);
  return {
    async find(id, headers) {
      if (id !== LOCAL_KEY) return accessKeys.secretOf(id);
      return knowsLocalKey && mayUseLocalKey(headers) ? { secret: LOCAL_KEY } : undefined;
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
  const mail = config.mail && (await import('../adapters/smtp.ts')).makeSmtpCourier(config.mail);
  if (mode === 'production' && mail === undefined) {
    log.warn('mail.unconfigured', { fix: 'Set POOLHOUSE_SMTP_URL and POOLHOUSE_MAIL_FROM.' });
  }
  const couriers = chooseCouriers(mode, { mail });
  return makeDelivery({ stores: storage.stores, vault, couriers, clock, log });
}
