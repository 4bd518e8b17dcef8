import type { Storage } from '@poolhouse/core';
import type { AuditWatch, ChainStatus } from '../jobs/audit-watch.ts';
import { object, optional, wholeNumber } from '../shapes/shape.ts';
import type { Command } from './command-socket.ts';

const verifyInput = object({ number: optional(wholeNumber({ least: 1 })) });

/** The result of `audit.verify`: the check, and the hash of the requested entry. */
export interface VerifiedAudit {
  readonly chain: ChainStatus;
  readonly hashAt: string | undefined;
}

/** The command that checks the audit, for the server's socket and for a command line that opens the database itself. */
export async function auditCommands(
  parts: { readonly storage: Storage; readonly auditWatch: Pick<AuditWatch, 'check'> },
  { name, input }: Command,
): Promise<VerifiedAudit> {
  if (name !== 'audit.verify') throw new Error(`there is no command ${name}`);
  const { number } = verifyInput(input);
  const chain = await parts.auditWatch.check();
  return { chain, hashAt: number === undefined ? undefined : await hashAt(parts.storage, number) };
}

/** If retention has removed the entry and it was the last one removed, the floor still has its hash. */
async function hashAt(storage: Storage, number: number): Promise<string | undefined> {
  const { audit } = storage.stores;
  const [entry] = (await audit.list({}, 1, number + 1)).items;
  if (entry?.number === number) return entry.hash;
  const floor = await audit.floor();
  return floor.number === number ? floor.hash : undefined;
}
