/**
 * Builds the console if its inputs have changed since the last build.
 * `node scripts/build-console.mjs` builds it by hand; `npm start` and `npm test` do so by themselves.
 */
import { realpath } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildAngularApp } from './angular-build.mjs';

/**
 * @param {Parameters<typeof buildAngularApp>[1]} [how]
 * @returns {Promise<void>} rejects with what the compiler said
 */
export function buildConsole(how) {
  return buildAngularApp(
    {
      name: 'console',
      folder: 'apps/console',
      sources: ['apps/console/**', 'packages/{angular,ui}/**', 'packages/{model,rules}/src/**'],
    },
    how,
  );
}

if (
  process.argv[1] !== undefined &&
  (await realpath(process.argv[1])) === fileURLToPath(import.meta.url)
) {
  const onStart = () => process.stderr.write('Building the console, some seconds ...\n');
  await buildConsole(process.argv.includes('--said') ? { onStart } : {});
}
