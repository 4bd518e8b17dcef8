import { equalInConstantTime, macText, type KeyObject } from '../crypto/index.ts';
import type {
  AuditedChange,
  AuditEntry,
  AuditFacts,
  ChainFloor,
  ChainPlace,
} from '../ports/stores/audit.ts';

/** The previous hash in the first entry of a chain. */
export const CHAIN_START = '0'.repeat(43);

/** The prefix of every keyed hash; hashes from before keys were used have none. */
const KEYED = 'm1.';

/**
 * Links facts to the last entry of the chain. Each hash is a MAC over the entry and the previous hash, so that nobody without the server's
 * keys can change, insert or remove an entry unnoticed.
 */
export function linkEntry(
  key: KeyObject,
  facts: AuditFacts,
  last: ChainPlace | undefined,
): AuditEntry {
  const number = (last?.number ?? 0) + 1;
  const previousHash = last?.hash ?? CHAIN_START;
  return { ...facts, number, previousHash, hash: hashOf(key, facts, number, previousHash) };
}

/** Whether exactly this entry was written by a server with this key. Says nothing about its neighbours. */
export function isAuthentic(key: KeyObject, entry: AuditEntry): boolean {
  return equalInConstantTime(entry.hash, hashOf(key, entry, entry.number, entry.previousHash));
}

/** Whether the chain was started before its hashes were keyed. */
export function isKeyed({ hash }: ChainPlace): boolean {
  return hash.startsWith(KEYED);
}

/** The members are in a fixed order, absent ones as null, so that a stored entry results in the same text again. */
function hashOf(key: KeyObject, facts: AuditFacts, number: number, previousHash: string): string {
  const { atMs, actor, actorKind, source, operation, poolId, changes } = facts;
  const text = JSON.stringify([
    number,
    previousHash,
    atMs,
    actorKind,
    actor,
    source ?? null,
    operation,
    poolId ?? null,
    JSON.stringify(changes),
  ]);
  return KEYED + macText(key, text);
}

/** Proves that this server itself removed everything up to a place. */
export function floorMac(key: KeyObject, { number, hash }: ChainPlace): string {
  return macText(key, JSON.stringify(['floor', number, hash]));
}

/** What is wrong with a chain, and at which number. */
export interface ChainFault {
  readonly kind:
    /** The entry is not what was written. */
    | 'changed'
    /** The entry with this number is missing. */
    | 'missing'
    /** The record of where the chain begins after retention is not what was written. */
    | 'floor';
  readonly number: number;
}

/**
 * Checks entries, newest first, against the place that the first of them must have; returns the place that the next older one must have, or
 * what is wrong. Together with {@link verifyFloor} at the end, this is the complete check of a chain.
 */
export function verifyLinks(
  key: KeyObject,
  expected: ChainPlace,
  entries: readonly AuditEntry[],
): { readonly next: ChainPlace } | { readonly fault: ChainFault } {
  let next = expected;
  for (const entry of entries) {
    if (entry.number !== next.number) return { fault: { kind: 'missing', number: next.number } };
    if (entry.hash !== next.hash || !isAuthentic(key, entry)) {
      return { fault: { kind: 'changed', number: entry.number } };
    }
    next = { number: entry.number - 1, hash: entry.previousHash };
  }
  return { next };
}

/** An entry to be removed is not what was written. While it stays, that remains visible. */
export class BrokenChainError extends Error {
  override readonly name = 'BrokenChainError';
  readonly fault: ChainFault;

  constructor(fault: ChainFault) {
    super(`the audit is broken at entry ${fault.number}: ${fault.kind}`);
    this.fault = fault;
  }
}

/**
 * Proves a floor like {@link floorMac}, after checking what is to be removed below it: otherwise, somebody who makes entries look old could
 * have the server itself sign their removal. Throws {@link BrokenChainError}.
 */
export function pruningMac(
  key: KeyObject,
): (place: ChainPlace, removed: readonly AuditEntry[], floor: ChainFloor) => string {
  return (place, removed, floor) => {
    const links = verifyLinks(key, place, removed.toReversed());
    const fault = 'fault' in links ? links.fault : verifyFloor(key, links.next, floor);
    if (fault !== undefined) throw new BrokenChainError(fault);
    return floorMac(key, place);
  };
}

/** Checks that nothing is missing below the oldest entry. `next` is where an older one would be. */
export function verifyFloor(
  key: KeyObject,
  next: ChainPlace,
  floor: ChainFloor,
): ChainFault | undefined {
  const isOurs = floor.number === 0 || equalInConstantTime(floor.mac, floorMac(key, floor));
  if (!isOurs) return { kind: 'floor', number: floor.number };
  if (next.number > floor.number) return { kind: 'missing', number: next.number };
  // Retention has removed more while the chain was being read: what was there is known to be right.
  if (next.number < floor.number) return undefined;
  // Before the first entry there is no hash at all.
  const isStart = floor.number === 0 && (next.hash === CHAIN_START || next.hash === '');
  if (isStart || (floor.number > 0 && next.hash === floor.hash)) return undefined;
  return { kind: 'changed', number: next.number + 1 };
}

type Values = Readonly<Record<string, unknown>>;

/** A change, reduced to the members that differ. Records are compared by their JSON. */
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
