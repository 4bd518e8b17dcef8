/** Which files a change affects: those that changed, and those that import or name one of them, directly or indirectly. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { promisify } from 'node:util';
import { SOURCES } from './test-parts.mjs';

const execute = promisify(execFile);
/** What everything depends on: files in the root folder except texts, and whatever determines how sources are read. */
const CONCERNS_ALL = /^[^/]+(?<!\.md)$|(^|\/)(package|tsconfig[^/]*)\.json$/;
/** A path in quotation marks, relative to the file that names it or to the repository's root. */
const NAMED_PATH =
  /['"`](\.{1,2}\/[^'"`\s]+|(?:packages|apps|examples|tools|bench|e2e|scripts|docs)\/[^'"`\s]+)['"`]/g;

/**
 * @param {string} reference a commit or a branch; its last common commit with what is checked out counts
 * @returns {Promise<string[]>} the files that differ from it, committed or not; not those that are gone
 */
export async function changedSince(reference) {
  const [base = ''] = await git('merge-base', reference, 'HEAD');
  const tracked = await git('diff', '--name-only', '--relative', '--diff-filter=d', base);
  return [...tracked, ...(await git('ls-files', '--others', '--exclude-standard'))];
}

/** @param {string[]} words */
async function git(...words) {
  const { stdout } = await execute('git', words, { maxBuffer: 1 << 26 });
  return stdout.split('\n').filter((line) => line !== '');
}

/**
 * @param {readonly string[]} changed
 * @returns {Promise<ReadonlySet<string> | 'everything'>} the source files that these files touch, themselves among them
 */
export async function touchedBy(changed) {
  if (changed.some((file) => CONCERNS_ALL.test(file))) return 'everything';
  return reach(changed, await usedPaths());
}

/**
 * @param {readonly string[]} changed
 * @param {ReadonlyMap<string, readonly string[]>} used of each file, the files and folders that it uses
 * @returns {ReadonlySet<string>}
 */
export function reach(changed, used) {
  /** @type {Map<string, string[]>} */
  const usersOf = new Map();
  for (const [file, paths] of used) {
    for (const path of paths) usersOf.set(path, [...(usersOf.get(path) ?? []), file]);
  }
  const touched = new Set(changed);
  for (const file of touched) {
    // A folder that is used stands for everything in it.
    for (let path = file; path !== '.'; path = dirname(path)) {
      for (const user of usersOf.get(path) ?? []) touched.add(user);
    }
  }
  return touched;
}

/**
 * The files that each whole-repository check is about; `lint` and `format` look only at the changed files.
 * @type {Record<string, RegExp>}
 */
const ABOUT = {
  types: /\.[cm]?[jt]s$/,
  lint: /\.([cm]?[jt]s|html)$/,
  imports: /\.[cm]?[jt]s$/,
  'dead-code': /\.[cm]?[jt]s$/,
  format: /./,
  angular: /^packages\/angular\//,
  console: /^(apps\/console|packages\/(angular|ui))\//,
  starter: /^(examples\/starter\/web|packages\/(angular|ui))\//,
};

/**
 * @param {string} part one that is no list of test files
 * @param {ReadonlySet<string>} touched
 */
export function isTouched(part, touched) {
  const about = ABOUT[part];
  if (about === undefined) return false;
  return [...touched].some((file) => about.test(file));
}

/** Imports as dependency-cruiser sees them, and paths in texts: programs that are started, templates, files that are read. */
async function usedPaths() {
  const words = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', SOURCES];
  // Its exit code is about the rules, which another part checks.
  const { stdout } = await execute('depcruise', words, {
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32',
  }).catch((/** @type {{ stdout: string }} */ failed) => failed);
  /** @type {{ modules: { source: string, dependencies: { resolved: string }[] }[] }} */
  const { modules } = JSON.parse(stdout);
  return new Map(
    modules
      .filter(({ source }) => existsSync(source) && !source.includes('node_modules/'))
      .map(({ source, dependencies }) => [
        source,
        [...dependencies.map(({ resolved }) => resolved), ...namedPaths(source)],
      ]),
  );
}

/**
 * @param {string} file
 * @returns {string[]} what exists of the paths that it names, but no folder that the file itself lies in
 */
export function namedPaths(file) {
  const paths = [...readFileSync(file, 'utf8').matchAll(NAMED_PATH)].map(([, path = '']) =>
    posix
      .normalize(path.startsWith('.') ? posix.join(dirname(file), path) : path)
      .replace(/\/(\*.*)?$/, ''),
  );
  return paths.filter(
    (path) =>
      !path.startsWith('..') &&
      existsSync(path) &&
      !(statSync(path).isDirectory() && `${file}/`.startsWith(path === '.' ? '' : `${path}/`)),
  );
}
