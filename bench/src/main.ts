import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { bench } from './bench.ts';
import { flood } from './flood/flood.ts';
import { imports } from './imports/imports.ts';
import {
  OptionError,
  readFloodSeconds,
  readImportUsers,
  readOptions,
  readPeersOptions,
  readStallsUsers,
  readTimingOptions,
  USAGE,
} from './options.ts';
import { comparePeers } from './peers/compare.ts';
import { PeersMissingError } from './peers/install-peers.ts';
import { tableOf } from './report.ts';
import { stalls } from './stalls/stalls.ts';
import { timing } from './timing/timing.ts';

/** `npm run bench`: floors and product in one run (see README.md). */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/poolhouse-bench', import.meta.url));

/** Where the peers are installed, which the repository does not depend on. */
const PEERS = fileURLToPath(new URL('../../node_modules/.cache/poolhouse-peers', import.meta.url));

/** Which implementation of argon2id product and floor find. */
function argon2Name(): string {
  // A variable, so that no tool takes the package for a dependency that must be there.
  const name = '@node-rs/argon2';
  try {
    import.meta.resolve(name);
    return '@node-rs/argon2 on both sides';
  } catch {
    return 'node:crypto on both sides';
  }
}

async function main(): Promise<void> {
  const parameters = process.argv.slice(2);
  const startedMs = performance.now();
  const tell = (text: string) => {
    process.stderr.write(
      `${((performance.now() - startedMs) / 1000).toFixed(0).padStart(5)} s  ${text}\n`,
    );
  };
  if (parameters[0] === '--flood') {
    console.log(await flood(readFloodSeconds(parameters.slice(1)), tell));
    return;
  }
  if (parameters[0] === '--stalls') {
    console.log(await stalls(readStallsUsers(parameters.slice(1)), tell));
    return;
  }
  if (parameters[0] === '--import') {
    console.log(await imports(readImportUsers(parameters.slice(1)), tell));
    return;
  }
  if (parameters[0] === '--timing') {
    const { text, isAsPromised } = await timing(readTimingOptions(parameters.slice(1)), tell);
    console.log(text);
    process.exitCode = isAsPromised ? 0 : 1;
    return;
  }
  if (parameters[0] === '--peers') {
    console.log(await comparePeers(readPeersOptions(parameters.slice(1)), PEERS, tell));
    return;
  }
  const options = readOptions(parameters, CACHE);
  const lines = await bench(options, tell);
  console.log(
    `CPU milliseconds per operation, user and system time of the whole server process, medians of ${options.rounds} rounds.`,
  );
  console.log(
    `Node ${process.versions.node}, ${cpus().length} cores; argon2id: ${argon2Name()}; SQLite, synchronous FULL.\n`,
  );
  console.log(tableOf(lines));
}

try {
  await main();
} catch (error) {
  if (error instanceof PeersMissingError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else {
    if (!(error instanceof OptionError)) throw error;
    process.stderr.write(`${error.message}\n${USAGE}\n`);
    process.exitCode = 2;
  }
}
