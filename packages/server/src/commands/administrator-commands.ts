import { Failure } from '@poolhouse/core';
import { prepareAdministrators, type AdministratorParts } from '../console-http/administrators.ts';
import {
  addAdministrator,
  listAdministrators,
  newAdministrator,
  removeAdministrator,
} from '../console-http/manage-administrators.ts';
import { object, text } from '../shapes/shape.ts';
import type { Command } from './command-socket.ts';
import { RefusedCommand } from './usage-error.ts';

const removeInput = object({ username: text() });

/** The commands about those who may use the console. */
export async function administratorCommands(
  parts: AdministratorParts,
  { name, input }: Command,
): Promise<unknown> {
  try {
    await parts.storage.exclusively(() => prepareAdministrators(parts));
    return await perform(parts, name, input);
  } catch (error) {
    // The API's refusals have messages that people can read.
    throw error instanceof Failure ? new RefusedCommand(error.message) : error;
  }
}

function perform(parts: AdministratorParts, name: string, input: unknown): Promise<unknown> {
  switch (name) {
    case 'administrators.add':
      return addAdministrator(parts, newAdministrator(input));
    case 'administrators.list':
      return listAdministrators(parts);
    case 'administrators.remove':
      return removeAdministrator(parts, removeInput(input).username);
    default:
      throw new Error(`there is no command ${name}`);
  }
}
