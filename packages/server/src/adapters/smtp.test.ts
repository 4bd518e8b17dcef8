import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { poolId, type MessageContent } from '@poolhouse/core';
import { UndeliverableError, type OutgoingMessage } from '../delivery/transport.ts';
import { makeSmtpTransport } from './smtp.ts';

interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly head: string;
  readonly body: string;
}

async function openMailServer(t: TestContext, options: SMTPServerOptions = {}) {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let raw = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => (raw += chunk));
      stream.on('end', () => {
        const end = raw.indexOf('\r\n\r\n');
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          head: raw.slice(0, end),
          body: raw.slice(end + 4),
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.server.address();
  assert(address !== null && typeof address === 'object');
  const transport = makeSmtpTransport({
    smtpUrl: `smtp://127.0.0.1:${address.port}`,
    from: 'Poolhouse <no-reply@example.com>',
  });
  t.after(() => transport.close());
  return { mails, transport };
}

const message = (
  content: Partial<MessageContent> = {},
  to = 'mara@example.org',
): OutgoingMessage => ({
  id: '0abc-1',
  medium: 'EMAIL',
  to,
  poolId: poolId('eu-west-1_Abcdefghi'),
  createdAtMs: Date.UTC(2026, 10, 23, 9),
  expiresAtMs: Date.UTC(2026, 10, 24, 9),
  content: {
    occasion: 'SignUp',
    subject: 'Your verification code',
    body: 'Your verification code is <b>123456</b>. ',
    code: '123456',
    username: 'mara',
    ...content,
  },
});

const never = new AbortController().signal;

test('a mail has one recipient, the sender from the settings, HTML and the same as text', async (t) => {
  const { mails, transport } = await openMailServer(t);
  await transport.deliver(message(), never);
  const [mail] = mails;
  assert(mail);
  assert.deepEqual([mail.from, mail.to], ['no-reply@example.com', ['mara@example.org']]);
  assert.match(mail.head, /^From: Poolhouse <no-reply@example\.com>$/m);
  assert.match(mail.head, /^To: mara@example\.org$/m);
  assert.match(mail.head, /^Subject: Your verification code$/m);
  assert.match(mail.head, /^Message-ID: <0abc-1@example\.com>$/m);
  assert.match(mail.head, /^Date: Mon, 23 Nov 2026 09:00:00 \+0000$/m);
  assert.match(
    mail.body,
    /text\/plain[^]*Your verification code is 123456\.\r\n[^]*text\/html[^]*<b>123456<\/b>/,
  );
});

test("a pool's own sender is shown, bounces still come to ours", async (t) => {
  const { mails, transport } = await openMailServer(t);
  await transport.deliver(
    message({ from: 'Shop <hello@shop.test>', replyTo: 'help@shop.test' }),
    never,
  );
  assert.equal(mails[0]?.from, 'no-reply@example.com');
  assert.match(mails[0]?.head ?? '', /^From: Shop <hello@shop\.test>$/m);
  assert.match(mails[0]?.head ?? '', /^Reply-To: help@shop\.test$/m);
});

test('nothing in a message can add a recipient or a header', async (t) => {
  const { mails, transport } = await openMailServer(t);
  const hostile: readonly Partial<MessageContent>[] = [
    { subject: 'Hi\r\nBcc: eve@evil.test' },
    { subject: 'Hi\u2028Bcc: eve@evil.test\n\nbody' },
    { from: 'a@shop.test\r\nBcc: eve@evil.test' },
    { from: 'a@shop.test, eve@evil.test' },
    { from: 'list: eve@evil.test;' },
    { replyTo: 'a@shop.test\r\nCc: eve@evil.test' },
    { username: 'x\r\nBcc: eve@evil.test', body: '.\r\nRCPT TO:<eve@evil.test>\r\n.\r\n' },
  ];
  for (const content of hostile) await transport.deliver(message(content), never);
  assert.equal(mails.length, hostile.length);
  for (const { to, head } of mails) {
    assert.deepEqual(to, ['mara@example.org']);
    assert.doesNotMatch(head, /^(?:bcc|cc):/im);
    assert.doesNotMatch(head, /^(?:From|To): .*evil/im);
  }
});

test('an address that can be understood in two ways is refused', async (t) => {
  const { mails, transport } = await openMailServer(t);
  const addresses = [
    'a@b.test,eve@evil.test',
    'a@b.test eve@evil.test',
    'a@b.test\r\nRCPT TO:<eve@evil.test>',
    'Mara <a@b.test>',
    '"a@evil.test"@b.test',
    'a@b.test@evil.test',
    'group:a@b.test;',
    'nobody',
    '',
  ];
  for (const to of addresses) {
    await assert.rejects(transport.deliver(message({}, to), never), UndeliverableError, to);
  }
  assert.deepEqual(mails, []);
});

const failing = (responseCode: number) =>
  Object.assign(new Error('said the server'), { responseCode });

const refusals: readonly (readonly [what: string, options: SMTPServerOptions, forGood: boolean])[] =
  [
    ['unknown recipient', { onRcptTo: (_a, _s, done) => done(failing(550)) }, true],
    ['greylisted', { onRcptTo: (_a, _s, done) => done(failing(450)) }, false],
    ['refused sender', { onMailFrom: (_a, _s, done) => done(failing(550)) }, false],
    ['refused host', { onConnect: (_s, done) => done(failing(554)) }, false],
    [
      'refused content',
      { onData: (s, _x, done) => void s.resume().on('end', () => done(failing(554))) },
      true,
    ],
    [
      'full',
      { onData: (s, _x, done) => void s.resume().on('end', () => done(failing(452))) },
      false,
    ],
  ];

for (const [what, options, forGood] of refusals) {
  test(`${what}: ${forGood ? 'given up' : 'tried again'}`, async (t) => {
    const { transport } = await openMailServer(t, options);
    await assert.rejects(transport.deliver(message(), never), (error) => {
      assert.equal(error instanceof UndeliverableError, forGood, String(error));
      assert.match(String(error), /said the server/);
      return true;
    });
  });
}

test('a server that is unavailable, or takes too long, is tried again', async (t) => {
  const transport = makeSmtpTransport({ smtpUrl: 'smtp://127.0.0.1:1', from: 'a@b.test' });
  await assert.rejects(
    transport.deliver(message(), never),
    (error) => !(error instanceof UndeliverableError),
  );
  const slow = await openMailServer(t, { onMailFrom: () => undefined });
  const abort = new AbortController();
  const delivery = slow.transport.deliver(message(), abort.signal);
  abort.abort();
  await assert.rejects(delivery, /took too long/);
});
