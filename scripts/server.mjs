/**
 * `npm run server [-- ARGUMENT...]`: only the server, bundled again if its sources have changed. The console is built at the same time if
 * necessary. Runs on whatever Node the machine has, like `run.mjs`.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { launch, SERVER_OPTIONS } from '../packages/server/bin/launch.mjs';
import { bootstrap, pathWith } from './bootstrap.mjs';
import { builtServer } from './build-server.mjs';

const words = process.argv.slice(2);
const node = bootstrap();
const main = await builtServer({
  onStart: () => process.stderr.write('Joining the server, a second ...\n'),
});
launch(node, [...SERVER_OPTIONS, main, ...words], { PATH: pathWith(node) });
if (words.length === 0) buildConsole();

/** In a separate process, which ends with this one. */
function buildConsole() {
  const script = fileURLToPath(new URL('build-console.mjs', import.meta.url));
  const child = spawn(node, [script, '--said'], { stdio: ['ignore', 'ignore', 'inherit'] });
  child.unref();
  child.on('error', (error) =>
    process.stderr.write(`The console is not built: ${error.message}\n`),
  );
  process.once('exit', () => child.kill());
}
