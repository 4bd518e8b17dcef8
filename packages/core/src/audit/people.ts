import {
  openErasable,
  randomToken,
  sealErasable,
  type KeyObject,
  type PoolSecrets,
  type Random,
} from '../crypto/index.ts';
import type { AuditedChange, AuditEntry, SealedChange } from '../ports/stores/audit.ts';
import type { Sub } from '../domain/ids.ts';
import type { User } from '../domain/users/user.ts';

/** A change as it is shown. `erased`: it was about a person who is gone, and so is what it said. */
export type ShownChange = AuditedChange & { readonly erased?: true };

/** An entry as it is shown. */
export type ShownEntry = Omit<AuditEntry, 'changes'> & { readonly changes: readonly ShownChange[] };

/** The pool's half of the keys to what the audit says about its users. */
export function peopleKey(secrets: PoolSecrets): KeyObject {
  return secrets.subkey('audit-people');
}

/** A new half for one person. */
export function newAuditSalt(random: Random): string {
  return randomToken(random);
}

const placeOf = (sub: Sub) => `audit ${sub}`;

/** Seals what a change says about a person. */
export function sealChange(
  key: KeyObject,
  random: Random,
  person: { readonly sub: Sub; readonly salt: string },
  change: AuditedChange & { readonly record: SealedChange['record'] },
): SealedChange {
  const { sub, salt } = person;
  const sealed = sealErasable({ key, salt }, random, placeOf(sub), JSON.stringify(change));
  return { record: change.record, sub, sealed };
}

/** An entry in which changes of people are opened, as far as those people still exist. */
export async function showEntry(
  entry: AuditEntry,
  keyOf: (poolId: string) => Promise<KeyObject | undefined>,
  userOf: (poolId: string, sub: Sub) => Promise<Pick<User, 'auditSalt'> | undefined>,
): Promise<ShownEntry> {
  const changes: ShownChange[] = [];
  for (const change of entry.changes) {
    changes.push('sealed' in change ? await shown(entry.poolId, change) : change);
  }
  return { ...entry, changes };

  async function shown(poolId: string | undefined, change: SealedChange): Promise<ShownChange> {
    const { record, sub, sealed } = change;
    const key = poolId === undefined ? undefined : await keyOf(poolId);
    const salt = key && poolId && (await userOf(poolId, sub))?.auditSalt;
    const text = key && salt ? openErasable({ key, salt }, placeOf(sub), sealed) : undefined;
    if (text === undefined) return { record, name: sub, before: {}, after: {}, erased: true };
    return JSON.parse(text) as ShownChange;
  }
}
