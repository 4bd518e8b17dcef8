import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FreshSigningKeys, SigningKeys } from '../tokens/signing-keys.ts';

/** Not in the repository, where keys would look like secrets; whoever deletes it waits once for new ones. */
const FOLDER = fileURLToPath(
  new URL('../../../../node_modules/.cache/poolhouse/test-keys/', import.meta.url),
);
/** Of this process, by number. */
const read: Promise<FreshSigningKeys>[] = [];

/**
 * Making RSA keys is most of what a test of anything else would wait for: the nth pool that is counted has the same ones, made once
 * and kept for all tests and runs.
 */
export function keepingKeys(keys: SigningKeys, counted: { pools: number }): SigningKeys {
  return { ...keys, generate: () => keptKeys(counted.pools++, keys) };
}

function keptKeys(number: number, keys: SigningKeys): Promise<FreshSigningKeys> {
  const file = join(FOLDER, `${number}.json`);
  return (read[number] ??= readKeys(file).catch(async () => {
    const made = await keys.generate();
    await mkdir(FOLDER, { recursive: true });
    // Another process may keep its own at the same time; either is whole.
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, JSON.stringify({ id: written(made.id), access: written(made.access) }));
    await rename(draft, file);
    return made;
  }));
}

type Key = FreshSigningKeys['id'];
type Written = Omit<Key, 'privatePkcs8'> & { readonly privatePkcs8: string };

async function readKeys(file: string): Promise<FreshSigningKeys> {
  const kept = JSON.parse(await readFile(file, 'utf8')) as Record<'id' | 'access', Written>;
  return { id: asMade(kept.id), access: asMade(kept.access) };
}

function written(key: Key): Written {
  return { ...key, privatePkcs8: key.privatePkcs8.toString('base64') };
}

function asMade(key: Written): Key {
  return { ...key, privatePkcs8: Buffer.from(key.privatePkcs8, 'base64') };
}
