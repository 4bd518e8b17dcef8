import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Reference } from './declared-directory.ts';
import type { DeclarationFile, Path } from './read-declaration.ts';

/** The value that a reference leads to; a file's last line break is not part of it. `path` is the place of the reference in the file. */
export function referredTo(
  file: Pick<DeclarationFile, 'folder' | 'refuse'>,
  reference: Reference,
  path: Path,
): string {
  if (reference.env !== undefined) {
    const value = process.env[reference.env];
    if (value) return value;
    throw file.refuse(
      [...path, 'env'],
      `names the environment variable ${reference.env}, which is not set`,
      'Set it.',
    );
  }
  const name = reference.file ?? '';
  try {
    return readFileSync(resolve(file.folder, name), 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw file.refuse(
      [...path, 'file'],
      `names the file ${name}, which cannot be read (${code ?? 'unknown reason'})`,
      'Name an existing file; its path begins at the folder of this one.',
    );
  }
}
