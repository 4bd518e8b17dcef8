import { composeServer, type Server } from '../compose.ts';
import { unknownSettings, type ServerConfig } from '../config/config.ts';
import { isLoopbackName } from '../loopback.ts';

/** Starts the server and keeps it running until the process is told to end. Source: security.md F21, F29. */
export async function serve(config: ServerConfig): Promise<void> {
  const server = await composeServer(config);
  const { log } = server.world;
  for (const name of unknownSettings(process.env)) {
    process.stderr.write(`Warning: ${name} is no setting of Poolhouse.\n`);
  }
  // A bug in one request must not end everybody's.
  process.on('uncaughtException', (error) => log.error('process.exception', { err: error }));
  process.on('unhandledRejection', (reason) => log.error('process.rejection', { err: reason }));
  // A terminal or a pipe that is gone is no reason to end either.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  endOnSignal(server);
  const { url } = await started(server);
  process.stdout.write(`${welcome(config, server, url)}\n`);
}

async function started(server: Server): Promise<{ readonly url: string }> {
  try {
    return await server.start();
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function endOnSignal(server: Server): void {
  let ending = false;
  const end = () => {
    if (ending) process.exit(1);
    ending = true;
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

function welcome(config: ServerConfig, server: Server, url: string): string {
  const { mode, host, dataFolder, database, mail } = config;
  const knowsLocalKey = mode === 'development' && isLoopbackName(host);
  const lines = [
    `Poolhouse runs in ${mode}.`,
    `  API         ${url}   (AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER=${url})`,
    `  Access key  ${knowsLocalKey ? 'local, secret local (on this machine only)' : 'make one with: poolhouse keys create'}`,
    `  Database    ${database.kind === 'sqlite' ? database.file : 'PostgreSQL'}`,
    `  Data        ${dataFolder}`,
    `  Mail        ${mail === undefined ? 'kept in the outbox: POOLHOUSE_SMTP_URL is not set' : `sent from ${mail.from}`}`,
  ];
  if (server.newKeyFile !== undefined) {
    lines.push(
      `Warning: made the key file ${server.newKeyFile}. Without it nobody can open the database: keep a copy apart from it.`,
    );
  }
  return lines.join('\n');
}
