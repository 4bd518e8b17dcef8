import type { Execute, Storage, World } from '@poolhouse/core';
import type { AccessKeys } from '../access-keys/access-keys.ts';
import type { CommandHandler } from './command-socket.ts';
import { makeKeyCommands } from './key-commands.ts';

/** What commands act on. */
export interface CommandParts {
  readonly accessKeys: AccessKeys;
  readonly storage: Storage;
  readonly world: World;
  readonly execute: Execute;
}

/** All commands, for the server's socket and for a command line that opens the database itself. */
export function makeCommands(parts: CommandParts): CommandHandler {
  const keys = makeKeyCommands(parts.accessKeys);
  return async (command) => {
    if (!command.name.startsWith('administrators.')) return keys(command);
    // A server that gets no such command does without what they need.
    const { administratorCommands } = await import('./administrator-commands.ts');
    return administratorCommands(parts, command);
  };
}
