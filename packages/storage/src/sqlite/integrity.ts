import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Low, so that requests come first. */
const PRIORITY = 10;

/** As text, because the bundled server has no separate file for it. */
const SCRIPT = `
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const say = (text) => process.stdout.write(text);
  try {
    const database = new DatabaseSync(process.argv[1], { readOnly: true, timeout: 5000 });
    database.exec('PRAGMA cell_size_check = ON');
    say(database.prepare('PRAGMA integrity_check(1)').get().integrity_check);
  } catch (error) {
    say([11, 26].includes(error.errcode & 255) ? error.message : 'ok');
  }`;

/** The longest log beside which to inspect: what is written during an inspection moves into the file only after it, all at once. */
const LONGEST_LOG_BYTES = 64_000_000;
const LOOK_AT_LOG_EVERY_MS = 50;

/** The result of inspecting a database file; `put-off` if so much is being written that it would block others. */
export type Look = 'sound' | 'put-off' | { readonly damage: string };

/**
 * Reads a whole database file while the server has it open, and compares its tables with their indexes. Runs in a separate process, so that
 * it blocks nobody and its memory is freed afterwards. A file that it cannot open gets no verdict.
 */
export function lookThrough(file: string, longestLogBytes = LONGEST_LOG_BYTES): Promise<Look> {
  const isLogLong = () =>
    (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > longestLogBytes;
  if (isLogLong()) return Promise.resolve('put-off');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', SCRIPT, file], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    let isPutOff = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    const watching = setInterval(() => {
      if (!isLogLong()) return;
      isPutOff = true;
      child.kill('SIGKILL');
    }, LOOK_AT_LOG_EVERY_MS).unref();
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watching);
      if (isPutOff) resolve('put-off');
      else if (code !== 0) reject(new Error(`the integrity check ended with ${code}`));
      else resolve(said === 'ok' ? 'sound' : { damage: said });
    });
    // It must not keep a server from ending.
    child.unref();
    if (child.pid !== undefined) {
      try {
        setPriority(child.pid, PRIORITY);
      } catch {
        // It has already ended, or the system does not allow this.
      }
    }
  });
}
