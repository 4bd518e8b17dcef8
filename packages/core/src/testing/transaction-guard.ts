import { AsyncLocalStorage } from 'node:async_hooks';
import type { PoolSecrets } from '../crypto/index.ts';
import type { MessageContent } from '../messages/content.ts';
import type { Storage } from '../ports/stores/index.ts';
import type { Vault } from '../vault/vault.ts';
import type { World } from '../world.ts';

/** Set while the work of a transaction runs, and in all that it calls. */
const inTransaction = new AsyncLocalStorage<true>();

/** The object with its methods (all, or those named) refused while a transaction is open. */
function outsideTransactions<Target extends object>(
  name: string,
  target: Target,
  methods?: readonly (keyof Target)[],
): Target {
  return new Proxy(target, {
    get(from, key) {
      const value: unknown = Reflect.get(from, key, from);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]): unknown => {
        if (methods?.includes(key as keyof Target) !== false) refuse(`${name}.${String(key)}`);
        return Reflect.apply(value, from, args);
      };
    },
  });
}

function refuse(what: string): void {
  if (inTransaction.getStore() === undefined) return;
  throw new Error(
    `${what} is called in a transaction, which would wait for it with its connection`,
  );
}

/** The storage whose transactions note that they are open, and whose other connections nobody may ask for meanwhile. */
export function guardedStorage(storage: Storage): Storage {
  const stores = Object.entries(storage.stores).map(([name, store]: [string, object]) => [
    name,
    outsideTransactions(`the outer ${name} store`, store),
  ]);
  return {
    stores: Object.fromEntries(stores),
    transaction(work) {
      refuse('a second transaction');
      return storage.transaction((inner) => inTransaction.run(true, () => work(inner)));
    },
    exclusively: (work) => storage.exclusively(work),
    onMessage: (listener) => storage.onMessage(listener),
    health: () => storage.health(),
    inspect: () => storage.inspect(),
    close: () => storage.close(),
  };
}

/**
 * The secrets with which no transaction seals a message: it would be written there, where nobody could wait for a function's texts. Notices
 * have none.
 */
function sealingNoMessages(secrets: PoolSecrets): PoolSecrets {
  let guarded = guardedSecrets.get(secrets);
  if (guarded === undefined) {
    guarded = {
      ...secrets,
      seal(random, place, plain) {
        if (place.table === 'outbox' && !isNotice(plain)) refuse('the sealing of a message');
        return secrets.seal(random, place, plain);
      },
    };
    guardedSecrets.set(secrets, guarded);
  }
  return guarded;
}

const isNotice = (plain: string | Buffer) =>
  (JSON.parse(plain.toString()) as Partial<MessageContent>).occasion === 'FactorChange';

const guardedSecrets = new WeakMap<PoolSecrets, PoolSecrets>();

function guardedVault(vault: Vault): Vault {
  return {
    ...vault,
    of: async (owner) => sealingNoMessages(await vault.of(owner)),
    within: (stores) => guardedVault(vault.within(stores)),
  };
}

/**
 * The world in which no transaction waits for a hash, a function of the pool's owner, the making of a key, or keys that are read on
 * another connection, and none writes a message.
 */
export function guardedWorld(world: World): World {
  const guarded: Partial<World> = {
    hasher: outsideTransactions('the hasher', world.hasher),
    metrics: outsideTransactions('metrics', world.metrics),
    ...(world.events && { events: outsideTransactions('events', world.events) }),
    ...(world.triggers && { triggers: outsideTransactions('triggers', world.triggers) }),
    vault: outsideTransactions('the outer vault', guardedVault(world.vault), ['of', 'rewrapAll']),
    signingKeys: outsideTransactions('signingKeys', world.signingKeys, ['of', 'generate']),
  };
  // Not a spread: what the world only finds out later stays to be found out.
  const members = Object.getOwnPropertyDescriptors(world);
  const replaced = Object.getOwnPropertyDescriptors(guarded);
  return Object.defineProperties({}, { ...members, ...replaced }) as World;
}
