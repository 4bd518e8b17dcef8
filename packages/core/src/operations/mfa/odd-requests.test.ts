import { test } from 'node:test';
import {
  postgresSkipReason,
  postgresTestDatabase,
  sqliteTestDatabase,
} from '@poolhouse/storage/testing';
import { openHarness } from '../../testing/harness.ts';

for (const [name, database, skip] of [
  ['SQLite', sqliteTestDatabase, undefined],
  ['PostgreSQL', postgresTestDatabase, postgresSkipReason],
] as const) {
  test(
    `a Session that names no pool is invalid on ${name}, whatever it holds`,
    { skip },
    async (t) => {
      const harness = await openHarness(t, { database });
      for (const Session of [`${'\0'.repeat(20)}.x`, `${'\ud800'.repeat(20)}.x`, '.'.repeat(20)]) {
        await harness.refuses('AssociateSoftwareToken', { Session }, 'NotAuthorizedException');
        const verify = { Session, UserCode: '123456' };
        await harness.refuses('VerifySoftwareToken', verify, 'NotAuthorizedException');
      }
    },
  );
}

test('the name of a device is text', async (t) => {
  const harness = await openHarness(t);
  for (const FriendlyDeviceName of ['\u0001', 'a\nb', '\ud800']) {
    const verify = { AccessToken: 'a.b.c', UserCode: '123456', FriendlyDeviceName };
    const refused = 'FriendlyDeviceName is not valid text.';
    await harness.refuses('VerifySoftwareToken', verify, 'InvalidParameterException', refused);
  }
});
