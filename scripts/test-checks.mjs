/** The parts of `npm test` that are one npm script each, two at a time. */
import { spawn } from 'node:child_process';

/**
 * The part's name, its heading and its script. `files`: the same on the files that are given alone, for a change.
 * @type {readonly { part: string, heading: string, script: string, files?: string[] }[]}
 */
export const CHECKS = [
  // The longest first, so that nothing waits for it alone at the end.
  { part: 'angular', heading: 'Angular kit', script: 'test:angular' },
  {
    part: 'lint',
    heading: 'Lint',
    script: 'check:lint',
    files: ['eslint', '--max-warnings', '0', '--no-warn-ignored'],
  },
  {
    part: 'format',
    heading: 'Format',
    script: 'check:format',
    files: ['prettier', '--check', '--log-level', 'warn', '--ignore-unknown'],
  },
  { part: 'console', heading: 'The console', script: 'check:console' },
  { part: 'starter', heading: 'The starter application', script: 'check:starter' },
  { part: 'types', heading: 'Types', script: 'check:types' },
  { part: 'imports', heading: 'Imports between parts', script: 'check:imports' },
  { part: 'dead-code', heading: 'Dead code', script: 'check:dead-code' },
];
const CHECKS_AT_ONCE = 2;

/** @typedef {{ part: string, ok: boolean, note: string, seconds: number }} Outcome */

/**
 * Starts the next check whenever one ends, and prints the output of each one together.
 * @param {ReadonlySet<string>} parts
 * @param {readonly string[] | undefined} files what lint and format look at; everything where it is not given
 * @param {(line: string) => void} print
 * @returns {Promise<Outcome[]>}
 */
export async function runChecks(parts, files, print) {
  const waiting = CHECKS.filter(({ part }) => parts.has(part));
  /** @type {Outcome[]} */
  const outcomes = [];
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const [command = '', ...words] =
        files !== undefined && check.files !== undefined
          ? [...check.files, ...files]
          : ['npm', 'run', '--silent', check.script];
      const { ok, said, seconds } = await runCommand(command, words);
      print(`\n== ${check.heading}: ${ok ? 'ok' : 'FAILED'} (${seconds} s)`);
      if (said !== '' && !ok) print(said);
      outcomes.push({ part: check.part, ok, note: '', seconds });
    }
  };
  await Promise.all(Array.from({ length: CHECKS_AT_ONCE }, worker));
  return outcomes;
}

/**
 * @param {string} command
 * @param {readonly string[]} words
 * @returns {Promise<{ ok: boolean, said: string, seconds: number }>}
 */
function runCommand(command, words) {
  const startedAtMs = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, words, {
      shell: process.platform === 'win32',
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    let said = '';
    child.stdout.on('data', (text) => (said += text));
    child.stderr.on('data', (text) => (said += text));
    child.on('error', (error) => (said += error.message));
    child.on('close', (code) =>
      resolve({ ok: code === 0, said: said.trim(), seconds: secondsSince(startedAtMs) }),
    );
  });
}

/** @param {number} startedAtMs */
export function secondsSince(startedAtMs) {
  return Math.round((performance.now() - startedAtMs) / 1000);
}
