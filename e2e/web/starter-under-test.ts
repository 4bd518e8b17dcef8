import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildStarter } from '../../scripts/build-starter.mjs';
import {
  freePort,
  inheritedEnvironment,
  startServer,
  type ServerUnderTest,
} from '../clients/server-under-test.ts';

/** As in `poolhouse.yaml`. */
export const POOL = { UserPoolId: 'ph-local-1_Poolhouse1', ClientId: '7poolhousestarter000000000' };

/** The tutorial's application, as `npm start` runs it, on its own ports. */
export interface StarterUnderTest {
  /** Where the application is served. */
  readonly url: string;
  readonly server: ServerUnderTest;
  /** The password that the first start prints for a declared user. */
  temporaryPassword(username: string): string;
  /** Ends both processes and deletes the data. */
  remove(): Promise<void>;
}

const REPOSITORY = resolve(import.meta.dirname, '../..');
const START_LIMIT_MS = 30_000;
const LOOK_AGAIN_MS = 20;

/** Builds the application if it has changed, and starts it with a server that has the pool of `poolhouse.yaml`. */
export async function startStarter(): Promise<StarterUnderTest> {
  const [server] = await Promise.all([
    startServer({ POOLHOUSE_DECLARATION: join(REPOSITORY, 'poolhouse.yaml') }),
    buildStarter(),
  ]);
  try {
    const application = await startApplication(server);
    return {
      url: application.url,
      server,
      temporaryPassword(username) {
        const line = new RegExp(`: ${username}, temporary password (\\S+)`);
        const password = line.exec(server.log())?.[1];
        assert(password, `no temporary password was printed for ${username}:\n${server.log()}`);
        return password;
      },
      async remove() {
        await application.end();
        await server.remove();
      },
    };
  } catch (error) {
    await server.remove();
    throw error;
  }
}

/**
 * Starts the built application with a server. `configFile` replaces its own `poolhouse.config.json`, `main` replaces the repository's main
 * file, and `port` replaces a free one.
 */
export async function startApplication(
  server: ServerUnderTest,
  {
    configFile,
    main = join(REPOSITORY, 'examples/starter/api/src/main.ts'),
    ...chosen
  }: { readonly configFile?: string; readonly main?: string; readonly port?: number } = {},
): Promise<{ readonly url: string; end(): Promise<void> }> {
  const port = chosen.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['-C', 'poolhouse-source', main], {
    env: {
      ...inheritedEnvironment(),
      POOLHOUSE_STARTER_PORT: String(port),
      POOLHOUSE_STARTER_ENDPOINT: server.publicUrl,
      ...(configFile !== undefined && { POOLHOUSE_STARTER_CONFIG: configFile }),
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const kill = () => void child.kill('SIGKILL');
  process.on('exit', kill);

  async function end(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit');
      kill();
      await exit;
    }
    process.off('exit', kill);
  }

  try {
    const untilMs = Date.now() + START_LIMIT_MS;
    while (!(await answers(`${url}/api/health`))) {
      assert(child.exitCode === null, `the application ended before it was ready:\n${said}`);
      assert(Date.now() < untilMs, `the application is not ready:\n${said}`);
      await pause(LOOK_AGAIN_MS);
    }
  } catch (error) {
    await end();
    throw error;
  }
  return { url, end };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
