import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { OutputOf } from '@poolhouse/model';
import { signed, unsigned } from '../load/aws-json.ts';
import { connect, sendOne, type Connections, type Prepared } from '../load/send.ts';
import { startProduct } from '../measured-process.ts';
import { crowdOf, GROUP } from './crowd.ts';
import { postgresDatabase, sqliteDatabase, type StallsDatabase } from './databases.ts';

/** Hashes are not what is measured. */
const SETTINGS = { POOLHOUSE_PASSWORD_HASH: 'test' };
const PASSWORD = 'Stalls-Passw0rd!';
/** How long the others work before anything is deleted, for comparison. */
const BASELINE_MS = 10_000;
const LOOK_EVERY_MS = 250;
/** Between two requests of one of the others. */
const PAUSE_MS = 5;

/** How long requests of others took. */
interface Felt {
  readonly requests: number;
  /** What is more than 99 in 100 took. */
  readonly p99Ms: number;
  readonly mostMs: number;
  /** The longest of those that write nothing, and so wait for no disk. */
  readonly mostReadMs: number;
  /** The longest that the disk took meanwhile to flush a few bytes of a file that nobody else uses: a write cannot take less. */
  readonly mostFlushMs: number;
}

/**
 * What others feel while a pool of so many people loses its SRP verifiers, a group of all, its app client and then itself, on both databases;
 * answers a table. Milliseconds mean something on an idle machine only.
 */
export async function stalls(people: number, tell: (text: string) => void): Promise<string> {
  const rows = [
    '| database   | others meanwhile       | answered after ms | done after s | requests | p99 ms | longest ms | longest read ms | longest flush ms |',
    '|------------|------------------------|------------------:|-------------:|---------:|-------:|-----------:|----------------:|-----------------:|',
  ];
  for (const make of [sqliteDatabase, postgresDatabase]) {
    const database = await make();
    if ('missing' in database) {
      rows.push(database.missing);
      continue;
    }
    try {
      rows.push(...(await stallsOn(database, people, tell)));
    } finally {
      await database.drop();
    }
  }
  return rows.join('\n');
}

async function stallsOn(
  database: StallsDatabase,
  people: number,
  tell: (text: string) => void,
): Promise<readonly string[]> {
  tell(`${database.name}: ${people} people`);
  const environment = { ...SETTINGS, ...database.environment };
  const large = await withServer(database, environment, (port, connections) =>
    makePool(port, connections),
  );
  const crowd = { pool: large.UserPoolId, client: large.ClientId, people };
  await database.fill(crowdOf(database.name === 'SQLite', crowd));
  return withServer(database, environment, async (port, connections) => {
    const others = await makeOthers(port, connections, database.dataFolder);
    const row = (title: string, felt: Felt, answeredMs?: number, doneMs?: number) =>
      `| ${[
        database.name.padEnd(10),
        title.padEnd(22),
        (answeredMs?.toFixed(0) ?? '-').padStart(17),
        (doneMs === undefined ? '-' : (doneMs / 1_000).toFixed(1)).padStart(12),
        String(felt.requests).padStart(8),
        felt.p99Ms.toFixed(1).padStart(6),
        felt.mostMs.toFixed(1).padStart(10),
        felt.mostReadMs.toFixed(1).padStart(15),
        felt.mostFlushMs.toFixed(1).padStart(16),
      ].join(' | ')} |`;
    tell('nothing is deleted');
    const rows: string[] = [];
    const add = (text: string) => {
      tell(text);
      rows.push(text);
    };
    add(row('nothing', await feel(others, () => delay(BASELINE_MS))));
    const work = [
      [
        'SRP verifiers go',
        signed(port, 'UpdateUserPoolClient', {
          ...large,
          ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        }),
      ],
      [
        'a group of all goes',
        signed(port, 'DeleteGroup', { UserPoolId: large.UserPoolId, GroupName: GROUP }),
      ],
      ['an app client goes', signed(port, 'DeleteUserPoolClient', large)],
      ['the pool goes', signed(port, 'DeleteUserPool', { UserPoolId: large.UserPoolId })],
    ] as const;
    for (const [title, request] of work) {
      tell(title);
      let [answeredMs, doneMs] = [0, 0];
      const felt = await feel(others, async () => {
        const startedMs = performance.now();
        await sendOne(connections, request);
        answeredMs = performance.now() - startedMs;
        while ((await database.count('SELECT count(*) AS found FROM jobs')) > 0) {
          await delay(LOOK_EVERY_MS);
        }
        doneMs = performance.now() - startedMs;
      });
      add(row(title, felt, answeredMs, doneMs));
    }
    for (const table of [
      'users',
      'sign_in_names',
      'group_members',
      'token_families',
      'refresh_tokens',
    ]) {
      const left = await database.count(`SELECT count(*) AS found FROM ${table}`);
      if (left > 8) throw new Error(`${left} rows of ${table} are left`);
    }
    return rows;
  });
}

async function withServer<T>(
  { dataFolder }: StallsDatabase,
  environment: Readonly<Record<string, string>>,
  work: (port: number, connections: Connections) => Promise<T>,
): Promise<T> {
  const server = await startProduct(dataFolder, environment);
  const connections = connect(server.port, 8);
  try {
    return await work(server.port, connections);
  } finally {
    connections.close();
    await server.stop();
  }
}

/** A pool with one app client that signs in by SRP as well. */
async function makePool(
  port: number,
  connections: Connections,
): Promise<{ readonly UserPoolId: string; readonly ClientId: string }> {
  const { UserPool } = await sendOne<OutputOf<'CreateUserPool'>>(
    connections,
    signed(port, 'CreateUserPool', { PoolName: 'stalls' }),
  );
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await sendOne<OutputOf<'CreateUserPoolClient'>>(
    connections,
    signed(port, 'CreateUserPoolClient', {
      UserPoolId,
      ClientName: 'stalls',
      ExplicitAuthFlows: [
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
      ],
    }),
  );
  return { UserPoolId, ClientId: UserPoolClient?.ClientId ?? '' };
}

/** Somebody in another pool. */
interface Others {
  readonly connections: Connections;
  readonly reads: readonly (() => Prepared)[];
  readonly writes: readonly (() => Prepared)[];
  /** A file on the disk of the database. */
  readonly flushed: string;
}

async function makeOthers(port: number, connections: Connections, folder: string): Promise<Others> {
  const { UserPoolId, ClientId } = await makePool(port, connections);
  const user = { UserPoolId, Username: 'others' };
  await sendOne(connections, signed(port, 'AdminCreateUser', user));
  const password = { ...user, Password: PASSWORD, Permanent: true };
  await sendOne(connections, signed(port, 'AdminSetUserPassword', password));
  const { AuthenticationResult } = await sendOne<OutputOf<'InitiateAuth'>>(
    connections,
    unsigned('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'others', PASSWORD },
    }),
  );
  const AccessToken = AuthenticationResult?.AccessToken ?? '';
  let count = 0;
  const reads = [
    (): Prepared => ({ method: 'GET', path: '/readyz', headers: {}, body: '' }),
    () => unsigned('GetUser', { AccessToken }),
  ];
  const writes = [
    () =>
      unsigned('UpdateUserAttributes', {
        AccessToken,
        UserAttributes: [{ Name: 'name', Value: `Others ${(count += 1)}` }],
      }),
  ];
  return { connections, reads, writes, flushed: join(folder, 'flushed') };
}

/** Lets the others work while `work` goes on; answers what they felt. */
async function feel(
  { connections, reads, writes, flushed }: Others,
  work: () => Promise<unknown>,
): Promise<Felt> {
  const [readMs, writeMs, flushMs]: [number[], number[], number[]] = [[], [], []];
  let isOver = false;
  const again = async (tookMs: number[], once: () => Promise<void>) => {
    while (!isOver) {
      const startedMs = performance.now();
      await once();
      tookMs.push(performance.now() - startedMs);
      await delay(PAUSE_MS);
    }
  };
  const ask = (request: () => Prepared) => async () => {
    const { status } = await connections.send(request());
    if (status !== 200) throw new Error(`others were answered ${status}`);
  };
  const file = await open(flushed, 'w');
  const all = Promise.all([
    ...reads.map((request) => again(readMs, ask(request))),
    ...writes.map((request) => again(writeMs, ask(request))),
    again(flushMs, async () => {
      await file.write('flushed', 0);
      await file.datasync();
    }),
  ]);
  await Promise.race([work(), all]);
  isOver = true;
  await all;
  await file.close();
  const sorted = [...readMs, ...writeMs].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return {
    requests: sorted.length,
    p99Ms: at(0.99),
    mostMs: at(1),
    mostReadMs: mostOf(readMs),
    mostFlushMs: mostOf(flushMs),
  };
}

function mostOf(tookMs: readonly number[]): number {
  return tookMs.reduce((most, ms) => Math.max(most, ms), 0);
}
