import { parseArgs } from 'node:util';
import type { DataKeyRotation, SigningKeyRotation } from '@poolhouse/core';
import type { ServerConfig } from '../config/config.ts';
import { perform } from './perform.ts';
import { RefusedCommand, UsageError } from '../commands/usage-error.ts';

/** The syntax of the commands. */
export const ROTATE_USAGE = `poolhouse rotate signing-keys POOL [--at-once]
poolhouse rotate data-key POOL|server`;

/** Runs a command that rotates keys and returns the text to print. */
export async function runRotate(
  args: readonly string[],
  readConfig: () => ServerConfig,
): Promise<string> {
  const { what, owner, atOnce } = parse(args);
  return what === 'data-key'
    ? rotateDataKey(owner, readConfig())
    : rotateSigningKeys(owner, atOnce, readConfig());
}

async function rotateSigningKeys(
  pool: string,
  atOnce: boolean,
  config: ServerConfig,
): Promise<string> {
  const command = { name: 'rotate.signing-keys', input: { pool, atOnce } };
  const rotation = (await perform(config, command)) as SigningKeyRotation;
  const from = timeText(rotation.signFromMs);
  if (rotation.kind === 'pending') {
    throw new RefusedCommand(
      `The newest signing keys of ${pool} are already published, and will sign from ${from} on.`,
    );
  }
  if (rotation.formerGoAtMs === undefined) {
    return [
      `The new signing keys of ${pool} sign from now on. The previous keys are removed.`,
      '  ID and access tokens issued so far are refused; applications get new ones with their refresh tokens.',
    ].join('\n');
  }
  return [
    `The new signing keys of ${pool} are published, and will sign from ${from} on.`,
    `  The previous keys stay published until ${timeText(rotation.formerGoAtMs)}, when the last token that they signed has expired.`,
  ].join('\n');
}

async function rotateDataKey(owner: string, config: ServerConfig): Promise<string> {
  const command = { name: 'rotate.data-key', input: { owner } };
  const rotation = (await perform(config, command)) as DataKeyRotation;
  if (rotation.kind === 'pending') {
    throw new RefusedCommand(
      `Data of ${owner} is still being re-sealed after the previous rotation: wait for job.done in the log.`,
    );
  }
  return [
    `Data key ${rotation.version} of ${owner} seals from ${timeText(rotation.sealsFromMs)} on.`,
    '  A minute later, a running server re-seals what previous versions have sealed; the log says job.done when it has finished.',
  ].join('\n');
}

function parse(args: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { 'at-once': { type: 'boolean', default: false } },
    });
    const [what, owner, ...more] = positionals;
    const atOnce = values['at-once'];
    const isKnown = what === 'signing-keys' || (what === 'data-key' && !atOnce);
    if (isKnown && owner !== undefined && more.length === 0) return { what, owner, atOnce };
  } catch {
    // Reported below, like any other syntax error.
  }
  throw new UsageError(ROTATE_USAGE);
}

/** To the second, in UTC. */
function timeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
