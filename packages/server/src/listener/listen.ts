import { ConfigError } from '../config/config-error.ts';
import type { ServerConfig } from '../config/config.ts';

/** Listens on the configured address; returns the port. Throws {@link ConfigError} if the address is not available. */
export async function listen(
  open: (port: number, host: string) => Promise<number>,
  { port, host }: ServerConfig,
): Promise<number> {
  try {
    return await open(port, host);
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case 'EADDRINUSE':
        throw new ConfigError(
          'POOLHOUSE_PORT',
          `is ${port}, which another program uses on ${host}`,
          'Stop that program, or choose another port.',
        );
      case 'EACCES':
        throw new ConfigError(
          'POOLHOUSE_PORT',
          `is ${port}, which this user may not use`,
          'Choose a port above 1023.',
        );
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
      case 'EAI_AGAIN':
        throw new ConfigError(
          'POOLHOUSE_HOST',
          `is ${host}, which is no address of this machine`,
          'Use 127.0.0.1, or 0.0.0.0 for all addresses.',
        );
      default:
        throw error;
    }
  }
}
