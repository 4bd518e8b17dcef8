/**
 * `npm run lock`, after package.json files changed: updates package-lock.json and completes it. npm omits an optional package from the lock
 * file if the registry at hand lacks it, as mirrors do with packages for other platforms. On every machine, `npm ci` then refuses that lock
 * file ("Missing: ... from lock file").
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ version?: string, os?: string[], cpu?: string[], dev?: boolean, optional?: boolean, hasInstallScript?: boolean,
 *   optionalDependencies?: Record<string, string> }} Entry
 * @typedef {{ packages: Record<string, Entry> }} Lock
 */

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];
const lockPath = fileURLToPath(new URL('../package-lock.json', import.meta.url));

/** @returns {Lock} */
export function readLock() {
  return JSON.parse(readFileSync(lockPath, 'utf8'));
}

/**
 * The entries that optional dependencies of locked packages need and the lock file lacks, by their location.
 * @param {Lock} lock
 * @returns {Record<string, Entry>}
 */
export function missingEntries({ packages }) {
  /** @type {Record<string, Entry>} */
  const missing = {};
  for (const [place, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (isLocked(packages, place, name)) continue;
      const { os, cpu } = platformOf(name);
      missing[`node_modules/${name}`] = {
        version,
        cpu,
        ...(dev === undefined ? {} : { dev }),
        optional: true,
        os,
      };
    }
  }
  return missing;
}

/**
 * Whether Node, looking upwards from a package's location, would find a locked package.
 * @param {Record<string, Entry>} packages
 * @param {string} place
 * @param {string} name
 */
function isLocked(packages, place, name) {
  for (let at = place; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    if (packages[`${at}/node_modules/${name}`] !== undefined) return true;
  }
  return packages[`node_modules/${name}`] !== undefined;
}

/**
 * A package for one platform says so in its name, such as `@oxc-parser/binding-linux-ppc64-gnu`.
 * @param {string} name
 */
function platformOf(name) {
  if (name.includes('-wasm32')) return { cpu: ['wasm32'] };
  const os = SYSTEMS.find((system) => name.includes(`-${system}`));
  const cpu = PROCESSORS.find((processor) => name.includes(`-${processor}`));
  if (os === undefined || cpu === undefined) {
    throw new Error(`${name} names no platform: add its entry to package-lock.json by hand`);
  }
  return { os: [os], cpu: [cpu] };
}

function update() {
  const npm = spawnSync('npm', ['install', '--package-lock-only'], { stdio: 'inherit' });
  if (npm.status !== 0) process.exit(npm.status ?? 1);
  const lock = readLock();
  const missing = missingEntries(lock);
  const places = Object.entries({ ...lock.packages, ...missing });
  lock.packages = Object.fromEntries(places.sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(lockPath, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json: ${Object.keys(missing).length} entries that npm had left out`);
}

if (
  process.argv[1] !== undefined &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  update();
}
