// Loaded by `--import`: gives Node the mutant that MUTANT_SOURCE holds in place of the file that MUTANT_OF names. Nothing is written.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const url = pathToFileURL(process.env['MUTANT_OF'] ?? '').href;
const source = readFileSync(process.env['MUTANT_SOURCE'] ?? '', 'utf8');

registerHooks({
  load: (wanted, context, next) =>
    wanted === url
      ? { format: 'module-typescript', source, shortCircuit: true }
      : next(wanted, context),
});
