import { parseArgs } from 'node:util';
import type { ServerConfig } from '../config/config.ts';
import type { ListedAdministrator } from '../console-http/manage-administrators.ts';
import { perform } from './perform.ts';
import { typedInput } from './typed-input.ts';
import { UsageError } from '../commands/usage-error.ts';

/** The syntax of the commands. */
export const ADMINISTRATORS_USAGE = `poolhouse administrators add NAME [--role owner|operator|viewer] [--email ADDRESS]
poolhouse administrators list
poolhouse administrators remove NAME`;

/** Runs a command about the console's administrators and returns the text to print. */
export async function runAdministrators(
  args: readonly string[],
  readConfig: () => ServerConfig,
): Promise<string> {
  const [action, ...rest] = args;
  switch (action) {
    case 'add': {
      const { positionals, values } = parse(rest, 1);
      const { newAdministrator } = await import('../console-http/manage-administrators.ts');
      const given = { username: positionals[0], role: values.role, email: values.email };
      const input = typedInput(newAdministrator, given, ({ message }) => message);
      const command = { name: 'administrators.add', input };
      const made = (await perform(readConfig(), command)) as { temporaryPassword: string };
      return [
        `${input.username} is ${input.role}. Temporary password: ${made.temporaryPassword}`,
        '  It is shown only once, and must be changed at the first sign-in to the console.',
      ].join('\n');
    }
    case 'list': {
      parse(rest, 0);
      const all = await perform(readConfig(), { name: 'administrators.list', input: {} });
      return (
        (all as ListedAdministrator[]).map(lineOf).join('\n') || 'There are no administrators yet.'
      );
    }
    case 'remove': {
      const [username] = parse(rest, 1).positionals;
      const command = { name: 'administrators.remove', input: { username } };
      const found = await perform(readConfig(), command);
      if (found !== true) throw new UsageError(`There is no administrator ${username}.`);
      return `${username} may no longer use the console.`;
    }
    default:
      throw new UsageError(ADMINISTRATORS_USAGE);
  }
}

function parse(args: readonly string[], positionals: number) {
  try {
    const parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { role: { type: 'string', default: 'viewer' }, email: { type: 'string' } },
    });
    if (parsed.positionals.length === positionals) return parsed;
  } catch {
    // Reported below, like any other syntax error.
  }
  throw new UsageError(ADMINISTRATORS_USAGE);
}

function lineOf({ username, role, email, status }: ListedAdministrator): string {
  const note = status === 'FORCE_CHANGE_PASSWORD' ? 'not signed in yet' : '';
  return [username, role, email ?? '', note].join('\t').trimEnd();
}
