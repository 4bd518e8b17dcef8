import type { AuditFacts } from '../ports/stores/audit.ts';
import type { Storage, Stores } from '../ports/stores/index.ts';
import { linkEntry } from './entry.ts';
import { recordChanges } from './recorder.ts';

type AuditedStore = 'pools' | 'clients' | 'users' | 'groups' | 'tokenFamilies';

/** Methods of audited stores that change what administrators answer for. */
const writes: { readonly [Store in AuditedStore]: readonly (keyof Stores[Store])[] } = {
  pools: ['createIfAbsent', 'change', 'delete'],
  clients: ['createIfAbsent', 'change', 'delete'],
  users: ['create', 'change', 'delete'],
  groups: ['createIfAbsent', 'change', 'delete', 'addMember', 'removeMember'],
  tokenFamilies: ['revokeAllOf'],
};

/** Who asks for what; the changes are found out. */
export type AuditedRequest = Omit<AuditFacts, 'changes' | 'poolId'>;

/**
 * The storage as one request of an administrator sees it: every transaction that changes something ends with an entry of
 * the audit, and a change outside any transaction gets one of its own. What is not on the audit did not happen.
 */
export function auditedStorage(
  storage: Storage,
  request: AuditedRequest,
): Pick<Storage, 'stores' | 'transaction'> {
  const transaction: Storage['transaction'] = (work) =>
    storage.transaction(async (inner) => {
      const { stores, changes, poolId } = recordChanges(inner);
      const result = await work(stores);
      if (changes.length > 0) {
        await inner.audit.append((last) =>
          linkEntry({ ...request, poolId: poolId(), changes }, last),
        );
      }
      return result;
    });
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
