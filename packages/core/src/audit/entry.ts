import { digestText } from '../crypto/index.ts';
import type { AuditedChange, AuditEntry, AuditFacts } from '../ports/stores/audit.ts';

/** What the first entry of a chain names as the hash before it. */
export const CHAIN_START = '0'.repeat(43);

/** Links facts to the last entry of the chain: each hash covers the one before, so that a changed entry shows. */
export function linkEntry(
  facts: AuditFacts,
  last: { readonly number: number; readonly hash: string } | undefined,
): AuditEntry {
  const number = (last?.number ?? 0) + 1;
  const previousHash = last?.hash ?? CHAIN_START;
  return { ...facts, number, previousHash, hash: hashOf(facts, number, previousHash) };
}

/** Whether an entry is what was linked behind `previousHash`. */
export function isIntact(entry: AuditEntry, previousHash: string): boolean {
  return (
    entry.previousHash === previousHash &&
    entry.hash === hashOf(entry, entry.number, entry.previousHash)
  );
}

/** The members stand in a fixed order, absent ones as null, so that a stored entry gives the same text again. */
function hashOf(facts: AuditFacts, number: number, previousHash: string): string {
  const { atMs, actor, actorKind, source, operation, poolId, changes } = facts;
  return digestText(
    JSON.stringify([
      number,
      previousHash,
      atMs,
      actorKind,
      actor,
      source ?? null,
      operation,
      poolId ?? null,
      JSON.stringify(changes),
    ]),
  );
}

type Values = Readonly<Record<string, unknown>>;

/** A change reduced to the members that differ. Records are compared by their JSON. */
export function difference(
  record: AuditedChange['record'],
  name: string,
  before: Values | undefined,
  after: Values | undefined,
): AuditedChange {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const differs = (member: string) =>
    JSON.stringify(before?.[member]) !== JSON.stringify(after?.[member]);
  const changed = [...names].filter(differs);
  const pick = (values: Values | undefined) =>
    values &&
    Object.fromEntries(
      changed
        .filter((member) => values[member] !== undefined)
        .map((member) => [member, values[member]]),
    );
  return { record, name, before: pick(before), after: pick(after) };
}
