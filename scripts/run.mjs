/**
 * Runs a source file of the repository on Node 24, whatever Node the machine has: `node scripts/run.mjs FILE [ARGUMENT...]`. Installs first
 * if needed. npm's `pre` scripts would not do, because npm skips those if `ignore-scripts` is set, and a shell would remember where it
 * found the older `node`.
 */
import { launch } from '../packages/server/bin/launch.mjs';
import { bootstrap, pathWith } from './bootstrap.mjs';

const node = bootstrap();
launch(node, process.argv.slice(2), { PATH: pathWith(node) });
