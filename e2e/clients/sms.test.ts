/** Text messages reach a receiver that checks their signatures, even if it was down and Poolhouse was killed meanwhile. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, inheritedEnvironment, startServer } from './server-under-test.ts';
import { BY_SMS, makeTutorialPool, PASSWORD } from './tutorial-pool.ts';

/** A text message as it arrived. */
interface Sms {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly poolId: string;
  readonly occasion: string;
  readonly expiresAt: string;
}

const key = randomBytes(32);
const received: Sms[] = [];
const forged: string[] = [];
let isAway = false;
let onSms = () => {};

/** Checks a request as the specification describes it, by code of its own. */
function isGenuine(headers: Headers, body: string): boolean {
  const [id, timestamp] = [headers.get('webhook-id'), headers.get('webhook-timestamp')];
  const isRecent = Math.abs(Date.now() / 1_000 - Number(timestamp)) < 300;
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return isRecent && headers.get('webhook-signature') === `v1,${mac}`;
}

const receiver = createServer((request, response) => {
  void text(request).then((body) => {
    const headers = new Headers(request.headers as Record<string, string>);
    if (!isGenuine(headers, body)) {
      forged.push(body);
      return response.writeHead(401).end();
    }
    if (isAway) return response.writeHead(503).end();
    const sms = JSON.parse(body) as Sms;
    assert.equal(sms.id, headers.get('webhook-id'));
    received.push(sms);
    response.writeHead(204).end();
    return onSms();
  });
});
receiver.listen(0, '127.0.0.1');
await once(receiver, 'listening');
after(() => {
  receiver.closeAllConnections();
  receiver.close();
});

const { port } = receiver.address() as AddressInfo;
const server = await startServer({
  POOLHOUSE_SMS_URL: `http://127.0.0.1:${port}/sms?token=path-of-the-receiver`,
  POOLHOUSE_SMS_SECRET: `whsec_${key.toString('base64')}`,
  POOLHOUSE_LOG_LEVEL: 'debug',
});
after(() => server.remove());
const aws = server.client();

async function smsTo(number: string): Promise<Sms> {
  for (;;) {
    const sms = received.find(({ to }) => to === number);
    if (sms !== undefined) return sms;
    await new Promise<void>((resolve) => (onSms = resolve));
  }
}

const signUp = (ClientId: string, Username: string, number: string) =>
  aws.signUp({
    ClientId,
    Username,
    Password: PASSWORD,
    UserAttributes: [{ Name: 'phone_number', Value: number }],
  });

test('the code of a sign-up arrives by SMS, signed, and confirms', async () => {
  const { UserPoolId, ClientId } = await makeTutorialPool(aws, BY_SMS);
  const { CodeDeliveryDetails } = await signUp(ClientId, 'ada', '+15550100');
  assert.equal(CodeDeliveryDetails?.DeliveryMedium, 'SMS');
  const sms = await smsTo('+15550100');
  assert.deepEqual([sms.poolId, sms.occasion], [UserPoolId, 'SignUp']);
  assert(Date.parse(sms.expiresAt) > Date.now());
  const ConfirmationCode = /\b\d{6}\b/.exec(sms.text)?.[0];
  await aws.confirmSignUp({ ClientId, Username: 'ada', ConfirmationCode });
  const { UserStatus } = await aws.adminGetUser({ UserPoolId, Username: 'ada' });
  assert.equal(UserStatus, 'CONFIRMED');
  assert.deepEqual(forged, []);
});

test('a code that the receiver refused arrives later, once, although Poolhouse was killed', async () => {
  const { ClientId } = await makeTutorialPool(aws, BY_SMS);
  isAway = true;
  const number = '+15550101';
  await signUp(ClientId, 'bob', number);
  // If it were killed before it has recorded the refusal, it would have to wait for the attempt's lease to end.
  while ((await server.messages(number))[0]?.reason === undefined) await pause(20);
  await server.killNow();
  isAway = false;
  await server.startAgain();
  const sms = await smsTo(number);
  const ConfirmationCode = /\b\d{6}\b/.exec(sms.text)?.[0];
  await aws.confirmSignUp({ ClientId, Username: 'bob', ConfirmationCode });
  assert.equal(received.filter(({ to }) => to === number).length, 1);
});

test('a code to sign in with arrives by SMS, and signs in', async () => {
  const { UserPoolId, ClientId } = await makeTutorialPool(
    aws,
    {
      ...BY_SMS,
      UserPoolTier: 'ESSENTIALS',
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'SMS_OTP'] } },
    },
    { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] },
  );
  const number = '+15550104';
  await aws.adminCreateUser({
    UserPoolId,
    Username: 'eve',
    MessageAction: 'SUPPRESS',
    UserAttributes: [
      { Name: 'phone_number', Value: number },
      { Name: 'phone_number_verified', Value: 'true' },
    ],
  });
  const user = { UserPoolId, Username: 'eve' };
  await aws.adminSetUserPassword({ ...user, Password: PASSWORD, Permanent: true });
  const { ChallengeName, Session } = await aws.initiateAuth({
    ClientId,
    AuthFlow: 'USER_AUTH',
    AuthParameters: { USERNAME: 'eve', PREFERRED_CHALLENGE: 'SMS_OTP' },
  });
  assert.equal(ChallengeName, 'SMS_OTP');
  const sms = await smsTo(number);
  assert.deepEqual([sms.poolId, sms.occasion], [UserPoolId, 'Authentication']);
  const code = /\b\d{8}\b/.exec(sms.text)?.[0];
  assert(code, sms.text);
  const { AuthenticationResult } = await aws.respondToAuthChallenge({
    ClientId,
    ChallengeName,
    Session,
    ChallengeResponses: { USERNAME: 'eve', SMS_OTP_CODE: code },
  });
  assert(AuthenticationResult?.AccessToken);
});

test("the guide's receiver, exactly as written, knows our requests from others", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-guide-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const guide = await readFile(
    new URL('../../docs/guides/text-messages.md', import.meta.url),
    'utf8',
  );
  const example = /^```js run=sms-receiver\.mjs\n([\s\S]*?)^```$/m.exec(guide)?.[1] ?? '';
  const file = join(folder, 'sms-receiver.mjs');
  const ownPort = await freePort();
  await writeFile(file, example.replace('9000', String(ownPort)));
  const settings = {
    POOLHOUSE_SMS_URL: `http://127.0.0.1:${ownPort}/`,
    POOLHOUSE_SMS_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
  };
  const child = spawn(process.execPath, [file], {
    env: { ...inheritedEnvironment(), ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill());
  let written = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (written += part));
  const guided = await startServer(settings);
  t.after(() => guided.remove());
  const { ClientId } = await makeTutorialPool(guided.client(), BY_SMS);
  await guided.client().signUp({
    ClientId,
    Username: 'ada',
    Password: PASSWORD,
    UserAttributes: [{ Name: 'phone_number', Value: '+15550102' }],
  });
  while (!written.includes('\n')) await pause(20);
  assert.match(written, /^to \+15550102: Ihr Code für Poolhouse: \d{6}\n$/);
  const requests: readonly Record<string, string>[] = [
    {},
    { 'webhook-id': '1', 'webhook-timestamp': String(Math.floor(Date.now() / 1_000)) },
    { 'webhook-id': '1', 'webhook-timestamp': 'soon', 'webhook-signature': 'v1, v2' },
  ];
  for (const headers of requests) {
    const body = JSON.stringify({ id: '1', to: '+15550103', text: 'forged' });
    const { status } = await fetch(settings.POOLHOUSE_SMS_URL, { method: 'POST', headers, body });
    assert.equal(status, 401);
  }
  assert.doesNotMatch(written, /forged/);
});

test('the log has neither the secret nor the address of the receiver, nor codes and numbers', () => {
  const log = server.log();
  assert.match(log, new RegExp(`SMS +posted to http://127\\.0\\.0\\.1:${port}$`, 'm'));
  assert.match(log, /answered 503\..*message\.postponed/);
  assert.match(log, /message\.sent/);
  for (const secret of [key.toString('base64'), 'path-of-the-receiver', '+1555010']) {
    assert(!log.includes(secret), secret);
  }
  // Notices have none.
  const codes = received.flatMap(({ text: sms }) => /\b(?:\d{6}|\d{8})\b/.exec(sms)?.[0] ?? []);
  assert(codes.length > 0);
  for (const code of codes) {
    assert.doesNotMatch(log, new RegExp(`(?<!\\d)${code}(?!\\d)`));
  }
});
