/**
 * Builds the web half of the starter application, when what it is made of has changed since the last time.
 * `node scripts/build-starter.mjs` does it by hand; `npm start` and `npm test` do it by themselves.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const web = join(root, 'examples', 'starter', 'web');
const built = join(web, 'dist');
const note = join(built, 'built-from');
/** What the build reads; the lock file stands for the installed packages. */
const SOURCES = ['examples/starter/web/**', 'packages/{angular,ui}/**', 'package-lock.json'];
const NOT_SOURCES = ['**/node_modules', '**/dist', '**/.angular', '**/*.{md,test.ts}'];

/**
 * @param {object} [how]
 * @param {() => void} [how.onStart] called when there is something to do, before it is done
 * @param {AbortSignal} [how.signal]
 * @returns {Promise<void>} rejects with what the compiler said
 */
export async function buildStarter({ onStart, signal } = {}) {
  const wanted = await fingerprint();
  if ((await readFile(note, 'utf8').catch(() => '')) === wanted) return;
  onStart?.();
  // The application that may be running keeps its files until the new ones are there.
  const fresh = join(root, 'node_modules', '.cache', 'poolhouse', `starter-${process.pid}`);
  try {
    await ngBuild(fresh, signal);
    await writeFile(join(fresh, 'built-from'), wanted);
    await rm(built, { recursive: true, force: true });
    await rename(fresh, built);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function fingerprint() {
  const hash = createHash('sha256');
  const files = globSync(SOURCES, { cwd: root, exclude: NOT_SOURCES, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    hash.update(`${file.slice(root.length)}\n`).update(await readFile(file));
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @param {AbortSignal} [signal]
 */
async function ngBuild(folder, signal) {
  const ng = join(root, 'node_modules', '@angular', 'cli', 'bin', 'ng.js');
  const child = spawn(process.execPath, [ng, 'build', '--output-path', folder], {
    cwd: web,
    signal,
    // Asks nothing and tells nobody: a build needs no network.
    env: { ...process.env, NG_CLI_ANALYTICS: 'false', FORCE_COLOR: '0', NO_UPDATE_NOTIFIER: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (said += text));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(said.trim());
}

if (
  process.argv[1] !== undefined &&
  (await realpath(process.argv[1])) === fileURLToPath(import.meta.url)
) {
  await buildStarter();
}
