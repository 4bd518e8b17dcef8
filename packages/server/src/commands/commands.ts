import type { Execute, Storage, World } from '@poolhouse/core';
import type { AccessKeys } from '../access-keys/access-keys.ts';
import type { AuditWatch } from '../jobs/audit-watch.ts';
import { administratorCommands } from './administrator-commands.ts';
import { auditCommands } from './audit-commands.ts';
import type { CommandHandler } from './command-socket.ts';
import { makeKeyCommands } from './key-commands.ts';
import { rotationCommands } from './rotation-commands.ts';

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
    if (command.name.startsWith('rotate.')) return rotationCommands(parts, command);
    if (command.name.startsWith('audit.')) return auditCommands(parts, command);
    if (!command.name.startsWith('administrators.')) {
      return makeKeyCommands(parts.accessKeys)(command);
    }
    return administratorCommands({ ...parts, actor: 'command line' }, command);
  };
}
