import { parseArgs } from 'node:util';
import type { FreshAccessKey, ListedAccessKey } from '../access-keys/access-keys.ts';
import type { ServerConfig } from '../config/config.ts';
import { perform } from './perform.ts';
import { typedInput } from './typed-input.ts';
import { UsageError } from '../commands/usage-error.ts';

/** The syntax of the commands. */
export const KEYS_USAGE = `poolhouse keys create [--pool ID]... [--note TEXT]
poolhouse keys list
poolhouse keys disable ID`;

/** Runs a command about access keys and returns the text to print. */
export async function runKeys(
  args: readonly string[],
  readConfig: () => ServerConfig,
): Promise<string> {
  const [action, ...rest] = args;
  switch (action) {
    case 'create': {
      const { pool, note } = parse(rest, 0).values;
      const { createKeyInput } = await import('../commands/key-commands.ts');
      const input = typedInput(createKeyInput, { pools: pool, note }, ({ problem }) => problem);
      const command = { name: 'keys.create', input };
      const key = (await perform(readConfig(), command)) as FreshAccessKey;
      return [
        `AWS_ACCESS_KEY_ID=${key.id}`,
        `AWS_SECRET_ACCESS_KEY=${key.secret}`,
        '# The secret is shown only once.',
      ].join('\n');
    }
    case 'list': {
      parse(rest, 0);
      const keys = await perform(readConfig(), { name: 'keys.list', input: {} });
      return (keys as ListedAccessKey[]).map(lineOf).join('\n') || 'There are no access keys.';
    }
    case 'disable': {
      const [id] = parse(rest, 1).positionals;
      const found = await perform(readConfig(), { name: 'keys.disable', input: { id } });
      if (found !== true) throw new UsageError(`There is no access key ${id}.`);
      return `The access key ${id} is disabled.`;
    }
    default:
      throw new UsageError(KEYS_USAGE);
  }
}

function parse(args: readonly string[], positionals: number) {
  try {
    const parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { pool: { type: 'string', multiple: true }, note: { type: 'string' } },
    });
    if (parsed.positionals.length === positionals) return parsed;
  } catch {
    // Reported below, like any other syntax error.
  }
  throw new UsageError(KEYS_USAGE);
}

function lineOf({ id, enabled, pools, note, createdAtMs }: ListedAccessKey): string {
  const made = new Date(createdAtMs).toISOString();
  const scope = pools === undefined ? 'all pools' : pools.join(',');
  return [id, enabled ? 'enabled' : 'disabled', made, scope, note].join('\t').trimEnd();
}
