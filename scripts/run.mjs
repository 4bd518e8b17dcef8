/**
 * Runs a source file of the repository on Node 24, whatever Node the machine has: `node scripts/run.mjs FILE [ARGUMENT...]`.
 * Installs first when needed. This is not left to npm's `pre` scripts, because npm skips those where somebody has set
 * `ignore-scripts`; and a shell would remember where it found the older `node`.
 */
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../packages/server/bin/launch.mjs';
import { bootstrap } from './bootstrap.mjs';

const node = bootstrap();
const binaries = fileURLToPath(new URL('../node_modules/.bin', import.meta.url));
launch(node, process.argv.slice(2), {
  PATH: [binaries, join(node, '..'), process.env['PATH']].join(delimiter),
});
