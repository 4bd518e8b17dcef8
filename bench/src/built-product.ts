import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const PACKAGES = fileURLToPath(new URL('../../packages', import.meta.url));

/** The server and what it needs of ours; everything else stays in packages of its own. */
const OURS = ['model', 'core', 'storage', 'server'];

/**
 * Writes the server as JavaScript into a folder under `node_modules` and answers its main file: our own sources joined into few
 * files, other packages as they are installed. Run from source, it would carry the compiler that strips the types, some 30 MB
 * and half a second, and open 270 files.
 */
export async function buildProduct(folder: string): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  await build({
    entryPoints: {
      main: join(PACKAGES, 'server/src/main.ts'),
      // Threads are started by file: it lies beside whatever file starts them.
      'srp-thread': join(PACKAGES, 'server/src/adapters/srp-thread.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    conditions: ['poolhouse-source'],
    external: OURS.flatMap(dependenciesOf),
    logLevel: 'error',
  });
  return join(folder, 'main.mjs');
}

function dependenciesOf(name: string): string[] {
  const text = readFileSync(join(PACKAGES, name, 'package.json'), 'utf8');
  const { dependencies = {} } = JSON.parse(text) as { dependencies?: Record<string, string> };
  return Object.keys(dependencies).filter((one) => !one.startsWith('@poolhouse/'));
}
