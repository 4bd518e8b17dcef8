/**
 * `npm start`: runs the server and the starter application as children of one process, which passes its signals on to all of them; if one
 * ends, the others end too. The server is bundled from its sources, and the web pages of the console and of the starter are built while it
 * is already running, each only if it has changed. `--pool ID [--client ID]` connects the starter to another pool of the server.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVER_OPTIONS } from '../packages/server/bin/launch.mjs';
import { buildConsole } from './build-console.mjs';
import { builtServer } from './build-server.mjs';
import { buildStarter } from './build-starter.mjs';
import { chosenPool, writeStarterConfig } from './starter-pool.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const ending = new AbortController();
const chosen = readArguments();
/** @type {import('node:child_process').ChildProcess[]} */
const children = [];

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => end(signal));
}
// Whoever started this is gone, and could not send a signal.
process.on('disconnect', () => end('SIGTERM'));
process.channel?.unref();

start(
  'server',
  await builtServer({ onStart: () => process.stderr.write('Joining the server, a second ...\n') }),
  withoutStarterSettings(),
);
await buildOr('The console shows no more than how to build it', async () => {
  await buildConsole({
    onStart: () => process.stderr.write('Building the console, some seconds ...\n'),
    signal: ending.signal,
  });
});
await buildOr('The starter application is left out', async () => {
  await buildStarter({
    onStart: () => process.stderr.write('Building the starter application, some seconds ...\n'),
    signal: ending.signal,
  });
  if (chosen) {
    const file = await writeStarterConfig(chosen, serverUrl(), ending.signal);
    process.env['POOLHOUSE_STARTER_CONFIG'] = file;
  }
  if (!ending.signal.aborted)
    start('starter', join(root, 'examples/starter/api/src/main.ts'), starterSettings());
});

function readArguments() {
  try {
    return chosenPool(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** The address of the server that this process starts. */
function serverUrl() {
  const { POOLHOUSE_PORT: port = '8400', POOLHOUSE_PUBLIC_URL: publicUrl } = process.env;
  return publicUrl ?? `http://localhost:${port}`;
}

/**
 * @param {string} otherwise what becomes of it where it cannot be built
 * @param {() => Promise<void>} build
 */
async function buildOr(otherwise, build) {
  try {
    await build();
  } catch (error) {
    if (ending.signal.aborted) return;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.stderr.write(`${otherwise}: see above.\n`);
  }
}

/**
 * @param {string} name
 * @param {string} file
 * @param {NodeJS.ProcessEnv} env
 */
function start(name, file, env) {
  const child = spawn(process.execPath, ['-C', 'poolhouse-source', ...SERVER_OPTIONS, file], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env,
  });
  child.on('error', (error) => process.stderr.write(`${name} does not start: ${error.message}\n`));
  child.on('close', (code) => {
    process.exitCode ||= code ?? 1;
    if (!ending.signal.aborted) end('SIGTERM');
  });
  children.push(child);
}

/**
 * Later signals are passed on as well: to a server they mean "at once".
 * @param {NodeJS.Signals} signal
 */
function end(signal) {
  ending.abort();
  for (const child of children) child.kill(signal);
}

/** Removed because the server warns about settings that it does not know. */
function withoutStarterSettings() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('POOLHOUSE_STARTER_')),
  );
}

/**
 * The starter finds the server where this process started it. Its API creates users with the access key that the server knows in
 * development; for a pool elsewhere, or one of Amazon Cognito, it uses whatever credentials the AWS SDK finds.
 */
function starterSettings() {
  const {
    POOLHOUSE_PORT: port,
    POOLHOUSE_PUBLIC_URL: publicUrl,
    POOLHOUSE_STARTER_ENDPOINT: chosen,
    POOLHOUSE_STARTER_CONFIG: file,
  } = process.env;
  const config = file ?? new URL('../examples/starter/poolhouse.config.json', import.meta.url);
  const { endpoint: named } = JSON.parse(readFileSync(config, 'utf8'));
  const moved = publicUrl ?? (port && `http://localhost:${port}`);
  const endpoint = chosen ?? (named && (moved ?? named));
  if (!endpoint) return process.env;
  /** @type {NodeJS.ProcessEnv} */
  const settings = { ...process.env, POOLHOUSE_STARTER_ENDPOINT: endpoint };
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(endpoint).hostname);
  if (!isHere || process.env['POOLHOUSE_MODE'] === 'production') return settings;
  // A profile would take precedence over the key, and a session token does not belong to it.
  const { AWS_PROFILE, AWS_SESSION_TOKEN, ...others } = settings;
  return { ...others, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
}
