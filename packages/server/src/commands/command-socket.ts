import { chmod, rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Log } from '@poolhouse/core';
import { RefusedCommand } from './usage-error.ts';

/** Answers commands of the command line: one line of JSON in, one line of JSON out. */
export type CommandHandler = (command: Command) => Promise<unknown>;

/** A command and its input. */
export interface Command {
  readonly name: string;
  readonly input: unknown;
}

/** The server's end of the socket. */
export interface CommandSocket {
  close(): Promise<void>;
}

const LONGEST_COMMAND = 65_536;
/** How long the server waits for a command after a client has connected. */
const WAIT_MS = 10_000;

/** The longest path of a Unix socket on Linux is 107 bytes; macOS allows 103. */
const LONGEST_PATH = 103;

function pathIn(dataFolder: string): string | undefined {
  const path = join(dataFolder, 'poolhouse.sock');
  return process.platform === 'win32' || Buffer.byteLength(path) > LONGEST_PATH ? undefined : path;
}

/**
 * Accepts commands on a Unix socket in the data folder, which only the server's own user can enter: a running server has exclusive use of
 * its SQLite file, so the command line asks it. `undefined` if no socket is possible; the server runs without it.
 */
export async function listenForCommands(
  dataFolder: string,
  handle: CommandHandler,
  log: Log,
  waitMs = WAIT_MS,
): Promise<CommandSocket | undefined> {
  const path = pathIn(dataFolder);
  if (path === undefined) {
    log.warn('commands.unavailable', { reason: 'the path of the data folder is too long' });
    return undefined;
  }
  // With PostgreSQL, another process may run in the same folder: it can carry out commands as well, and keeps its socket.
  const other = await connect(path);
  if (other !== undefined) {
    other.destroy();
    log.info('commands.elsewhere', { path });
    return undefined;
  }
  // Nobody answers: a killed process left it behind.
  await rm(path, { force: true });
  const server = createServer((socket) => serve(socket, handle, log, waitMs));
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
    await chmod(path, 0o600);
  } catch (error) {
    log.warn('commands.unavailable', { err: error });
    return undefined;
  }
  return {
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function serve(socket: Socket, handle: CommandHandler, log: Log, waitMs: number): void {
  socket.setTimeout(waitMs, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  readLine(socket, LONGEST_COMMAND)
    .then(async (line) => {
      // Checking a large audit takes as long as it needs.
      socket.setTimeout(0);
      const command = JSON.parse(line) as Command;
      try {
        return { ok: true, output: await handle(command) };
      } catch (error) {
        if (!(error instanceof RefusedCommand)) {
          log.error('command.failed', { command: command.name, err: error });
        }
        return { ok: false, message: (error as Error).message };
      }
    })
    .then((answer) => socket.end(`${JSON.stringify(answer)}\n`))
    .catch(() => socket.destroy());
}

/** Asks the running server; `undefined` if none runs on this data folder. */
export async function askServer(
  dataFolder: string,
  command: Command,
): Promise<{ readonly output: unknown } | undefined> {
  const path = pathIn(dataFolder);
  const socket = path === undefined ? undefined : await connect(path);
  if (socket === undefined) return undefined;
  socket.write(`${JSON.stringify(command)}\n`);
  const answer = JSON.parse(await readLine(socket)) as
    | { readonly ok: true; readonly output: unknown }
    | { readonly ok: false; readonly message: string };
  socket.destroy();
  if (!answer.ok) throw new RefusedCommand(answer.message);
  return { output: answer.output };
}

function connect(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

function readLine(socket: Socket, longest = Infinity): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
      else if (text.length > longest) socket.destroy();
    });
    // An error also closes the socket and says nothing else: the process at the other end is gone.
    socket.on('error', () => undefined);
    socket.on('close', () =>
      reject(
        new RefusedCommand('The connection ended before the answer: see the log of the server.'),
      ),
    );
  });
}
