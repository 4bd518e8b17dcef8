/** A PostgreSQL server for one run of tests or measurements: in a temporary folder, on a free loopback port. */
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
 * A running server. `url` is its superuser's, so that tests can create databases. `stop` ends it and deletes its folder; so does the end of
 * this process.
 * @typedef {{ url: string, stop: () => Promise<void> }} Postgres
 */

/**
 * Starts a server; if PostgreSQL is missing, first installs it, if `ensureDebianPackage` may.
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
 * The folder that contains both `initdb` and `pg_ctl`; the newest release if there are several.
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
  // PostgreSQL refuses to run as root, so in that case it runs as the user that its package created.
  const owner = process.getuid?.() === 0 ? await postgresUser() : undefined;
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-postgres-'));
  const data = join(folder, 'data');
  const log = join(folder, 'log');
  const pgCtl = join(binaries, 'pg_ctl');

  const stopNow = () => {
    process.off('exit', stopNow);
    const words = ['-D', data, '-m', 'immediate', '-w', 'stop'];
    spawnSync(pgCtl, words, { stdio: 'ignore', cwd: '/', ...owner });
    rmSync(folder, { recursive: true, force: true });
    // Last, so that a signal that arrives twice does not interrupt this.
    for (const signal of SIGNALS) process.off(signal, stopAndEnd);
  };
  /** @param {NodeJS.Signals} signal */
  const stopAndEnd = (signal) => {
    stopNow();
    process.kill(process.pid, signal);
  };
  process.on('exit', stopNow);
  for (const signal of SIGNALS) process.on(signal, stopAndEnd);

  try {
    if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
    const encoding = ['-E', 'UTF8', '--locale=C.UTF-8'];
    const access = ['-U', 'postgres', '-A', 'trust'];
    await run(join(binaries, 'initdb'), ['-D', data, ...access, ...encoding, '--no-sync'], owner);
    const port = await startOnFreePort((candidate) => {
      const options = serverOptions(candidate, durable);
      return run(pgCtl, ['-D', data, '-l', log, '-w', '-o', options, 'start'], owner);
    }, log);
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
 * Another process may take the port between our check and PostgreSQL's start, hence more than one attempt.
 * @param {(port: number) => Promise<void>} startOn
 * @param {string} log
 */
async function startOnFreePort(startOn, log) {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      await startOn(port);
      return port;
    } catch (error) {
      if (attempt < START_ATTEMPTS) continue;
      const said = existsSync(log) ? await readFile(log, 'utf8') : '';
      throw new Error(said.trim().split('\n').at(-1) || failureText(error), { cause: error });
    }
  }
}

/**
 * The server that `pg_ctl` leaves running must not keep our output open, so it gets no pipes: its output goes to the log.
 * @param {string} program
 * @param {string[]} words
 * @param {{ uid: number, gid: number } | undefined} owner
 */
async function run(program, words, owner) {
  const child = execFile(program, words, { cwd: '/', ...owner });
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

/** @returns {Promise<{ uid: number, gid: number }>} */
async function postgresUser() {
  const uid = await execute('id', ['-u', 'postgres']);
  const gid = await execute('id', ['-g', 'postgres']);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
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
