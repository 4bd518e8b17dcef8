import { parseArgs } from 'node:util';
import { scenarios, type Scenario, type ScenarioKey } from './load/scenario.ts';
import { peerRows } from './peers/phases.ts';
import { endpoints } from './timing/endpoints.ts';
import type { TimingOptions } from './timing/timing.ts';

/** What is to be measured. */
export interface Options {
  readonly scenarios: readonly Scenario[];
  /** Whether starting and memory are measured. */
  readonly processes: boolean;
  /** Sizes of the pool, smallest first. */
  readonly sizes: readonly number[];
  readonly rounds: number;
  /** Operations of each round, as a multiple of the scenario's own count. */
  readonly share: number;
  /** Where databases are kept from run to run; none are kept without it. */
  readonly cache: string;
  /** Pages of ListUsers that are walked to reach depth. */
  readonly pagesAtMost: number;
  /** Whether the pool keeps what its users do. */
  readonly keepsEvents: boolean;
  /** Writes a CPU profile of the product to this folder. */
  readonly profile: string | undefined;
}

/** The smallest pool that has somebody for everything. */
const FEWEST = 400;

/** A wrong option, in words for whoever typed it. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

/** How the options are called. */
export const USAGE = `npm run bench -- [--only NAME,...] [--users N,...] [--rounds N] [--operations N] [--quick] [--events] [--profile FOLDER]
  --only        ${[...scenarios.map(({ key }) => key), 'processes'].join(', ')}
  --users       sizes of the pool, 1000,1000000 unless said otherwise
  --rounds      how often floor and product take turns, 5 unless said otherwise; the medians count
  --operations  operations a round, for all scenarios alike
  --quick       1,000 users, 3 rounds, a fifth of the operations
  --events      the pool keeps what its users do, as with threat protection at AUDIT; the floor does not
  --profile     writes CPU profiles of the product into this folder
npm run bench -- --flood [SECONDS]
                what people who sign in feel while strangers flood the server, 10 seconds each way unless said otherwise
npm run bench -- --stalls [USERS]
                what others feel while a pool of 1000000 users, unless said otherwise, is deleted, on SQLite and PostgreSQL
npm run bench -- --import [USERS]
                what an import of 100000 users, unless said otherwise, costs with and without hashed passwords, on SQLite and PostgreSQL
npm run bench -- --timing [--samples N] [--only NAME,...]
                whether the time of an answer tells who exists, 2000 users and as many others per request unless said otherwise;
                requests: ${endpoints.map(({ key }) => key).join(', ')}
npm run bench -- --peers [--users N] [--rounds N] [--only NAME,...]
                the product beside cognito-local, better-auth and oidc-provider, which are installed at the first time;
                1000 users and 3 rounds unless said otherwise`;

/** What is compared with peers. */
export interface PeersOptions {
  readonly people: number;
  readonly rounds: number;
  readonly only: readonly ScenarioKey[];
}

/** cognito-local writes its whole file for each user that it is given: more take an hour. */
const MOST_PEOPLE_OF_PEERS = 5_000;

/** What follows `--peers`. */
export function readPeersOptions(parameters: readonly string[]): PeersOptions {
  const {
    users = '1000',
    rounds = '3',
    only = peerRows.join(','),
    ...more
  } = parse(parameters).values;
  const [other] = Object.keys(more);
  if (other !== undefined) throw new OptionError(`--peers takes no --${other}.`);
  const people = whole('users', users, FEWEST);
  if (people > MOST_PEOPLE_OF_PEERS) {
    throw new OptionError(`--peers takes at most ${MOST_PEOPLE_OF_PEERS} users.`);
  }
  const names = only.split(',');
  const unknown = names.find((name) => !peerRows.some((key) => key === name));
  if (unknown !== undefined) {
    throw new OptionError(`No peer can do ${unknown}. What they can: ${peerRows.join(', ')}.`);
  }
  return {
    people,
    rounds: whole('rounds', rounds, 1),
    only: peerRows.filter((key) => names.includes(key)),
  };
}

/** How long each flood lasts, of what follows `--flood`. */
export function readFloodSeconds([seconds = '10', ...more]: readonly string[]): number {
  if (more.length > 0) throw new OptionError(`--flood takes a number of seconds alone.`);
  return whole('flood', seconds, 1);
}

/** How many users are deleted, of what follows `--stalls`. */
export function readStallsUsers([users = '1000000', ...more]: readonly string[]): number {
  if (more.length > 0) throw new OptionError(`--stalls takes a number of users alone.`);
  return whole('stalls', users, 1);
}

/** What follows `--import`: how many users. */
export function readImportUsers([users = '100000', ...more]: readonly string[]): number {
  if (more.length > 0) throw new OptionError(`--import takes a number of users alone.`);
  return whole('import', users, 1);
}

/** Samples per request and side. Source: security.md B09. */
const SAMPLES = '2000';

/** What follows `--timing`. */
export function readTimingOptions(parameters: readonly string[]): TimingOptions {
  const { samples = SAMPLES, only, ...more } = parse(parameters).values;
  const [other] = Object.keys(more);
  if (other !== undefined) throw new OptionError(`--timing takes no --${other}.`);
  const names = only?.split(',') ?? endpoints.map(({ key }) => key);
  const unknown = names.find((name) => !endpoints.some(({ key }) => key === name));
  if (unknown !== undefined) throw new OptionError(`There is no request ${unknown} to time.`);
  return {
    samples: whole('samples', samples, 1),
    endpoints: endpoints.filter(({ key }) => names.includes(key)),
  };
}

/** Reads the command line. */
export function readOptions(parameters: readonly string[], cache: string): Options {
  const { values } = parse(parameters);
  if (values.samples !== undefined) throw new OptionError('--samples follows --timing alone.');
  const quick = values.quick === true;
  const only = values.only?.split(',') ?? [...scenarios.map(({ key }) => key), 'processes'];
  const unknown = only.find(
    (name) => name !== 'processes' && !scenarios.some(({ key }) => key === name),
  );
  if (unknown !== undefined) throw new OptionError(`There is no scenario ${unknown}.`);
  const operations =
    values.operations === undefined ? undefined : whole('operations', values.operations, 1);
  const sizes = (values.users ?? (quick ? '1000' : '1000,1000000'))
    .split(',')
    .map((text) => whole('users', text, FEWEST));
  return {
    scenarios: scenarios
      .filter(({ key }) => only.includes(key))
      .map((scenario) =>
        operations === undefined ? scenario : { ...scenario, count: operations },
      ),
    processes: only.includes('processes'),
    sizes: sizes.toSorted((a, b) => a - b),
    rounds: whole('rounds', values.rounds ?? (quick ? '3' : '5'), 1),
    share: quick && operations === undefined ? 0.2 : 1,
    cache,
    pagesAtMost: quick ? 200 : Infinity,
    keepsEvents: values.events === true,
    profile: values.profile,
  };
}

function parse(parameters: readonly string[]) {
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        only: { type: 'string' },
        users: { type: 'string' },
        rounds: { type: 'string' },
        operations: { type: 'string' },
        quick: { type: 'boolean' },
        events: { type: 'boolean' },
        profile: { type: 'string' },
        samples: { type: 'string' },
      },
    });
  } catch (error) {
    throw new OptionError((error as Error).message);
  }
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text.replaceAll('_', ''));
  if (Number.isInteger(value) && value >= least) return value;
  throw new OptionError(`--${name} takes whole numbers from ${least} on.`);
}
