/**
 * Joins the server's sources into a few files of JavaScript, when they have changed since the last time. From source it would carry
 * the compiler that strips the types, some 35 MB and two thirds of a second, and open 500 files.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = join(root, 'packages');
/** The server and what it needs of ours; everything else stays in packages of its own. */
const OURS = ['model', 'rules', 'core', 'storage', 'login', 'server'];
/** What the pages load is made of these. */
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
/** As deep under the root as the sources: what they find beside the repository's folders, they find from there. */
const BUILDS = join(root, 'node_modules', '.cache', 'poolhouse-server');
/** The main file. What an earlier start has compiled is taken from beside it, which spares some 20 ms of each start. */
const ENTRY = `import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
enableCompileCache(join(import.meta.dirname, 'compiled'));
await import('./server.mjs');
`;

/**
 * Builds the server where its sources are not those of a build that is there.
 * @param {object} [how]
 * @param {() => void} [how.onStart] called when there is something to do, before it is done
 * @returns {Promise<string>} the main file
 */
export async function builtServer({ onStart } = {}) {
  // Not above: on a fresh clone nothing is installed when this file is read.
  const { keptBuild } = await import('@poolhouse/login/build');
  const folder = await keptBuild(BUILDS, fingerprint(), (fresh) => {
    onStart?.();
    return buildServer(fresh);
  });
  return join(folder, 'main.mjs');
}

/**
 * Writes the server as JavaScript into a folder under `node_modules`: our own sources joined, other packages as they are installed.
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
      // Threads are started by file: it lies beside whatever file starts them.
      'srp-thread': join(packages, 'server/src/adapters/srp-thread.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    conditions: ['poolhouse-source'],
    // What runs from source builds what its pages load; here that lies beside the main file.
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
