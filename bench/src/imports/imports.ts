import { setTimeout as delay } from 'node:timers/promises';
import type { OutputOf } from '@poolhouse/model';
import { signed } from '../load/aws-json.ts';
import { connect, sendOne } from '../load/send.ts';
import { startProduct } from '../measured-process.ts';
import { postgresDatabase, sqliteDatabase, type StallsDatabase } from '../stalls/databases.ts';

/** What one import of users has cost. */
interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The most memory of its own that the server had meanwhile. */
  readonly mostMb: number;
  readonly bytesPerUser: number;
}

/** Files hold no more. */
const MOST_IN_FILE = 250_000;
const LOOK_EVERY_MS = 100;
const HASH = '$2b$10$N9qo8uLOickgx2ZMRZoMye5CAkUPTfonnfH1CziFvSZ9xz04xbonW';

/** What lies on the disk for users, without what is free again. */
const SIZE: Readonly<Record<string, string>> = {
  SQLite:
    'SELECT (page_count - freelist_count) * page_size AS found FROM pragma_page_count, pragma_freelist_count, pragma_page_size',
  PostgreSQL:
    "SELECT pg_total_relation_size('users') + pg_total_relation_size('sign_in_names') AS found",
};

/** What it costs to import so many users, without passwords and with hashed ones, on both databases; answers a table. */
export async function imports(people: number, tell: (text: string) => void): Promise<string> {
  const rows = [
    `| database   | passwords | ${people} users, s | CPU s of the server | most MB | bytes a user |`,
    '|------------|-----------|-------------------:|--------------------:|--------:|-------------:|',
  ];
  for (const make of [sqliteDatabase, postgresDatabase]) {
    for (const isHashed of [false, true]) {
      const database = await make();
      if ('missing' in database) {
        rows.push(database.missing);
        break;
      }
      try {
        tell(`${database.name}, ${isHashed ? 'hashed passwords' : 'no passwords'}`);
        const cost = await importOn(database, people, isHashed);
        const row = `| ${[
          database.name.padEnd(10),
          (isHashed ? 'hashed' : 'none').padEnd(9),
          cost.seconds.toFixed(1).padStart(18),
          cost.cpuSeconds.toFixed(1).padStart(19),
          cost.mostMb.toFixed(0).padStart(7),
          cost.bytesPerUser.toFixed(0).padStart(12),
        ].join(' | ')} |`;
        tell(row);
        rows.push(row);
      } finally {
        await database.drop();
      }
    }
  }
  return rows.join('\n');
}

async function importOn(
  database: StallsDatabase,
  people: number,
  isHashed: boolean,
): Promise<Cost> {
  const server = await startProduct(database.dataFolder, {
    POOLHOUSE_PASSWORD_HASH: 'test',
    ...database.environment,
  });
  const connections = connect(server.port, 1);
  try {
    const made = await sendOne<OutputOf<'CreateUserPool'>>(
      connections,
      signed(server.port, 'CreateUserPool', {
        ...{ PoolName: 'imported', AutoVerifiedAttributes: ['email'] },
        AliasAttributes: ['email'],
      }),
    );
    const UserPoolId = made.UserPool?.Id ?? '';
    const sizeBefore = await database.count(SIZE[database.name] ?? '');
    const cpuBeforeMs = await server.cpuMs();
    const startedMs = performance.now();
    let mostMb = 0;
    for (let from = 0; from < people; from += MOST_IN_FILE) {
      const count = Math.min(MOST_IN_FILE, people - from);
      const { UserImportJob: job } = await sendOne<OutputOf<'CreateUserImportJob'>>(
        connections,
        signed(server.port, 'CreateUserImportJob', {
          ...{ UserPoolId, JobName: 'people' },
          CloudWatchLogsRoleArn: 'arn:aws:iam::000000000000:role/logs',
          ...(isHashed && { PasswordHashingAlgorithm: 'BCRYPT' }),
        }),
      );
      const { CSVHeader = [] } = await sendOne<OutputOf<'GetCSVHeader'>>(
        connections,
        signed(server.port, 'GetCSVHeader', { UserPoolId }),
      );
      const columns = isHashed ? [...CSVHeader, 'password_hash'] : CSVHeader;
      const uploaded = await fetch(job?.PreSignedUrl ?? '', {
        ...{ method: 'PUT', body: fileOf(columns, from, count) },
      });
      if (!uploaded.ok) throw new Error(`the upload was answered with ${uploaded.status}`);
      const ref = { UserPoolId, JobId: job?.JobId ?? '' };
      await sendOne(connections, signed(server.port, 'StartUserImportJob', ref));
      for (;;) {
        await delay(LOOK_EVERY_MS);
        mostMb = Math.max(mostMb, server.rssAnonMb());
        const { UserImportJob: now } = await sendOne<OutputOf<'DescribeUserImportJob'>>(
          connections,
          signed(server.port, 'DescribeUserImportJob', ref),
        );
        if (now?.CompletionDate === undefined) continue;
        if (now.ImportedUsers !== count) throw new Error(now.CompletionMessage);
        break;
      }
    }
    const seconds = (performance.now() - startedMs) / 1_000;
    const cpuSeconds = ((await server.cpuMs()) - cpuBeforeMs) / 1_000;
    while ((await database.count('SELECT count(*) AS found FROM import_parts')) > 0) {
      await delay(LOOK_EVERY_MS);
    }
    const size = (await database.count(SIZE[database.name] ?? '')) - sizeBefore;
    return { seconds, cpuSeconds, mostMb, bytesPerUser: size / people };
  } finally {
    connections.close();
    await server.stop();
  }
}

/** A file with a name, a verified address and, if there is a column for it, a hash for each user. */
function fileOf(columns: readonly string[], from: number, count: number): string {
  const lines = [columns.join(',')];
  for (let number = from; number < from + count; number += 1) {
    const row: Readonly<Record<string, string>> = {
      ...{ 'cognito:username': `user${number}`, 'cognito:mfa_enabled': 'FALSE' },
      ...{ email: `user${number}@example.com`, email_verified: 'TRUE', given_name: 'Ann' },
      password_hash: HASH,
    };
    lines.push(columns.map((column) => row[column] ?? '').join(','));
  }
  return `${lines.join('\n')}\n`;
}
