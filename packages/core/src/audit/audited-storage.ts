import type { KeyObject, Random } from '../crypto/index.ts';
import type { AuditFacts } from '../ports/stores/audit.ts';
import type { Storage, Stores } from '../ports/stores/index.ts';
import { linkEntry } from './entry.ts';
import { newAuditSalt, sealChange } from './people.ts';
import { recordChanges, type PeopleSealer } from './recorder.ts';

type AuditedStore =
  | 'pools'
  | 'clients'
  | 'users'
  | 'groups'
  | 'tokenFamilies'
  | 'accessKeys'
  | 'signingKeys'
  | 'dataKeys';

/** Methods of audited stores that change what administrators answer for. */
const writes: { readonly [Store in AuditedStore]: readonly (keyof Stores[Store])[] } = {
  pools: ['createIfAbsent', 'change', 'delete'],
  clients: ['createIfAbsent', 'change', 'delete'],
  users: ['create', 'change', 'delete'],
  groups: ['createIfAbsent', 'change', 'delete', 'addMember', 'removeMember'],
  tokenFamilies: ['revokeAllOf'],
  accessKeys: ['createIfAbsent', 'setEnabled'],
  signingKeys: ['createIfAbsent', 'delete'],
  dataKeys: ['createIfAbsent'],
};

/** Who asks for what; the changes are found out. */
export type AuditedRequest = Omit<AuditFacts, 'changes' | 'poolId'>;

/** The keys of an audited request, opened before its transaction begins: inside one nothing else may be waited for. */
export interface AuditKeys {
  readonly chain: KeyObject;
  /** For the people of the pool that the request names; absent where it names none that exists. */
  readonly people: KeyObject | undefined;
}

/**
 * The storage as one request of an administrator sees it: every transaction that changes something ends with an entry of
 * the audit, and a change outside any transaction gets one of its own. What is not on the audit did not happen.
 */
export function auditedStorage(
  storage: Storage,
  request: AuditedRequest,
  parts: { readonly random: Random; readonly keys: () => Promise<AuditKeys> },
): Pick<Storage, 'stores' | 'transaction'> {
  const transaction: Storage['transaction'] = async (work) => {
    const keys = await parts.keys();
    const sealer = peopleSealer(keys, parts.random);
    return storage.transaction(async (inner) => {
      const { stores, changes, poolId } = recordChanges(inner, sealer);
      const result = await work(stores);
      if (changes.length > 0) {
        await inner.audit.append((last) =>
          linkEntry(keys.chain, { ...request, poolId: poolId(), changes }, last),
        );
      }
      return result;
    });
  };
  const stores: Record<string, unknown> = { ...storage.stores };
  for (const [name, methods] of Object.entries(writes)) {
    stores[name] = writingIn(storage.stores[name as AuditedStore], methods, (method, args) =>
      transaction(async (inner) => {
        const store = inner[name as AuditedStore] as unknown as Methods;
        return store[method]?.(...args);
      }),
    );
  }
  return { stores: stores as unknown as Stores, transaction };
}

function peopleSealer({ people }: AuditKeys, random: Random): PeopleSealer {
  return {
    newSalt: () => newAuditSalt(random),
    seal(person, change) {
      // Fails closed: what cannot be sealed is not written, and then the change is not made either.
      if (people === undefined) throw new Error('a person was changed in a pool without keys');
      return sealChange(people, random, person, change);
    },
  };
}

type Methods = Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;

/** The store with its writes sent elsewhere, and its reads as they are. */
function writingIn(
  store: object,
  methods: readonly string[],
  write: (method: string, args: readonly unknown[]) => Promise<unknown>,
): object {
  return new Proxy(store, {
    get(target, name) {
      if (typeof name === 'string' && methods.includes(name)) {
        return (...args: readonly unknown[]) => write(name, args);
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
