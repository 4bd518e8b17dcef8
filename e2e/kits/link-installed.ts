import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where this repository's own dependencies are installed. */
export const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Gives a project a package that it would have installed itself. */
export async function linkInstalled(project: string, name: string): Promise<void> {
  const path = join(project, 'node_modules', name);
  await mkdir(dirname(path), { recursive: true });
  await symlink(join(MODULES, name), path, 'dir');
}
