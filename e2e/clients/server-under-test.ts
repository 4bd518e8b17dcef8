import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  CognitoIdentityProvider,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import { builtServer } from '../../scripts/build-server.mjs';

/** A message of the inbox, as `GET /inbox/messages` returns it. */
export interface InboxMessage {
  readonly to: string;
  readonly medium: 'EMAIL' | 'SMS';
  readonly occasion: string;
  readonly subject?: string;
  readonly body: string;
  /** The code or the temporary password in the body. */
  readonly code?: string;
  /** The link in the body. */
  readonly link?: string;
  /** Why it has not been delivered yet. */
  readonly reason?: string;
}

/** A Poolhouse server in its own process, with its own data folder. */
export interface ServerUnderTest {
  /** Where it listens. */
  readonly url: string;
  /** What precedes a pool's id in its issuer. */
  readonly publicUrl: string;
  readonly dataFolder: string;
  readonly process: () => ChildProcess;
  /** Everything that it has written to standard output and standard error so far, over all its starts. */
  readonly log: () => string;
  /** An unmodified AWS SDK client; by default it signs with the well-known key of development. */
  client(config?: CognitoIdentityProviderClientConfig): CognitoIdentityProvider;
  /** Messages of the inbox to an address, newest first; without the notices, which follow from changes of whatever kind. */
  messages(to: string): Promise<readonly InboxMessage[]>;
  /** The code of the newest message to an address. */
  code(to: string): Promise<string>;
  /** Runs `poolhouse` with these arguments on the same data; returns its standard output. */
  command(...words: string[]): Promise<string>;
  /** Kills it, as a power cut would. */
  killNow(): Promise<void>;
  /** Starts it again on the same data and the same port; resolves when it is ready. */
  startAgain(): Promise<void>;
  /** Stops it gracefully, and returns its exit code. */
  end(): Promise<number | null>;
  /** Ends it if it still runs, and deletes its data. */
  remove(): Promise<void>;
}

const START_LIMIT_MS = 30_000;
const LOOK_AGAIN_MS = 15;

/** The region that test clients sign for, and that their pools belong to. */
export const REGION = 'eu-west-1';

/**
 * Starts a server as `npm run server` does, in development and without a mail server. The given settings are added to those of a fresh data
 * folder and a free port, or replace them.
 */
export async function startServer(
  settings: Readonly<Record<string, string>> = {},
): Promise<ServerUnderTest> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'poolhouse-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(dataFolder, 'output.txt');
  const program = [await builtServer()];
  const options = {
    // In its own folder it finds no declaration file.
    cwd: dataFolder,
    env: {
      ...inheritedEnvironment(),
      POOLHOUSE_PORT: String(port),
      POOLHOUSE_DATA: dataFolder,
      ...settings,
    },
  };
  let child = launch();

  function launch(): ChildProcess {
    // A file gets the last output of a killed process, and never makes it wait.
    const output = openSync(logFile, 'a');
    const started = spawn(process.execPath, program, {
      ...options,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    return started;
  }

  const log = () => readFileSync(logFile, 'utf8');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const kill = () => void child.kill('SIGKILL');
  process.on('exit', kill);

  async function ready(): Promise<void> {
    const untilMs = Date.now() + START_LIMIT_MS;
    for (;;) {
      if (await isReady(url)) return;
      if (hasEnded()) throw new Error(`The server ended before it was ready:\n${log()}`);
      if (Date.now() > untilMs) throw new Error(`The server is not ready:\n${log()}`);
      await pause(LOOK_AGAIN_MS);
    }
  }

  async function endBy(signal: NodeJS.Signals): Promise<number | null> {
    if (!hasEnded()) {
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
    }
    return child.exitCode;
  }

  async function remove(): Promise<void> {
    await endBy('SIGKILL');
    process.off('exit', kill);
    await rm(dataFolder, { recursive: true, force: true });
  }

  const messages: ServerUnderTest['messages'] = async (to) => {
    const response = await fetch(`${url}/inbox/messages?to=${encodeURIComponent(to)}`);
    assert.equal(response.status, 200);
    const all = ((await response.json()) as { messages: InboxMessage[] }).messages;
    return all.filter(({ occasion }) => occasion !== 'FactorChange');
  };

  try {
    await ready();
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    url,
    publicUrl: `http://localhost:${port}`,
    dataFolder,
    process: () => child,
    log,
    client: (config) =>
      new CognitoIdentityProvider({
        endpoint: url,
        region: REGION,
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
        ...config,
      }),
    messages,
    async code(to) {
      const code = (await messages(to))[0]?.code;
      assert(code, `no code was sent to ${to}`);
      return code;
    },
    async command(...words) {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [...program, ...words],
        options,
      );
      return stdout;
    },
    async killNow() {
      await endBy('SIGKILL');
    },
    async startAgain() {
      assert(hasEnded(), 'the server still runs');
      child = launch();
      await ready();
    },
    end: () => endBy('SIGTERM'),
    remove,
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** None of the settings that this process was started with, and no credentials of whoever runs the tests. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(POOLHOUSE_|NODE_(?!COMPILE_CACHE$)|AWS_)/.test(name),
    ),
  );
}

/**
 * A port on which nothing is listening. It is below those that the system assigns to anybody who asks for any port: a server that is
 * restarted must get its port again, and nobody else may have been given it meanwhile.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
