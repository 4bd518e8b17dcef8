import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { Failure } from '../failure.ts';
import { openHarness } from '../testing/harness.ts';
import { goodPassword, type MadePool } from '../testing/signed-in.ts';

const ignoringCase = { UsernameConfiguration: { CaseSensitive: false } };

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, undefined],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason],
] as const) {
  test(
    `${name}: of simultaneous sign-ups with one name in several spellings, one wins`,
    {
      skip: skip ?? false,
    },
    async (t) => {
      const harness = await openHarness(t, { database });
      const nodes = name === 'SQLite' ? [harness] : [harness, await harness.secondNode()];
      const winners = async (made: MadePool, names: readonly string[]) => {
        const attempt = async (Username: string, at: number): Promise<string> => {
          const node = nodes[at % nodes.length] ?? harness;
          const input = { ClientId: made.ClientId, Username, Password: goodPassword };
          try {
            await node.call('SignUp', input);
            return 'won';
          } catch (error) {
            return error instanceof Failure ? error.code : String(error);
          }
        };
        const outcomes = await Promise.all(names.map(attempt));
        return outcomes.sort((one, other) => one.localeCompare(other));
      };
      const lost = (count: number) =>
        Array.from({ length: count }, () => 'UsernameExistsException');
      const addresses = await harness.makePool({ ...ignoringCase, UsernameAttributes: ['email'] });
      const mails = ['joe@example.com', 'JOE@example.com', 'joe@ｅxample.com', 'joe@EXAMPLE。com'];
      assert.deepEqual(await winners(addresses, [...mails, ...mails]), [...lost(7), 'won']);
      const plain = await harness.makePool(ignoringCase);
      const names = ['mark', 'MARK', 'mar\u212a', 'ｍark', 'ma\u034frk', 'M𝐚rk'];
      assert.deepEqual(await winners(plain, names), [...lost(5), 'won']);
      const exact = await harness.makePool({});
      const accents = ['\u00c5sa', 'A\u030asa', '\u212bsa', 'A\u034f\u030asa'];
      assert.deepEqual(await winners(exact, accents), [...lost(3), 'won']);
    },
  );
}
