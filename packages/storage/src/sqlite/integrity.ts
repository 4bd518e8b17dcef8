import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';

/** Low, so that requests come first. */
const PRIORITY = 10;

/** As text, because a bundled server has no file of its own for it. */
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

/**
 * Reads a whole database file beside the server that has it open, and compares its tables with their indexes; answers what is
 * wrong, if something is. A process of its own: it holds up nobody, and gives its memory back. What it cannot open it does not
 * judge.
 */
export function findDamage(file: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['-e', SCRIPT, file], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) reject(new Error(`the integrity check ended with ${code}`));
      else resolve(said === 'ok' ? undefined : said);
    });
    // It must not keep a server that ends.
    child.unref();
    if (child.pid !== undefined) {
      try {
        setPriority(child.pid, PRIORITY);
      } catch {
        // It has ended already, or the system allows no such thing.
      }
    }
  });
}
