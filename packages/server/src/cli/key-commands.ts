import { z } from 'zod';
import type { AccessKeys } from '../access-keys/access-keys.ts';
import type { CommandHandler } from './command-socket.ts';

/** The input of `keys.create`. */
export const createKeyInput = z.object({
  pools: z
    .array(z.string().regex(/^[\w-]{1,45}_[0-9a-zA-Z]{1,55}$/, 'is no user pool id'))
    .min(1)
    .optional(),
  note: z.string().max(200).default(''),
});

const disableKeyInput = z.object({ id: z.string() });

/** The commands about access keys, for the server's socket and for a command line that opens the database itself. */
export function makeKeyCommands(accessKeys: AccessKeys): CommandHandler {
  return async ({ name, input }) => {
    switch (name) {
      case 'keys.create':
        return accessKeys.create(createKeyInput.parse(input));
      case 'keys.list':
        return accessKeys.list();
      case 'keys.disable':
        return accessKeys.disable(disableKeyInput.parse(input).id);
      default:
        throw new Error(`there is no command ${name}`);
    }
  };
}
