import assert from 'node:assert/strict';
import { SignatureV4 } from '@smithy/signature-v4';
import { test, type TestContext } from 'node:test';
import type { SnsSettings } from '../../config/sms-settings.ts';
import { BusyError, UndeliverableError } from '../../delivery/transport.ts';
import { Sha256 } from '../../testing/sign-request.ts';
import { makeSns } from './sns.ts';
import { openCarrier, textMessage, type Answering, type Arrived } from './testing/carrier.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 9, 0, 0, 700);
const never = new AbortController().signal;
const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: undefined,
};

const published =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>567910cd</MessageId></PublishResult></PublishResponse>';

const refusal = (code: string, message = 'Something is wrong.') =>
  `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>9dd01905</RequestId></ErrorResponse>`;

async function open(
  t: TestContext,
  answering: Answering = { status: 200, body: published },
  settings: Partial<SnsSettings> = {},
  limitMs = 5_000,
) {
  const carrier = await openCarrier(t, answering);
  const transport = makeSns(
    {
      region: 'eu-west-1',
      endpoint: `${carrier.url}/`,
      credentials,
      senderId: undefined,
      maxPriceUsd: undefined,
      ...settings,
    },
    { clock: { nowMs: () => NOW_MS }, limitMs },
  );
  return { ...carrier, transport };
}

/** The `Authorization` that the SDK's own signer gives a request. */
async function authorizationOf({ method, path, headers, body }: Arrived): Promise<string> {
  const signer = new SignatureV4({
    credentials: { ...credentials, sessionToken: headers['x-amz-security-token'] as string },
    region: 'eu-west-1',
    service: 'sns',
    sha256: Sha256,
    applyChecksum: false,
  });
  const { host = '', 'content-type': type = '' } = headers;
  const signed = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: '127.0.0.1',
      path,
      headers: { host, 'content-type': type },
      body,
    },
    { signingDate: new Date(NOW_MS) },
  );
  return signed.headers['authorization'] ?? '';
}

test('a message is published once, as Transactional, signed as the SDK signs', async (t) => {
  const { transport, requests } = await open(t);
  await transport.deliver(textMessage(), never);
  const [request, ...others] = requests;
  assert(request);
  assert.deepEqual(others, []);
  assert.deepEqual([request.method, request.path], ['POST', '/']);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(request.body)), {
    Action: 'Publish',
    Version: '2010-03-31',
    PhoneNumber: '+15550100',
    Message: 'Your code is 123456 – ü.',
    'MessageAttributes.entry.1.Name': 'AWS.SNS.SMS.SMSType',
    'MessageAttributes.entry.1.Value.DataType': 'String',
    'MessageAttributes.entry.1.Value.StringValue': 'Transactional',
  });
  assert.equal(request.headers['x-amz-date'], '20261123T090000Z');
  assert.equal(request.headers.authorization, await authorizationOf(request));
  const body = request.body.replace('%2B15550100', '%2B15550199');
  assert.notEqual(request.headers.authorization, await authorizationOf({ ...request, body }));
});

test('the token of temporary keys is sent, and signed', async (t) => {
  const temporary = { ...credentials, sessionToken: 'FwoGZXIvYXdzEXAMPLE//token==' };
  const { transport, requests } = await open(t, undefined, { credentials: temporary });
  await transport.deliver(textMessage(), never);
  const [request] = requests;
  assert(request);
  assert.equal(request.headers['x-amz-security-token'], temporary.sessionToken);
  assert.match(request.headers.authorization ?? '', /SignedHeaders=[^,]*x-amz-security-token/);
  assert.equal(request.headers.authorization, await authorizationOf(request));
});

test('the sender and the highest price are attributes of the message', async (t) => {
  const { transport, requests } = await open(t, undefined, {
    senderId: 'Pools',
    maxPriceUsd: '0.50',
  });
  await transport.deliver(textMessage(), never);
  const form = new URLSearchParams(requests[0]?.body);
  const attribute = (index: number) =>
    ['Name', 'Value.DataType', 'Value.StringValue'].map((member) =>
      form.get(`MessageAttributes.entry.${index}.${member}`),
    );
  assert.deepEqual(attribute(2), ['AWS.SNS.SMS.SenderID', 'String', 'Pools']);
  assert.deepEqual(attribute(3), ['AWS.SNS.SMS.MaxPrice', 'Number', '0.50']);
});

test('no text can add a parameter', async (t) => {
  const { transport, requests } = await open(t);
  const body = '1&PhoneNumber=%2B15550199&TopicArn=arn\r\n\r\nAction=DeleteTopic';
  const message = textMessage();
  await transport.deliver({ ...message, content: { ...message.content, body } }, never);
  const form = new URLSearchParams(requests[0]?.body);
  assert.equal(form.get('Message'), body);
  assert.deepEqual(form.getAll('PhoneNumber'), ['+15550100']);
  assert.equal(form.has('TopicArn'), false);
});

const answers: readonly (readonly [status: number, code: string, forGood: boolean])[] = [
  [400, 'InvalidParameter', true],
  [400, 'ParameterValueInvalid', true],
  [400, 'ValidationError', true],
  [400, 'Throttling', false],
  [400, 'KMSThrottling', false],
  [403, 'AuthorizationError', false],
  [403, 'ExpiredToken', false],
  [403, 'InvalidClientTokenId', false],
  [403, 'SignatureDoesNotMatch', false],
  [404, 'NotFound', false],
  [429, 'Throttled', false],
  [500, 'InternalError', false],
  [503, 'ServiceUnavailable', false],
];

for (const [status, code, forGood] of answers) {
  test(`${status} ${code}: ${forGood ? 'given up' : 'tried again'}`, async (t) => {
    const said =
      'Invalid parameter: PhoneNumber Reason: +15550100 is opted out\nx-amz-security-token:FwoG';
    const { transport } = await open(t, { status, body: refusal(code, said) });
    await assert.rejects(transport.deliver(textMessage(), never), (error) => {
      assert.equal(error instanceof UndeliverableError, forGood, String(error));
      assert.match(String(error), new RegExp(`answered ${status} ${code}`));
      // The reason is stored and logged.
      assert.doesNotMatch(String(error), /15550100|123456|\n/);
      if (forGood) assert.match(String(error), /\+… is opted out/);
      else assert.doesNotMatch(String(error), /FwoG/);
      return true;
    });
  });
}

test('SNS may ask for a longer pause', async (t) => {
  const headers = { 'Retry-After': '120' };
  const { transport } = await open(t, { status: 429, headers, body: refusal('Throttled') });
  await assert.rejects(
    transport.deliver(textMessage(), never),
    (error) => error instanceof BusyError && error.pauseMs === 120_000,
  );
});

const strange: readonly (readonly [what: string, answering: Answering, reason: RegExp])[] = [
  ['a page of something else', { status: 200, body: '<html>Welcome' }, /has not published/],
  ['nothing', { status: 204 }, /has not published/],
  ['a redirect', { status: 307, headers: { Location: 'http://127.0.0.1:1/' } }, /answered 307\./],
  ['an error that is no XML', { status: 400, body: 'InvalidParameter' }, /answered 400\./],
  ['an endless error', { status: 400, endless: true }, /answered 400\./],
  ['a broken connection', { status: 200, breaks: true }, /cannot be reached: /],
];

for (const [what, answering, reason] of strange) {
  test(`${what}: tried again`, async (t) => {
    const { transport, wasCut } = await open(t, answering);
    await assert.rejects(transport.deliver(textMessage(), never), (error) => {
      assert.match(String(error), reason);
      return !(error instanceof UndeliverableError);
    });
    if (answering.endless) assert(await wasCut());
  });
}

test('SNS takes too long: tried again', async (t) => {
  const { transport } = await open(t, { status: 200, silent: true }, {}, 50);
  await assert.rejects(transport.deliver(textMessage(), never), /Amazon SNS took too long/);
});

test('what is not a phone number is not published', async (t) => {
  const { transport, requests } = await open(t);
  await assert.rejects(
    transport.deliver(textMessage({ to: 'arn:aws:sns:eu-west-1:1:topic' }), never),
    UndeliverableError,
  );
  assert.deepEqual(requests, []);
});
