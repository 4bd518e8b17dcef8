/**
 * Runs a source file of the repository on Node 24, whatever Node the machine has: `node scripts/run.mjs FILE [ARGUMENT...]`.
 * Installs first when needed. This is not left to npm's `pre` scripts, because npm skips those where somebody has set
 * `ignore-scripts`; and a shell would remember where it found the older `node`.
 */
import { launch } from '../packages/server/bin/launch.mjs';
import { bootstrap, pathWith } from './bootstrap.mjs';

const node = bootstrap();
launch(node, process.argv.slice(2), { PATH: pathWith(node) });
