/** Text messages reach an endpoint of Amazon SNS that checks their signatures by code of its own. */
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { REGION, startServer } from './server-under-test.ts';
import { BY_SMS, makeTutorialPool, PASSWORD } from './tutorial-pool.ts';

const KEY_ID = 'AKIDEXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const TOKEN = 'FwoGZXIvYXdzEXAMPLE//token==';
const OPTED_OUT = '+15550109';

const published: URLSearchParams[] = [];
const refused: string[] = [];
let onPublished = () => {};

/** Signature Version 4, as the AWS General Reference describes it. */
function isSigned({ method, url, headers }: IncomingMessage, body: string): boolean {
  const [, keyId, date, region, names = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([\w-]+)\/sns\/aws4_request, SignedHeaders=([\w;-]+), Signature=(\w{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const sentAt = String(headers['x-amz-date']);
  const sentAtMs = Date.parse(
    sentAt.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  const must = ['content-type', 'host', 'x-amz-date', 'x-amz-security-token'];
  if (keyId !== KEY_ID || date !== sentAt.slice(0, 8) || names !== must.join(';')) return false;
  if (!(Math.abs(Date.now() - sentAtMs) < 300_000)) return false;
  const sha256 = (data: string) => createHash('sha256').update(data).digest('hex');
  const hmac = (key: Buffer | string, data: string) =>
    createHmac('sha256', key).update(data).digest();
  const lines = names.split(';').map((name) => `${name}:${String(headers[name])}\n`);
  const canonical = [method, url, '', lines.join(''), names, sha256(body)].join('\n');
  const scope = `${date}/${region}/sns/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', sentAt, scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<Buffer | string>(hmac, `AWS4${SECRET}`);
  return (
    headers['x-amz-security-token'] === TOKEN && hmac(key, toSign).toString('hex') === signature
  );
}

const errorOf = (code: string, message: string) =>
  `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

const endpoint = createServer((request, response) => {
  void text(request).then((body) => {
    if (!isSigned(request, body)) {
      refused.push(body);
      return response
        .writeHead(403)
        .end(errorOf('SignatureDoesNotMatch', `The string was ${body}`));
    }
    const form = new URLSearchParams(body);
    if (form.get('PhoneNumber') === OPTED_OUT) {
      const reason = `Invalid parameter: PhoneNumber Reason: ${OPTED_OUT} is opted out`;
      return response.writeHead(400).end(errorOf('InvalidParameter', reason));
    }
    published.push(form);
    response.end(
      '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
    );
    return onPublished();
  });
});
endpoint.listen(0, '127.0.0.1');
await once(endpoint, 'listening');
after(() => {
  endpoint.closeAllConnections();
  endpoint.close();
});

const { port } = endpoint.address() as AddressInfo;
const settings = {
  POOLHOUSE_SMS_SNS_REGION: REGION,
  POOLHOUSE_SMS_SNS_ENDPOINT: `http://127.0.0.1:${port}`,
  POOLHOUSE_SMS_SNS_SENDER_ID: 'Poolhouse',
  POOLHOUSE_SMS_SNS_MAX_PRICE: '0.25',
  AWS_ACCESS_KEY_ID: KEY_ID,
  AWS_SECRET_ACCESS_KEY: SECRET,
  AWS_SESSION_TOKEN: TOKEN,
  POOLHOUSE_LOG_LEVEL: 'debug',
};
const server = await startServer(settings);
after(() => server.remove());
const aws = server.client();

test('the code of a sign-up is published, signed, and confirms', async () => {
  const { UserPoolId, ClientId } = await makeTutorialPool(aws, BY_SMS);
  const UserAttributes = [{ Name: 'phone_number', Value: '+15550100' }];
  await aws.signUp({ ClientId, Username: 'ada', Password: PASSWORD, UserAttributes });
  while (published.length === 0) await new Promise<void>((resolve) => (onPublished = resolve));
  const [form] = published;
  assert.deepEqual([form?.get('Action'), form?.get('PhoneNumber')], ['Publish', '+15550100']);
  const attributes = [1, 2, 3].map((index) =>
    ['Name', 'Value.StringValue'].map((member) =>
      form?.get(`MessageAttributes.entry.${index}.${member}`),
    ),
  );
  assert.deepEqual(attributes, [
    ['AWS.SNS.SMS.SMSType', 'Transactional'],
    ['AWS.SNS.SMS.SenderID', 'Poolhouse'],
    ['AWS.SNS.SMS.MaxPrice', '0.25'],
  ]);
  const ConfirmationCode = /^Ihr Code für Poolhouse: (\d{6})$/.exec(
    form?.get('Message') ?? '',
  )?.[1];
  await aws.confirmSignUp({ ClientId, Username: 'ada', ConfirmationCode });
  const { UserStatus } = await aws.adminGetUser({ UserPoolId, Username: 'ada' });
  assert.equal(UserStatus, 'CONFIRMED');
  assert.deepEqual(refused, []);
});

test('a number that SNS refuses is given up, and says why without the number', async () => {
  const { ClientId } = await makeTutorialPool(aws, BY_SMS);
  const UserAttributes = [{ Name: 'phone_number', Value: OPTED_OUT }];
  await aws.signUp({ ClientId, Username: 'bob', Password: PASSWORD, UserAttributes });
  const parked = /"reason":"([^"]*is opted out)".*message\.parked/;
  while (!parked.test(server.log())) await pause(20);
  const reason = parked.exec(server.log())?.[1];
  assert.match(reason ?? '', /^Amazon SNS answered 400 InvalidParameter: .*\+… is opted out$/);
});

test('with a wrong secret messages wait, and the log has neither keys nor numbers nor codes', async () => {
  const mistaken = await startServer({ ...settings, AWS_SECRET_ACCESS_KEY: 'mistaken-secret' });
  try {
    const { ClientId } = await makeTutorialPool(mistaken.client(), BY_SMS);
    const UserAttributes = [{ Name: 'phone_number', Value: '+15550102' }];
    await mistaken
      .client()
      .signUp({ ClientId, Username: 'eve', Password: PASSWORD, UserAttributes });
    while ((await mistaken.messages('+15550102'))[0]?.reason === undefined) await pause(20);
    const [waiting] = await mistaken.messages('+15550102');
    assert.equal(waiting?.reason, 'Amazon SNS answered 403 SignatureDoesNotMatch.');
    assert.equal(refused.length > 0, true);
    const logs = server.log() + mistaken.log();
    const code = waiting.code ?? '';
    for (const hidden of [SECRET, 'mistaken-secret', TOKEN, KEY_ID, '5550102', OPTED_OUT, code]) {
      assert(!logs.includes(hidden), hidden);
    }
  } finally {
    await mistaken.remove();
  }
});
