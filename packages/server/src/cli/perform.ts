import { composeCommands } from '../compose/compose-server.ts';
import type { ServerConfig } from '../config/config.ts';
import { askServer, type Command } from '../commands/command-socket.ts';

/** A server that runs has its SQLite file to itself, so it is asked; without one the database is opened here. */
export async function perform(config: ServerConfig, command: Command): Promise<unknown> {
  const answer = await askServer(config.dataFolder, command);
  if (answer !== undefined) return answer.output;
  const server = await composeCommands(config);
  try {
    const { makeCommands } = await import('../commands/commands.ts');
    return await makeCommands(server)(command);
  } finally {
    await server.stop();
  }
}
