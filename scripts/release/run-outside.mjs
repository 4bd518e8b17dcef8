/** Runs programs as somebody outside the repository would. */
import { spawn } from 'node:child_process';

const LIMIT_MS = 8 * 60_000;
/** Variables that lead Node or npm back into the repository, or belong to whoever started this. */
const OF_THE_REPOSITORY =
  /^(NODE_OPTIONS|NODE_TEST_CONTEXT|INIT_CWD|POOLHOUSE_.*|AWS_.*|npm_(?!config_(registry|cache|cafile|https?_proxy|proxy)$).*)$/i;

/**
 * Runs a program to its end, without a terminal. Rejects with all of its output.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [env] added to the environment
 * @returns {Promise<string>} its standard output
 */
export function runOutside(file, args, cwd, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...environmentOutside(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
      shell: process.platform === 'win32',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => (stdout += text));
    child.stderr.on('data', (text) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${file} ${args.join(' ')}\n${stdout}\n${stderr}`.trim()));
    });
  });
}

/** @returns {NodeJS.ProcessEnv} the environment, without what leads into the repository */
export function environmentOutside() {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !OF_THE_REPOSITORY.test(name)),
  );
  return { ...env, NG_CLI_ANALYTICS: 'false', CI: '1', FORCE_COLOR: '0', NO_UPDATE_NOTIFIER: '1' };
}
