/**
 * Builds an Angular application of this repository if its inputs have changed since the last build: the file `built-from` in its `dist`
 * records them.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compressFiles } from './compress-files.mjs';
import { finishPages } from './finish-pages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What every build reads: the installed packages, represented by the lock file, and its own steps. */
const OF_EVERY_BUILD = [
  'package-lock.json',
  'scripts/{angular-build,finish-pages,compress-files}.mjs',
];
const NOT_SOURCES = [
  '**/node_modules',
  '**/dist',
  '**/.angular',
  '**/*.{md,test.ts,spec.ts}',
  '**/testing',
];

/**
 * @typedef {object} AngularApp
 * @property {string} name
 * @property {string} folder of the application's `angular.json`, from the root of the repository
 * @property {readonly string[]} sources what the build reads, as patterns
 */

/**
 * @param {AngularApp} app
 * @param {object} [how]
 * @param {() => void} [how.onStart] called when there is something to do, before it is done
 * @param {AbortSignal} [how.signal]
 * @returns {Promise<void>} rejects with what the compiler said
 */
export async function buildAngularApp(app, { onStart, signal } = {}) {
  const built = join(root, app.folder, 'dist');
  const note = join(built, 'built-from');
  const wanted = await fingerprint(app.sources);
  if ((await readFile(note, 'utf8').catch(() => '')) === wanted) return;
  onStart?.();
  // An application that is running keeps its files until the new ones are there.
  const fresh = join(root, 'node_modules', '.cache', 'poolhouse', `${app.name}-${process.pid}`);
  try {
    await ngBuild(app, fresh, signal);
    const forms = globSync(join(root, app.folder, 'src/start-sign-in*.html'));
    await finishPages(join(fresh, 'browser'), forms);
    await compressFiles(join(fresh, 'browser'));
    await writeFile(join(fresh, 'built-from'), wanted);
    await rm(built, { recursive: true, force: true });
    await rename(fresh, built);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** @param {readonly string[]} sources */
async function fingerprint(sources) {
  const hash = createHash('sha256');
  const files = globSync([...sources, ...OF_EVERY_BUILD], {
    cwd: root,
    exclude: NOT_SOURCES,
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    hash.update(`${file.slice(root.length)}\n`).update(await readFile(file));
  }
  return hash.digest('hex');
}

/**
 * @param {AngularApp} app
 * @param {string} output
 * @param {AbortSignal} [signal]
 */
async function ngBuild(app, output, signal) {
  const ng = join(root, 'node_modules', '@angular', 'cli', 'bin', 'ng.js');
  const child = spawn(process.execPath, [ng, 'build', '--output-path', output], {
    cwd: join(root, app.folder),
    signal,
    // No questions and no telemetry: a build needs no network.
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
