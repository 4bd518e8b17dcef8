/** A PostgreSQL server of one's own for a run of tests or measurements: in a temporary folder, on a free port of loopback. */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { chown, mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ensureDebianPackage, onPath } from './debian.mjs';

const execute = promisify(execFile);
const START_ATTEMPTS = 3;

/**
 * A running server; `url` is its superuser's, so that tests create databases of their own. `stop` ends it and deletes its folder;
 * the end of this process does the same.
 * @typedef {{ url: string, stop: () => Promise<void> }} Postgres
 */

/**
 * Starts a server, installing PostgreSQL first where `ensureDebianPackage` may.
 * @param {{ durable?: boolean }} [choices] `durable`: commits reach the disk, as in production; needless and slow in tests
 * @returns {Promise<Postgres | { missing: string }>} `missing` is one sentence on why there is none
 */
export async function startPostgres({ durable = false } = {}) {
  const found = await ensureDebianPackage(findBinaries, 'postgresql');
  if ('missing' in found) return found;
  try {
    return await start(found.path, durable);
  } catch (error) {
    return { missing: `PostgreSQL does not start: ${failureText(error)}` };
  }
}

/**
 * The folder that holds both `initdb` and `pg_ctl`; the newest release when there are several.
 * @returns {string | undefined}
 */
function findBinaries() {
  const linked = onPath('initdb');
  const debian = '/usr/lib/postgresql';
  const releases = existsSync(debian)
    ? readdirSync(debian).sort((a, b) => Number(b) - Number(a))
    : [];
  return [
    ...(linked === undefined ? [] : [dirname(realpathSync(linked))]),
    ...releases.map((release) => join(debian, release, 'bin')),
  ].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')));
}

/**
 * @param {string} binaries
 * @param {boolean} durable
 * @returns {Promise<Postgres>}
 */
async function start(binaries, durable) {
  // PostgreSQL refuses to run as root: there it runs as the user that its package made.
  const asRoot = process.getuid?.() === 0;
  const prefix = asRoot ? ['runuser', '-u', 'postgres', '--'] : [];
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-postgres-'));
  const data = join(folder, 'data');
  const log = join(folder, 'log');
  /** @param {string[]} words */
  const command = (...words) => [...prefix, ...words];
  const stopCommand = command(
    join(binaries, 'pg_ctl'),
    '-D',
    data,
    '-m',
    'immediate',
    '-w',
    'stop',
  );

  const stopNow = () => {
    process.off('exit', stopNow);
    for (const signal of SIGNALS) process.off(signal, stopAndEnd);
    const [program = '', ...words] = stopCommand;
    spawnSync(program, words, { stdio: 'ignore', cwd: '/' });
    rmSync(folder, { recursive: true, force: true });
  };
  /** @param {NodeJS.Signals} signal */
  const stopAndEnd = (signal) => {
    stopNow();
    process.kill(process.pid, signal);
  };
  process.on('exit', stopNow);
  for (const signal of SIGNALS) process.on(signal, stopAndEnd);

  try {
    if (asRoot) await chown(folder, await idOf('-u'), await idOf('-g'));
    await run(
      command(
        join(binaries, 'initdb'),
        ...[
          '-D',
          data,
          '-U',
          'postgres',
          '-A',
          'trust',
          '--no-sync',
          '-E',
          'UTF8',
          '--locale=C.UTF-8',
        ],
      ),
    );
    const port = await startOnFreePort(
      (candidate) =>
        command(
          join(binaries, 'pg_ctl'),
          ...['-D', data, '-l', log, '-w', '-o', serverOptions(candidate, durable), 'start'],
        ),
      log,
    );
    return {
      url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
      stop: async () => stopNow(),
    };
  } catch (error) {
    stopNow();
    throw error;
  }
}

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @param {number} port
 * @param {boolean} durable
 */
function serverOptions(port, durable) {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    ...(durable ? [] : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']),
  ];
  return [`-p ${port}`, ...settings.map((setting) => `-c ${setting}`)].join(' ');
}

/**
 * Another process may take the port between our looking and PostgreSQL's listening, hence more than one attempt.
 * @param {(port: number) => string[]} commandFor
 * @param {string} log
 */
async function startOnFreePort(commandFor, log) {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      await run(commandFor(port));
      return port;
    } catch (error) {
      if (attempt < START_ATTEMPTS) continue;
      const said = existsSync(log) ? await readFile(log, 'utf8') : '';
      throw new Error(said.trim().split('\n').at(-1) || failureText(error), { cause: error });
    }
  }
}

/**
 * The server that `pg_ctl` leaves behind must not hold our output open, hence no pipes for it: its words go to the log.
 * @param {string[]} words
 */
async function run([program = '', ...words]) {
  const child = execFile(program, words, { cwd: '/' });
  child.stdout?.resume();
  let said = '';
  child.stderr?.on('data', (text) => (said += text));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  child.stdout?.destroy();
  child.stderr?.destroy();
  if (code !== 0)
    throw new Error(said.trim().split('\n').at(-1) || `${program} ended with ${code}`);
}

/** @param {'-u' | '-g'} which */
async function idOf(which) {
  return Number((await execute('id', [which, 'postgres'])).stdout);
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** @param {unknown} error */
function failureText(error) {
  return error instanceof Error ? error.message : String(error);
}
