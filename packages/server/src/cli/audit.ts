import { parseArgs } from 'node:util';
import type { ServerConfig } from '../config/config.ts';
import type { VerifiedAudit } from '../commands/audit-commands.ts';
import { perform } from './perform.ts';
import { RefusedCommand, UsageError } from '../commands/usage-error.ts';

/** The syntax of the command. */
export const AUDIT_USAGE = 'poolhouse audit verify [--expect NUMBER:HASH]';

const PLACE = /^(\d{1,15}):(\S+)$/;

/**
 * Checks the chain of the audit and returns the text to print; throws for a broken chain, so that the command fails. `--expect`
 * takes a head that an earlier check printed: without it, a check cannot detect that the newest entries were cut off.
 */
export async function runAudit(
  args: readonly string[],
  readConfig: () => ServerConfig,
): Promise<string> {
  const expected = parse(args);
  const input = { ...(expected !== undefined && { number: expected.number }) };
  const command = { name: 'audit.verify', input };
  const { chain, hashAt } = (await perform(readConfig(), command)) as VerifiedAudit;
  const { fault, head, count } = chain;
  if (fault !== undefined) {
    const words = {
      changed: 'was changed after it was written',
      missing: 'is missing',
      floor: 'and those before it were not removed by this server',
    }[fault.kind];
    throw new RefusedCommand(`The audit is broken: entry ${fault.number} ${words}.`);
  }
  if (expected !== undefined && hashAt !== expected.hash) {
    throw new RefusedCommand(
      `The audit is broken: entry ${expected.number} is not the expected one.`,
    );
  }
  if (head.number === 0) return 'The audit is empty.';
  return `The audit is intact: ${count} entries. The newest is ${head.number}:${head.hash}`;
}

function parse(args: readonly string[]): { number: number; hash: string } | undefined {
  const [action, ...rest] = args;
  try {
    if (action !== 'verify') throw new UsageError(AUDIT_USAGE);
    const { expect } = parseArgs({ args: rest, options: { expect: { type: 'string' } } }).values;
    if (expect === undefined) return undefined;
    const [, number, hash] = PLACE.exec(expect) ?? [];
    if (number !== undefined && hash !== undefined) return { number: Number(number), hash };
  } catch {
    // Reported below, like any other syntax error.
  }
  throw new UsageError(AUDIT_USAGE);
}
