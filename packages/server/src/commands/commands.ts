import type { Execute, Storage, World } from '@poolhouse/core';
import type { AccessKeys } from '../access-keys/access-keys.ts';
import type { AuditWatch } from '../jobs/audit-watch.ts';
import type { CommandHandler } from './command-socket.ts';

/** What commands act on. */
export interface CommandParts {
  readonly accessKeys: AccessKeys;
  readonly auditWatch: Pick<AuditWatch, 'check'>;
  readonly storage: Storage;
  readonly world: World;
  readonly execute: Execute;
}

/** All commands, for the server's socket and for a command line that opens the database itself. */
export function makeCommands(parts: CommandParts): CommandHandler {
  return async (command) => {
    if (command.name.startsWith('rotate.')) {
      const { rotationCommands } = await import('./rotation-commands.ts');
      return rotationCommands(parts, command);
    }
    if (command.name.startsWith('audit.')) {
      const { auditCommands } = await import('./audit-commands.ts');
      return auditCommands(parts, command);
    }
    // A server that gets no command does without what they need.
    if (!command.name.startsWith('administrators.')) {
      const { makeKeyCommands } = await import('./key-commands.ts');
      return makeKeyCommands(parts.accessKeys)(command);
    }
    const { administratorCommands } = await import('./administrator-commands.ts');
    return administratorCommands({ ...parts, actor: 'command line' }, command);
  };
}
