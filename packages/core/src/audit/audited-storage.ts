import type { KeyObject, Random } from '../crypto/index.ts';
import type { AuditFacts } from '../ports/stores/audit.ts';
import type { Storage } from '../ports/stores/index.ts';
import { auditedStores } from './audited-stores.ts';
import { linkEntry } from './entry.ts';
import { newAuditSalt, sealChange } from './people.ts';
import { Recorder, type PeopleSealer } from './recorder.ts';

/** Who requests which operation; the changes are recorded as they happen. */
export type AuditedRequest = Omit<AuditFacts, 'changes' | 'poolId'>;

/** The keys of an audited request, opened before its transaction begins, because nothing but stores may be awaited inside. */
export interface AuditKeys {
  readonly chain: KeyObject;
  /** For the users of the pool that the request names; absent if it names no existing one. */
  readonly people: KeyObject | undefined;
}

/**
 * The storage for one request of an administrator: every transaction that changes something ends with an audit entry, and a change outside
 * of any transaction gets a transaction and an entry of its own. No change happens without its entry.
 */
export function auditedStorage(
  storage: Storage,
  request: AuditedRequest,
  parts: { readonly random: Random; readonly keys: () => Promise<AuditKeys> },
): Pick<Storage, 'stores' | 'transaction'> {
  const recorded = async <T>(work: (audit: Recorder) => Promise<T>): Promise<T> => {
    const keys = await parts.keys();
    const sealer = peopleSealer(keys, parts.random);
    return storage.transaction(async (inner) => {
      const audit = new Recorder(inner, sealer);
      const result = await work(audit);
      const { poolId, changes } = audit;
      if (changes.length > 0) {
        await inner.audit.append((last) =>
          linkEntry(keys.chain, { ...request, poolId, changes }, last),
        );
      }
      return result;
    });
  };
  return {
    stores: auditedStores(storage.stores, recorded),
    transaction: (work) =>
      recorded((audit) => work(auditedStores(audit.inner, (write) => write(audit)))),
  };
}

function peopleSealer({ people }: AuditKeys, random: Random): PeopleSealer {
  return {
    newSalt: () => newAuditSalt(random),
    seal(person, change) {
      // Fails closed: if something cannot be sealed, neither the entry nor the change is written.
      if (people === undefined) throw new Error('a person was changed in a pool without keys');
      return sealChange(people, random, person, change);
    },
  };
}
