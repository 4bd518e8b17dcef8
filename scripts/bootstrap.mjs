/**
 * Prepares a fresh clone: installs the locked packages if those that are installed differ from what the repository needs. Runs on whatever
 * Node the machine has (>= 18), so it has no dependencies. `run.mjs` calls it before every command; `node scripts/bootstrap.mjs` alone only
 * installs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const notePath = join(root, 'node_modules', '.cache', 'poolhouse', 'installed');
/** The oldest Node that runs the sources: type stripping without a flag, `node:sqlite`, `crypto.argon2`. */
const NEEDED = { major: 24, minor: 15 };
const DEPENDENCY_FIELDS = [
  'name',
  'version',
  'bin',
  'workspaces',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'overrides',
];

/**
 * Installs what is missing, and ends the process with a plain explanation if that is not possible.
 * @returns {string} the path of a Node that is new enough: the packaged one, otherwise the one that runs this
 */
export function bootstrap() {
  const wanted = fingerprint();
  if (readNote() === wanted) {
    const ready = runnableNode();
    if (ready !== undefined) return ready;
  }
  install();
  const node = runnableNode();
  if (node === undefined) {
    stop(
      `Poolhouse needs Node ${NEEDED.major}.${NEEDED.minor} or newer, and there is no packaged one for ` +
        `${process.platform}-${process.arch}: install it from https://nodejs.org and run the command again ` +
        `(this is Node ${process.versions.node}).`,
    );
  }
  mkdirSync(dirname(notePath), { recursive: true });
  writeFileSync(notePath, wanted);
  return node;
}

/**
 * The `PATH` on which the project's own programs and Node come first.
 * @param {string} node
 */
export function pathWith(node) {
  const binaries = join(root, 'node_modules', '.bin');
  return [binaries, dirname(node), process.env['PATH']].join(delimiter);
}

/** A hash of everything that determines what is installed; scripts and descriptions may change freely. */
function fingerprint() {
  const hash = createHash('sha256');
  hash.update(`${process.platform} ${process.arch}\n`);
  hash.update(readFileSync(join(root, 'package-lock.json')));
  for (const folder of ['.', ...workspaceFolders()]) {
    const manifest = readManifest(folder);
    const relevant = DEPENDENCY_FIELDS.map((field) => [field, manifest[field]]);
    hash.update(`${folder} ${JSON.stringify(relevant)}\n`);
  }
  return hash.digest('hex');
}

/**
 * The folders of the root manifest's `workspaces`; a pattern is a folder, or a folder and `/*`.
 * @returns {string[]}
 */
export function workspaceFolders() {
  /** @type {string[]} */
  const patterns = readManifest('.')['workspaces'] ?? [];
  return patterns
    .flatMap((pattern) => {
      if (!pattern.endsWith('/*')) return [pattern];
      const parent = pattern.slice(0, -2);
      if (!existsSync(join(root, parent))) return [];
      return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`);
    })
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .sort();
}

/**
 * @param {string} folder relative to the repository's root
 * @returns {Record<string, any>}
 */
export function readManifest(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

function readNote() {
  return existsSync(notePath) ? readFileSync(notePath, 'utf8') : undefined;
}

/** Runs npm with its output held back: one line if all is well, npm's own output if not. */
function install() {
  const startedAtMs = Date.now();
  process.stderr.write('Installing packages, about a minute the first time ... ');
  // Not `npm ci`, which starts by deleting everything, even under a running server. `--no-save` installs the versions and checksums of the
  // lock file just the same, and leaves that file unchanged.
  const npmArguments = [
    'install',
    '--no-save',
    '--include=dev',
    '--include=optional',
    // For any npm; .npmrc tells newer ones the same when people install by hand.
    '--ignore-scripts',
    '--no-progress',
  ];
  const npmCli = process.env['npm_execpath'];
  // npm's own program file if npm started us; pnpm and yarn would put their own here.
  const viaNpm = npmCli !== undefined && /npm-cli\.c?js$/.test(npmCli);
  const result = viaNpm
    ? spawnSync(process.execPath, [npmCli, ...npmArguments], options())
    : spawnSync('npm', npmArguments, { ...options(), shell: process.platform === 'win32' });
  if (result.status === 0) {
    process.stderr.write(`done in ${Math.round((Date.now() - startedAtMs) / 1000)} s.\n`);
    return;
  }
  process.stderr.write('failed.\n');
  const said =
    `${result.stdout ?? ''}${result.stderr ?? ''}`.trim() ||
    String(result.error ?? 'npm said nothing');
  stop(
    `${said}\n\nnpm could not install the packages (see above). Check the network and the registry that \`npm config get registry\` names, then run the command again.`,
  );
}

/** @returns {import('node:child_process').SpawnSyncOptionsWithStringEncoding} */
function options() {
  return { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 };
}

function runnableNode() {
  const packaged = packagedNode();
  if (packaged === undefined) {
    return isNewEnough(process.versions.node) ? process.execPath : undefined;
  }
  const said = spawnSync(packaged, ['--version'], { encoding: 'utf8' }).stdout ?? '';
  return isNewEnough(said.replace(/^v/, '')) ? packaged : undefined;
}

/** Where npm installed the Node that package.json lists among its optional dependencies, for this platform. */
function packagedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const folder = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin');
  return ['node', 'node.exe'].map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** @param {string} version such as 24.15.0 */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor);
}

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

if (
  process.argv[1] !== undefined &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  bootstrap();
}
