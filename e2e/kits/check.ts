import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runOutside } from '../../scripts/release/run-outside.mjs';

/** The tarballs, as npm accepts them instead of a name. */
export interface Tarballs {
  readonly angular: string;
  readonly express: string;
  readonly rules: string;
}

/** One way to use the kits, outside the repository. */
export interface Check {
  readonly name: string;
  /** Rejects if something does not hold; with {@link NotRun} if it could not be tried. */
  run(tarballs: Tarballs): Promise<void>;
}

/** Something that a check needs is not available here; it neither passed nor failed. */
export class NotRun extends Error {}

/** What npm prints if it cannot get a package, with the line that names it. */
const NPM_CANNOT_GET =
  /npm error code (E404|ETARGET|E401|E403|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT)\b.*(\n.*)?/;

/** An empty folder outside the repository, for as long as `use` needs it. */
export async function inEmptyFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-kits-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes files and their folders; anything but text becomes JSON. */
export async function write(
  folder: string,
  files: Readonly<Record<string, string | object>>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(
      join(folder, path),
      typeof content === 'string' ? content : JSON.stringify(content, undefined, 2),
    );
  }
}

/** Installs packages besides those in `package.json`. Throws {@link NotRun} if npm cannot get one. */
export async function install(folder: string, ...packages: string[]): Promise<void> {
  await outside(
    'npm',
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages],
    folder,
  );
}

/** Runs a program that may ask npm for packages. Throws {@link NotRun} if npm cannot get one. */
export async function outside(file: string, args: string[], folder: string): Promise<string> {
  try {
    return await runOutside(file, args, folder);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const [line] = NPM_CANNOT_GET.exec(said) ?? [];
    if (line === undefined) throw error;
    throw new NotRun(line.replaceAll(/https?:\/\/\S+/g, '...').replaceAll(/\s+/g, ' '));
  }
}

/** Runs Node on one file of the folder. */
export function runNode(folder: string, ...args: string[]): Promise<string> {
  return runOutside(process.execPath, args, folder);
}
