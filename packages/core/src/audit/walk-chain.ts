import type { KeyObject } from '../crypto/index.ts';
import { SERVER_SECRETS, type Vault } from '../vault/vault.ts';
import type { AuditEntry, AuditStore, ChainPlace } from '../ports/stores/audit.ts';
import { verifyFloor, verifyLinks, type ChainFault } from './entry.ts';

/** The key of the audit chain: the server's own, whichever pool an entry is about. */
export async function chainKey(vault: Vault): Promise<KeyObject> {
  return (await vault.of(SERVER_SECRETS)).subkey('audit-chain');
}

/** The result of checking a chain. */
export interface ChainCheck {
  /** Absent if the chain is intact. */
  readonly fault?: ChainFault;
  /** The newest entry when the check started. */
  readonly head: ChainPlace;
  /** How many entries were read. */
  readonly count: number;
}

/** How to read a chain. */
export interface ChainWalk {
  /** Entries per read. */
  readonly pageSize: number;
  /** Checks only down to this place, which an earlier check found correct: its `head`. */
  readonly downTo?: ChainPlace;
  /** Gets every page before the next one is read. */
  readonly onPage?: (page: readonly AuditEntry[]) => Promise<void>;
  /** Continues after a fault, so that `onPage` gets everything; the first fault counts. */
  readonly readsAll?: boolean;
}

/** Checks the whole chain, newest first, page by page: gaps, changed entries, the head and the floor. */
export async function walkChain(
  audit: AuditStore,
  key: KeyObject,
  { pageSize, downTo, onPage, readsAll = false }: ChainWalk,
): Promise<ChainCheck> {
  const head = await audit.head();
  let fault: ChainFault | undefined;
  let next: ChainPlace = head;
  let before: number | undefined = head.number + 1;
  let count = 0;
  if (downTo !== undefined && head.number < downTo.number) {
    return { fault: { kind: 'missing', number: downTo.number }, head, count };
  }
  while (before !== undefined) {
    const page: Awaited<ReturnType<AuditStore['list']>> = await audit.list({}, pageSize, before);
    const items = page.items.filter(({ number }) => number > (downTo?.number ?? 0));
    count += items.length;
    if (fault === undefined) {
      const links = verifyLinks(key, next, items);
      if ('fault' in links) ({ fault } = links);
      else ({ next } = links);
    }
    await onPage?.(items);
    if (fault !== undefined && !readsAll) break;
    before = items.length < page.items.length ? undefined : page.after;
  }
  if (fault === undefined) {
    const floor = await audit.floor();
    // Retention may have removed more than was known.
    const isKnownThere = downTo !== undefined && floor.number < downTo.number;
    fault = isKnownThere ? fromKnown(next, downTo) : verifyFloor(key, next, floor);
  }
  fault ??= await aboveHead(audit, head);
  return { ...(fault && { fault }), head, count };
}

/** An entry above the head, which every append moves along, was never appended; or newer ones were cut off together with the head. */
async function aboveHead(audit: AuditStore, head: ChainPlace): Promise<ChainFault | undefined> {
  const [newest] = (await audit.list({}, 1)).items;
  if (newest === undefined || newest.number <= head.number) return undefined;
  // Appended while the chain was being read, if the head has moved as well.
  if (newest.number <= (await audit.head()).number) return undefined;
  return { kind: 'changed', number: newest.number };
}

/** The end of a check that goes only to where an earlier one started. */
function fromKnown(next: ChainPlace, known: ChainPlace): ChainFault | undefined {
  if (next.number > known.number) return { kind: 'missing', number: next.number };
  return next.hash === known.hash ? undefined : { kind: 'changed', number: known.number };
}
