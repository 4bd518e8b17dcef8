import type { KeyObject, Random } from '../crypto/index.ts';
import type { AuditFacts } from '../ports/stores/audit.ts';
import type { Storage } from '../ports/stores/index.ts';
import { auditedStores } from './audited-stores.ts';
import { linkEntry } from './entry.ts';
import { newAuditSalt, sealChange } from './people.ts';
import { Recorder, type PeopleSealer } from './recorder.ts';

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
      // Fails closed: what cannot be sealed is not written, and then the change is not made either.
      if (people === undefined) throw new Error('a person was changed in a pool without keys');
      return sealChange(people, random, person, change);
    },
  };
}
