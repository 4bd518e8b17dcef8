import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { suite, test, type TestContext } from 'node:test';
import {
  AdminGetUserCommand,
  CreateUserImportJobCommand,
  CreateUserPoolCommand,
  DescribeUserImportJobCommand,
  GetCSVHeaderCommand,
  StartUserImportJobCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { setTimeout as delay } from 'node:timers/promises';
import { startServer } from '../testing/start-server.ts';

const LONGEST_WAIT_MS = 20_000;

/** A server with a pool and an import, and the path of its upload. */
async function importing(t: TestContext) {
  const server = await startServer(t);
  const aws = server.client();
  const made = await aws.send(
    new CreateUserPoolCommand({ PoolName: 'people', AutoVerifiedAttributes: ['email'] }),
  );
  const UserPoolId = made.UserPool?.Id ?? '';
  const create = async () => {
    const { UserImportJob } = await aws.send(
      new CreateUserImportJobCommand({
        ...{ UserPoolId, JobName: 'people' },
        CloudWatchLogsRoleArn: 'arn:aws:iam::000000000000:role/logs',
      }),
    );
    const url = new URL(UserImportJob?.PreSignedUrl ?? '');
    assert.equal(url.origin, new URL(server.url).origin);
    return { ref: { UserPoolId, JobId: UserImportJob?.JobId }, path: url.pathname + url.search };
  };
  const put = (path: string, body: string | Buffer, headers = {}) =>
    server.send({ method: 'PUT', path, body, headers });
  return { server, aws, UserPoolId, create, put };
}

suite('the upload of a file of users', () => {
  test('whoever has the address needs nothing else, and the users arrive', async (t) => {
    const { server, aws, UserPoolId, create, put } = await importing(t);
    const { CSVHeader = [] } = await aws.send(new GetCSVHeaderCommand({ UserPoolId }));
    const { ref, path } = await create();
    const rows = Array.from({ length: 300 }, (_, index) => {
      const row: Readonly<Record<string, string>> = {
        ...{ 'cognito:username': `user${index}`, 'cognito:mfa_enabled': 'false' },
        ...{ email: `user${index}@example.com`, email_verified: 'true' },
      };
      return CSVHeader.map((column) => row[column] ?? '').join(',');
    });
    const answer = await put(path, [CSVHeader.join(','), ...rows].join('\r\n'), {
      ...{ 'x-amz-server-side-encryption': 'aws:kms', 'Content-Type': 'text/csv' },
    });
    assert.deepEqual([answer.status, answer.body], [200, '']);
    await aws.send(new StartUserImportJobCommand(ref));
    const untilMs = performance.now() + LONGEST_WAIT_MS;
    for (;;) {
      const { UserImportJob } = await aws.send(new DescribeUserImportJobCommand(ref));
      if (UserImportJob?.Status === 'Succeeded') {
        assert.equal(UserImportJob.ImportedUsers, 300);
        break;
      }
      assert.ok(performance.now() < untilMs, UserImportJob?.Status);
      await delay(50);
    }
    const last = await aws.send(new AdminGetUserCommand({ UserPoolId, Username: 'user299' }));
    assert.equal(last.UserStatus, 'RESET_REQUIRED');
    const late = await put(path, 'x');
    assert.equal(late.status, 409);
    assert.deepEqual(
      server.logged.filter(({ level }) => level !== 'info'),
      [],
    );
  });

  test('other addresses, methods and codings are refused, and say nothing of what is there', async (t) => {
    const { server, create, put } = await importing(t);
    const { path } = await create();
    const forged = path.replace(/signature=./, 'signature=_');
    const missing = path.replace(/\/eu-west-1_[^/]+/, '/eu-west-1_missing00');
    const refusals = [await put(forged, 'x'), await put(missing, 'x')];
    for (const one of [...refusals, await put(path.replace(/\?.*/, ''), 'x')]) {
      assert.deepEqual([one.status, one.json()], [403, { message: 'The address is not valid.' }]);
    }
    assert.equal((await put(path, 'x', { 'Content-Encoding': 'gzip' })).status, 415);
    for (const method of ['GET', 'POST']) {
      assert.equal((await server.send({ method, path })).status, 404, method);
    }
  });

  test('what is too large is refused while it arrives, and what breaks off is forgotten', async (t) => {
    const { server, aws, create } = await importing(t);
    const { ref, path } = await create();
    const head = `PUT ${path} HTTP/1.1\r\nHost: x\r\n`;
    const socket = connect(server.port, '127.0.0.1').setMaxListeners(0);
    socket.on('error', () => undefined);
    socket.write(`${head}Content-Length: 1000000000\r\n\r\n`);
    const chunk = Buffer.alloc(1_048_576, 'x');
    let text = '';
    socket.setEncoding('latin1').on('data', (data: string) => (text += data));
    for (let sent = 0; text === '' && sent < 200; sent += 1) {
      if (!socket.write(chunk)) {
        const signal = AbortSignal.timeout(LONGEST_WAIT_MS);
        await Promise.race(
          ['drain', 'data', 'close'].map((name) => once(socket, name, { signal })),
        );
      }
    }
    assert.match(text, /^HTTP\/1\.1 413 /);
    socket.destroy();
    const cut = connect(server.port, '127.0.0.1');
    cut.end(`${head}Content-Length: 100\r\n\r\nabc`);
    await new Promise((resolve) => cut.resume().once('close', resolve));
    await assert.rejects(aws.send(new StartUserImportJobCommand(ref)), {
      name: 'PreconditionNotMetException',
    });
  });
});
