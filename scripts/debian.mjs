/** Programs that tests need and npm cannot install: found on the machine, or installed from Debian if that is allowed. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const INSTALL_LIMIT_MS = 300_000;
/** @type {Promise<unknown> | undefined} */
let listsUpdated;

/**
 * Finds a program; if it is missing, first installs its Debian package, if this process may do so: it is root, `apt-get` exists, and
 * `POOLHOUSE_TEST_INSTALL` is not `0`.
 * @param {() => string | undefined | Promise<string | undefined>} find `() => onPath('chromium')`, `() => pythonWith('boto3')`
 * @param {string} packageName the Debian package, such as `python3-boto3`
 * @param {readonly string[]} more packages that it needs here
 * @returns {Promise<{ path: string } | { missing: string }>} what `find` found, or one sentence on why there is nothing
 */
export async function ensureDebianPackage(find, packageName, ...more) {
  const present = await find();
  if (present !== undefined) return { path: present };
  const refusal = reasonNotToInstall();
  if (refusal !== undefined) return { missing: `${packageName} is not installed (${refusal})` };
  process.stderr.write(
    `Installing Debian's ${packageName} for the tests (POOLHOUSE_TEST_INSTALL=0 leaves it out) ...\n`,
  );
  try {
    listsUpdated ??= aptGet('update', '-qq');
    await listsUpdated;
    await aptGet('install', '-qq', '-y', '--no-install-recommends', packageName, ...more);
  } catch (error) {
    return { missing: `${packageName} could not be installed (${lastLine(error)})` };
  }
  const installed = await find();
  if (installed !== undefined) return { path: installed };
  return { missing: `Debian's ${packageName} does not hold what the tests look for` };
}

/**
 * The full path of a program on PATH.
 * @param {string} name
 * @returns {string | undefined}
 */
export function onPath(name) {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/**
 * The Python interpreter that can import a module. The first `python3` on PATH need not be the one that Debian's packages belong to, so
 * both are asked; callers run the returned path, never plain `python3`.
 * @param {string} moduleName such as `boto3`
 * @returns {Promise<string | undefined>}
 */
export async function pythonWith(moduleName) {
  for (const python of [onPath('python3'), '/usr/bin/python3']) {
    if (python === undefined || !existsSync(python)) continue;
    try {
      await execute(python, ['-c', `import ${moduleName}`]);
      return python;
    } catch {
      // This interpreter lacks the module, so ask the next.
    }
  }
  return undefined;
}

/** @returns {string | undefined} undefined when this process may install packages */
function reasonNotToInstall() {
  if (process.env['POOLHOUSE_TEST_INSTALL'] === '0') return 'POOLHOUSE_TEST_INSTALL=0';
  if (onPath('apt-get') === undefined) return 'this system has no apt-get to install it with';
  if (process.getuid?.() !== 0) return 'only root can install it';
  return undefined;
}

/** @param {string[]} words */
function aptGet(...words) {
  return execute('apt-get', words, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: INSTALL_LIMIT_MS,
    maxBuffer: 1 << 26,
  });
}

/** @param {unknown} error */
function lastLine(error) {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  return text.trim().split('\n').at(-1) || String(error);
}
