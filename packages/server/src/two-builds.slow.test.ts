import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { migrations, postgresSkipReason, postgresTestDatabase } from '@poolhouse/storage/testing';
import { call } from './testing/call.ts';
import { startServer, type RunningServer } from './testing/start-server.ts';

/** What a later build might add: columns, an index and tables that this one does not know. */
const further = ['users', 'token_families'].map((table, index) => ({
  version: migrations.length + 1 + index,
  name: `later ${table}`,
  statements: ({ text, int }: { readonly text: string; readonly int: string }) => [
    `ALTER TABLE ${table} ADD COLUMN later ${int} NOT NULL DEFAULT 7`,
    `CREATE INDEX ${table}_later ON ${table} (later)`,
    `CREATE TABLE later_${table} (id ${text} PRIMARY KEY)`,
  ],
}));

test(
  'two builds of the server answer on one database while the later one changes it (ADR 9)',
  { skip: postgresSkipReason ?? false },
  async (t) => {
    const database = await postgresTestDatabase();
    t.after(() => database.drop());
    const environment = {
      POOLHOUSE_DATABASE_URL: database.url,
      POOLHOUSE_KEYS: `common:${randomBytes(32).toString('base64')}`,
      POOLHOUSE_PUBLIC_URL: 'http://localhost:8400',
    };
    const old = await startServer(t, { environment });
    const { UserPool } = await call(old.server, 'CreateUserPool', { PoolName: 'shared' });
    const UserPoolId = UserPool?.Id ?? '';
    const { UserPoolClient } = await call(old.server, 'CreateUserPoolClient', {
      UserPoolId,
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    const ClientId = UserPoolClient?.ClientId ?? '';

    const nodes: RunningServer[] = [old];
    let [isOver, answered] = [false, 0];
    const client = async (number: number) => {
      for (let count = 0; !isOver; count += 1) {
        // One person's steps, each on either node: each build reads what the other wrote.
        const next = async (operation: string, body: object) => {
          const node = nodes[answered % nodes.length] ?? old;
          const answer = await node.post(operation, JSON.stringify(body));
          assert.equal(answer.status, 200, `${operation}: ${answer.body}`);
          answered += 1;
          return answer.json() as { AuthenticationResult?: Record<string, string> };
        };
        const [Username, Password] = [`user${number}x${count}`, 'Correct-horse-1'];
        await next('SignUp', { ClientId, Username, Password });
        await call(old.server, 'AdminConfirmSignUp', { UserPoolId, Username });
        const signedIn = await next('InitiateAuth', {
          ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: Username, PASSWORD: Password },
        });
        const { AccessToken, RefreshToken = '' } = signedIn.AuthenticationResult ?? {};
        await next('GetUser', { AccessToken });
        await next('InitiateAuth', {
          ClientId,
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { REFRESH_TOKEN: RefreshToken },
        });
      }
    };
    const load = Promise.all(Array.from({ length: 6 }, (_, number) => client(number)));
    const reached = async (count: number) => {
      while (answered < count) await Promise.race([load, new Promise((go) => setImmediate(go))]);
    };
    await reached(40);
    // The later build starts under load, and changes the tables while the older one uses them.
    const replacements = { migrations: [...migrations, ...further] };
    nodes.push(await startServer(t, { environment, replacements }));
    await reached(answered + 60);
    // A node of the older build that ends can start again.
    nodes.push(await startServer(t, { environment }));
    await reached(answered + 60);
    isOver = true;
    await load;
    t.diagnostic(`${answered} requests, 0 errors`);
  },
);
