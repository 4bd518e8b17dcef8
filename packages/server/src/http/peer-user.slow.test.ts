import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { farEndKey, findFarEnds, isAnothersEnd, isOfAnotherUser } from './peer-user.ts';
import {
  CreateUserPoolCommand,
  ListGroupsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { signed } from '../testing/sign-request.ts';
import { startServer } from '../testing/start-server.ts';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:20D0 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 81001 1 0000000000000000 100 0 0 10 0
   1: 0100007F:C350 0100007F:20D0 01 00000000:00000000 00:00000000 00000000    33        0 81002 1 0000000000000000 20 4 30 10 -1
   2: 0100007F:20D0 0100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 81003 1 0000000000000000 20 4 30 10 -1
   3: 0100007F:C351 0100007F:20D0 01 00000000:00000000 00:00000000 00000000  1000        0 81004 1 0000000000000000 20 4 30 10 -1
   4: 0100007F:C352 0100007F:20D0 06 00000000:00000000 03:00001743 00000000     0        0 0 3 0000000000000000
  10: 00000000000000000000000001000000:C353 00000000000000000000000001000000:20D0 01 00000000:00000000 00:00000000 00000000    65534        0 81005 1 0000000000000000 20 4 30 10 -1
`;

const localPort = 8400;
const keyOf = (remotePort: number) => farEndKey({ localPort, remotePort }) ?? '';

/** In pieces of any length, as from the kernel. */
const pieces = (text: string) => text.match(/[^]{1,50}/g) ?? [];

test('the user at the far end of a connection is read from the kernel’s table', async () => {
  const keys = [50_000, 50_001, 50_002, 50_003, 8400].map(keyOf);
  const { users, tells } = await findFarEnds([pieces(TABLE)], new Set(keys));
  assert.deepEqual(
    keys.map((key) => users.get(key)),
    // Nobody holds the third one; the last has the ports the other way round.
    [[33], [1000], undefined, [65_534], undefined],
  );
  assert.equal(tells, true);
  assert.equal(farEndKey({ localPort: undefined, remotePort: 50_000 }), undefined);
  const swapped = farEndKey({ localPort: 50_000, remotePort: localPort }) ?? '';
  const other = await findFarEnds([pieces(TABLE)], new Set([swapped]));
  assert.deepEqual(other.users.get(swapped), [1000]);
});

test('a far end that nobody holds any more does not count as our own user’s', async () => {
  const isAnothers = async (remotePort: number, tables = [[], pieces(TABLE)]) => {
    const key = keyOf(remotePort);
    return isAnothersEnd(await findFarEnds(tables, new Set([key])), key, 1000);
  };
  assert.equal(await isAnothers(50_001), false, 'one’s own');
  assert.equal(await isAnothers(50_000), true, 'a web server’s');
  assert.equal(await isAnothers(50_002), true, 'let go of');
  assert.equal(await isAnothers(50_004), true, 'gone from the table');
  assert.equal(await isAnothers(50_000, [[`${TABLE.split('\n')[0] ?? ''}\n`]]), false);
  assert.equal(await isAnothers(50_000, []), false);
});

test('hundreds of simultaneous connections are answered by one or two readings', async (t) => {
  if (process.platform !== 'linux') return;
  const opened = t.mock.method(fs, 'createReadStream');
  syncBuiltinESMExports();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets: Socket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  const clients = Array.from({ length: 200 }, () => connect(port, '127.0.0.1'));
  await Promise.all(clients.map((client) => once(client, 'connect')));
  while (sockets.length < 200) await new Promise((resolve) => setImmediate(resolve));
  t.after(() => {
    for (const socket of [...clients, ...sockets]) socket.destroy();
    server.close();
  });
  const first = isOfAnotherUser(sockets[0] ?? {});
  await new Promise((resolve) => setImmediate(resolve));
  // The current reading may be past their places.
  const others = sockets.slice(1).map((socket) => isOfAnotherUser(socket));
  assert.deepEqual(new Set(await Promise.all([first, ...others])), new Set([false]));
  assert(opened.mock.callCount() <= 4, String(opened.mock.callCount()));
  t.mock.restoreAll();
  syncBuiltinESMExports();
});

const FETCH = `const [url, user] = process.argv.slice(1);
  if (user) process.setuid(Number(user));
  fetch(url).then((answer) => console.log(answer.status));`;

test('the inbox is there for the user’s own programs, but not for another user’s', async (t) => {
  const { port } = await startServer(t);
  const url = `http://127.0.0.1:${port}/inbox/messages`;
  const run = promisify(execFile);
  const statusFor = async (...user: string[]) =>
    (await run(process.execPath, ['-e', FETCH, url, ...user])).stdout.trim();
  assert.equal(await statusFor(), '200');
  // Only root can act as another user, and only Linux has the tables.
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  assert.equal(await statusFor('65534'), '404');
});

/** Sends each given request on its own connection, and leaves without waiting for an answer. */
const SEND_AND_GO = `const [port, user, ...requests] = process.argv.slice(1);
  process.setuid(Number(user));
  for (const request of requests) {
    const socket = require('node:net').connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(Buffer.from(request, 'base64'), () => socket.destroy());
  }`;

test('another user’s program that sends a signed request and leaves at once has changed nothing', async (t) => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  const running = await startServer(t);
  const client = running.client(undefined, 'ph-local-1');
  const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'p' }));
  const pool = { UserPoolId: UserPool?.Id };
  const requests = await Promise.all(
    Array.from({ length: 20 }, (_, number) =>
      signed(running, {
        operation: 'CreateGroup',
        region: 'ph-local-1',
        body: JSON.stringify({ ...pool, GroupName: `group${number}` }),
      }),
    ),
  );
  const bytes = requests.map(({ headers, body }) => {
    const head = Object.entries({ ...headers, 'content-length': body.length });
    const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    return Buffer.from(`POST / HTTP/1.1\r\n${lines}\r\n${body}`).toString('base64');
  });
  const run = promisify(execFile);
  await run(process.execPath, ['-e', SEND_AND_GO, String(running.port), '65534', ...bytes]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { Groups } = await client.send(new ListGroupsCommand(pool));
  assert.deepEqual(Groups, []);
  // The requests were valid: they work for a client that stays for the answer.
  assert.equal((await running.send(requests[0] ?? {})).status, 200);
});
