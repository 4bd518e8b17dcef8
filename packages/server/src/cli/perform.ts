import { composeCommands } from '../compose/compose-server.ts';
import type { ServerConfig } from '../config/config.ts';
import { askServer, type Command } from '../commands/command-socket.ts';

/** A running server has exclusive use of its SQLite file, so the command goes to it; without one, this process opens the database. */
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
