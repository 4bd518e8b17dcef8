/**
 * Builds the web half of the starter application if its inputs have changed since the last build.
 * `node scripts/build-starter.mjs` builds it by hand; `npm start` and `npm test` do so by themselves.
 */
import { realpath } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildAngularApp } from './angular-build.mjs';

/**
 * @param {Parameters<typeof buildAngularApp>[1]} [how]
 * @returns {Promise<void>} rejects with what the compiler said
 */
export function buildStarter(how) {
  return buildAngularApp(
    {
      name: 'starter',
      folder: 'examples/starter/web',
      sources: ['examples/starter/web/**', 'packages/angular/**', 'packages/rules/src/**'],
    },
    how,
  );
}

if (
  process.argv[1] !== undefined &&
  (await realpath(process.argv[1])) === fileURLToPath(import.meta.url)
) {
  await buildStarter();
}
