/**
 * `npm run server [-- ARGUMENT...]`: the server alone, joined from the sources when they have changed. The console is built beside
 * it where that is due. Runs on whatever Node the machine has, as `run.mjs` does.
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

/** In a process of its own, which ends with this one. */
function buildConsole() {
  const script = fileURLToPath(new URL('build-console.mjs', import.meta.url));
  const child = spawn(node, [script, '--said'], { stdio: ['ignore', 'ignore', 'inherit'] });
  child.unref();
  child.on('error', (error) =>
    process.stderr.write(`The console is not built: ${error.message}\n`),
  );
  process.once('exit', () => child.kill());
}
