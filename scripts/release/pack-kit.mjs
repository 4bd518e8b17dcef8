/** Builds a kit, packs the result as npm publishes it, and checks every file in it. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runOutside } from './run-outside.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What each kit must contain, and everything that it may contain.
 * @type {Record<Kit, { needed: readonly string[], allowed: RegExp }>}
 */
const CONTENTS = {
  express: {
    needed: ['index.js', 'index.d.ts', 'admin/index.d.ts', 'testing/index.js'],
    allowed: /^[\w/-]+\.(js|d\.ts)$/,
  },
  rules: { needed: ['index.js', 'index.d.ts'], allowed: /^[\w-]+\.(js|d\.ts)$/ },
  angular: {
    needed: [
      'fesm2022/poolhouse-angular.mjs',
      'fesm2022/poolhouse-angular-rules.mjs',
      'types/poolhouse-angular.d.ts',
      'types/poolhouse-angular-testing.d.ts',
      'schematics/collection.json',
      'schematics/ng-add/index.js',
    ],
    allowed: /^(testing\/package\.json|(fesm2022|types)\/[\w.-]+|schematics\/.+\.(json|js|d\.ts))$/,
  },
};
const OF_EVERY_PACKAGE = ['LICENSE', 'README.md', 'package.json'];

/**
 * @typedef {'angular' | 'express' | 'rules'} Kit
 * @typedef {{ name: string, version: string, tarball: string, files: number, bytes: number }} PackedKit
 */

/**
 * Packs what the kit's `npm run build` produces. Rejects with what is missing or does not belong in it.
 * @param {Kit} kit
 * @param {string} folder where the tarball goes
 * @returns {Promise<PackedKit>}
 */
export async function packKit(kit, folder) {
  const source = join(root, 'packages', kit);
  await rm(join(source, 'dist'), { recursive: true, force: true });
  await runOutside('npm', ['run', '--silent', 'build'], source);
  await mkdir(folder, { recursive: true });
  const words = ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', folder];
  const said = await runOutside('npm', words, join(source, 'dist'));
  const [{ name, version, filename, files, size }] = JSON.parse(said);
  /** @type {string[]} */
  const paths = files.map((/** @type {{ path: string }} */ file) => file.path);
  const wrong = wrongContents(kit, paths);
  if (wrong.length > 0) throw new Error(`${name} is not packed rightly: ${wrong.join('; ')}.`);
  return { name, version, tarball: join(folder, filename), files: paths.length, bytes: size };
}

/**
 * What a package lacks, and what it contains that its users do not need: sources, tests, build notes.
 * @param {Kit} kit
 * @param {readonly string[]} paths
 * @returns {string[]} a few words each
 */
function wrongContents(kit, paths) {
  const { needed, allowed } = CONTENTS[kit];
  const missing = [...OF_EVERY_PACKAGE, ...needed].filter((path) => !paths.includes(path));
  const strangers = paths.filter(
    (path) =>
      !OF_EVERY_PACKAGE.includes(path) &&
      (!allowed.test(path) || /\.(test|spec)\./.test(path) || /(?<!\.d)\.ts$/.test(path)),
  );
  return [
    ...missing.map((path) => `${path} is missing`),
    ...strangers.map((path) => `${path} has no place in it`),
  ];
}
