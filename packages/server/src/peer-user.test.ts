import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { usersAt } from './peer-user.ts';
import { startServer } from './testing/start-server.ts';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:20D0 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 81001 1 0000000000000000 100 0 0 10 0
   1: 0100007F:C350 0100007F:20D0 01 00000000:00000000 00:00000000 00000000    33        0 81002 1 0000000000000000 20 4 30 10 -1
   2: 0100007F:20D0 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 81003 1 0000000000000000 20 4 30 10 -1
   3: 0100007F:C351 0100007F:20D0 01 00000000:00000000 00:00000000 00000000  1000        0 81004 1 0000000000000000 20 4 30 10 -1
   4: 0100007F:C352 0100007F:20D0 06 00000000:00000000 03:00001743 00000000     0        0 0 3 0000000000000000
  10: 00000000000000000000000001000000:C353 00000000000000000000000001000000:20D0 01 00000000:00000000 00:00000000 00000000    65534        0 81005 1 0000000000000000 20 4 30 10 -1
`;

test('the user at the far end of a connection is read of the kernel’s table', () => {
  const localPort = 8400;
  assert.deepEqual(usersAt(TABLE, { localPort, remotePort: 50_000 }), [33]);
  assert.deepEqual(usersAt(TABLE, { localPort, remotePort: 50_001 }), [1000]);
  assert.deepEqual(usersAt(TABLE, { localPort, remotePort: 50_002 }), [], 'nobody holds it');
  assert.deepEqual(usersAt(TABLE, { localPort, remotePort: 50_003 }), [65_534]);
  assert.deepEqual(usersAt(TABLE, { localPort, remotePort: 8400 }), []);
  assert.deepEqual(usersAt(TABLE, { localPort: undefined, remotePort: 50_000 }), []);
  assert.deepEqual(usersAt('', { localPort, remotePort: 50_000 }), []);
});

const FETCH = `const [url, user] = process.argv.slice(1);
  if (user) process.setuid(Number(user));
  fetch(url).then((answer) => console.log(answer.status));`;

test('the inbox is there for programs of one’s own, and not for those of another user', async (t) => {
  const { port } = await startServer(t);
  const url = `http://127.0.0.1:${port}/inbox/messages`;
  const run = promisify(execFile);
  const statusFor = async (...user: string[]) =>
    (await run(process.execPath, ['-e', FETCH, url, ...user])).stdout.trim();
  assert.equal(await statusFor(), '200');
  // Only root can become somebody else, and only Linux tells.
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  assert.equal(await statusFor('65534'), '404');
});
