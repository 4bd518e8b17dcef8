/**
 * Bundles the server's sources into a few JavaScript files if they have changed since the last build. Running from source would load the
 * compiler that strips the types, some 35 MB and two thirds of a second, and open 500 files.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = join(root, 'packages');
/** The server and those of our packages that it needs; all others stay separate packages. */
const OURS = ['model', 'rules', 'core', 'storage', 'login', 'server'];
/** What the pages load is made from these. */
const OF_PAGES = [
  'packages/login/build',
  'packages/login/styles',
  'packages/login/browser',
  'packages/ui/styles',
];
const ALSO_SOURCES = [
  ...OURS.map((name) => `packages/${name}/package.json`),
  'package-lock.json',
  'scripts/build-server.mjs',
];
const NO_SOURCE = /\.(md|test\.ts)$|[\\/]testing[\\/]/;
/** As deep below the root as the sources, so that relative paths into the repository's folders still work. */
const BUILDS = join(root, 'node_modules', '.cache', 'poolhouse-server');
/** The main file. It uses the compile cache of earlier starts, which lies beside it and saves some 20 ms per start. */
const ENTRY = `import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
enableCompileCache(join(import.meta.dirname, 'compiled'));
await import('./server.mjs');
`;

/**
 * Builds the server unless there is a build of its present sources.
 * @param {object} [how]
 * @param {() => void} [how.onStart] called when there is something to do, before it is done
 * @returns {Promise<string>} the main file
 */
export async function builtServer({ onStart } = {}) {
  // Not at the top: on a fresh clone nothing is installed yet when this file is read.
  const { keptBuild } = await import('@poolhouse/login/build');
  const folder = await keptBuild(BUILDS, fingerprint(), (fresh) => {
    onStart?.();
    return buildServer(fresh);
  });
  return join(folder, 'main.mjs');
}

/**
 * Writes the server as JavaScript to a folder under `node_modules`: our own sources bundled, other packages as they are installed.
 * @param {string} folder
 * @returns {Promise<string>} its main file
 */
export async function buildServer(folder) {
  const { build } = await import('esbuild');
  const { buildFiles } = await import('@poolhouse/login/build');
  rmSync(folder, { recursive: true, force: true });
  await build({
    entryPoints: {
      server: join(packages, 'server/src/main.ts'),
      // Threads are started by file name, and their file lies beside the one that starts them.
      'srp-thread': join(packages, 'server/src/adapters/srp-thread.ts'),
      'bcrypt-thread': join(packages, 'server/src/adapters/bcrypt-thread.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    conditions: ['poolhouse-source'],
    // A server that runs from source builds what its pages load; here that lies beside the main file.
    alias: { '@poolhouse/login/files': join(packages, 'login/build/files-beside.mjs') },
    external: OURS.flatMap(dependenciesOf),
    logLevel: 'error',
  });
  writeFileSync(join(folder, 'main.mjs'), ENTRY);
  await buildFiles(join(folder, 'page-files'));
  return join(folder, 'main.mjs');
}

/** Names, sizes and times of the sources: reading them all would cost a tenth of a second at each start. */
function fingerprint() {
  const hash = createHash('sha256');
  const sources = [...OURS.map((name) => `packages/${name}/src`), ...OF_PAGES].flatMap(filesIn);
  for (const file of [...sources, ...ALSO_SOURCES]) {
    const stats = statSync(join(root, file));
    if (stats.isFile()) hash.update(`${file} ${stats.size} ${stats.mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** @param {string} folder */
function filesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => !NO_SOURCE.test(name))
    .sort();
}

/** @param {string} name */
function dependenciesOf(name) {
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
    readFileSync(join(packages, name, 'package.json'), 'utf8'),
  );
  return Object.keys({ ...dependencies, ...optionalDependencies }).filter(
    (one) => !one.startsWith('@poolhouse/'),
  );
}
