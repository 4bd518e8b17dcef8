import { composeCommands } from '../compose/compose-server.ts';
import type { ServerConfig } from '../config/config.ts';
import { askServer, type Command } from '../commands/command-socket.ts';
import { makeCommands } from '../commands/commands.ts';

/** A server that runs has its SQLite file to itself, so it is asked; without one the database is opened here. */
export async function perform(config: ServerConfig, command: Command): Promise<unknown> {
  const answer = await askServer(config.dataFolder, command);
  if (answer !== undefined) return answer.output;
  const server = await composeCommands(config);
  try {
    return await makeCommands(server)(command);
  } finally {
    await server.stop();
  }
}
