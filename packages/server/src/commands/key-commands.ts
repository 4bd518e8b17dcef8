import type { AccessKeys } from '../access-keys/access-keys.ts';
import { listOf, object, optional, text, where, withDefault } from '../shapes/shape.ts';
import type { CommandHandler } from './command-socket.ts';

const POOL_ID = /^[\w-]{1,45}_[0-9a-zA-Z]{1,55}$/;

/** The input of `keys.create`. */
export const createKeyInput = object({
  pools: optional(
    listOf(
      where(text(), (id) => POOL_ID.test(id), 'is no user pool id'),
      { least: 1 },
    ),
  ),
  note: withDefault(text({ most: 200 }), ''),
});

const disableKeyInput = object({ id: text() });

/** The commands about access keys, for the server's socket and for a command line that opens the database itself. */
export function makeKeyCommands(accessKeys: AccessKeys): CommandHandler {
  return async ({ name, input }) => {
    switch (name) {
      case 'keys.create':
        return accessKeys.create(createKeyInput(input));
      case 'keys.list':
        return accessKeys.list();
      case 'keys.disable':
        return accessKeys.disable(disableKeyInput(input).id);
      default:
        throw new Error(`there is no command ${name}`);
    }
  };
}
