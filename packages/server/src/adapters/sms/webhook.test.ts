import assert from 'node:assert/strict';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { BusyError, UndeliverableError } from '../../delivery/transport.ts';
import { openCarrier, textMessage, type Answering } from './testing/carrier.ts';
import { makeSmsWebhook, webhookSignature } from './webhook.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 9, 0, 0, 700);
const never = new AbortController().signal;
const secret = randomBytes(32);

async function open(
  t: TestContext,
  answering?: Answering,
  { secrets = [secret], limitMs = 5_000 } = {},
) {
  const carrier = await openCarrier(t, answering);
  const options = { url: `${carrier.url}/sms?team=1`, secrets };
  return {
    ...carrier,
    transport: makeSmsWebhook(options, { clock: { nowMs: () => NOW_MS }, limitMs }),
  };
}

test('signatures are those of the specification', () => {
  // The example of the specification's own libraries.
  const known = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
  const body = '{"test": 2432232314}';
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body };
  const expected = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
  assert.equal(webhookSignature(known, message), expected);
});

test('a message is posted once, with what a receiver needs, and signed by each secret', async (t) => {
  const older = randomBytes(24);
  const { transport, requests } = await open(t, undefined, { secrets: [secret, older] });
  await transport.deliver(textMessage(), never);
  assert.equal(requests.length, 1);
  const [request] = requests;
  assert(request);
  assert.deepEqual([request.method, request.path], ['POST', '/sms?team=1']);
  assert.equal(request.headers['content-type'], 'application/json');
  assert.deepEqual(JSON.parse(request.body), {
    id: '0abc-1',
    to: '+15550100',
    text: 'Your code is 123456 – ü.',
    poolId: 'eu-west-1_Abcdefghi',
    occasion: 'SignUp',
    expiresAt: '2026-11-24T09:00:00.000Z',
  });
  const id = request.headers['webhook-id'];
  const timestamp = request.headers['webhook-timestamp'];
  assert.deepEqual([id, timestamp], ['0abc-1', String(Math.floor(NOW_MS / 1_000))]);
  const signatures = String(request.headers['webhook-signature']).split(' ');
  const verified = (key: Buffer, body: string) => {
    const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
    return signatures.some((each) =>
      timingSafeEqual(Buffer.from(each.replace('v1,', ''), 'base64'), expected),
    );
  };
  assert(verified(secret, request.body));
  assert(verified(older, request.body));
  assert(!verified(randomBytes(32), request.body));
  assert(!verified(secret, request.body.replace('+15550100', '+15550199')));
});

test('what is tried again has the same id and a new time', async (t) => {
  let seconds = 0;
  const { url, requests } = await openCarrier(t);
  const clock = { nowMs: () => NOW_MS + 1_000 * seconds };
  const transport = makeSmsWebhook({ url, secrets: [secret] }, { clock });
  await transport.deliver(textMessage(), never);
  seconds = 30;
  await transport.deliver(textMessage(), never);
  const [first, second] = requests.map(({ headers }) => headers);
  assert.equal(first?.['webhook-id'], second?.['webhook-id']);
  const times = [first, second].map((headers) => Number(headers?.['webhook-timestamp']));
  assert.equal((times[1] ?? 0) - (times[0] ?? 0), 30);
  assert.notEqual(first?.['webhook-signature'], second?.['webhook-signature']);
});

const answers: readonly (readonly [status: number, end: 'sent' | 'given up' | 'tried again'])[] = [
  [200, 'sent'],
  [202, 'sent'],
  [204, 'sent'],
  [301, 'tried again'],
  [304, 'tried again'],
  [400, 'given up'],
  [401, 'tried again'],
  [403, 'tried again'],
  [404, 'tried again'],
  [408, 'tried again'],
  [410, 'given up'],
  [413, 'given up'],
  [422, 'given up'],
  [429, 'tried again'],
  [500, 'tried again'],
  [503, 'tried again'],
];

for (const [status, end] of answers) {
  test(`${status}: ${end}`, async (t) => {
    const { transport } = await open(t, { status, body: 'Your code is 123456' });
    const delivery = transport.deliver(textMessage(), never);
    if (end === 'sent') return void (await delivery);
    await assert.rejects(delivery, (error) => {
      assert.equal(error instanceof UndeliverableError, end === 'given up', String(error));
      assert.match(String(error), new RegExp(` answered ${status}[.,]`));
      // The reason is stored and logged.
      assert.doesNotMatch(String(error), /123456|\+1555/);
      return true;
    });
  });
}

const wishes: readonly (readonly [header: string, pauseMs: number | undefined])[] = [
  ['120', 120_000],
  ['Mon, 23 Nov 2026 09:01:00 GMT', 59_300],
  ['0', undefined],
  ['-5', undefined],
  ['soon', undefined],
  ['Mon, 23 Nov 2026 08:00:00 GMT', undefined],
];

for (const [header, pauseMs] of wishes) {
  test(`Retry-After: ${header}`, async (t) => {
    const { transport } = await open(t, { status: 429, headers: { 'Retry-After': header } });
    await assert.rejects(transport.deliver(textMessage(), never), (error) => {
      assert.equal(error instanceof BusyError ? error.pauseMs : undefined, pauseMs);
      return !(error instanceof UndeliverableError);
    });
  });
}

test('a redirect is not followed', async (t) => {
  const elsewhere = await openCarrier(t);
  const headers = { Location: `${elsewhere.url}/sms` };
  for (const status of [301, 302, 303, 307, 308]) {
    const { transport } = await open(t, { status, headers });
    await assert.rejects(transport.deliver(textMessage(), never), /a redirect, .* not followed/);
  }
  assert.deepEqual(elsewhere.requests, []);
});

test('a huge or endless answer is not read', async (t) => {
  const { transport, wasCut } = await open(t, { status: 200, endless: true });
  await transport.deliver(textMessage(), never);
  assert(await wasCut());
  const refusing = await open(t, { status: 500, endless: true });
  await assert.rejects(refusing.transport.deliver(textMessage(), never), /answered 500\./);
  assert(await refusing.wasCut());
});

test('a receiver that is away, breaks off, or takes too long, is tried again', async (t) => {
  const away = await openCarrier(t);
  await away.close();
  const clock = { nowMs: () => NOW_MS };
  const nobody = makeSmsWebhook({ url: away.url, secrets: [secret] }, { clock });
  const isTemporary = (reason: RegExp) => (error: unknown) => {
    assert.match(String(error), reason);
    return !(error instanceof UndeliverableError);
  };
  await assert.rejects(nobody.deliver(textMessage(), never), isTemporary(/reached: ECONNREFUSED/));
  const broken = await open(t, { status: 200, breaks: true });
  await assert.rejects(
    broken.transport.deliver(textMessage(), never),
    isTemporary(/cannot be reached: /),
  );
  const slow = await open(t, { status: 200, silent: true }, { limitMs: 50 });
  await assert.rejects(slow.transport.deliver(textMessage(), never), isTemporary(/too long/));
  const stopping = AbortSignal.abort();
  await assert.rejects(slow.transport.deliver(textMessage(), stopping), isTemporary(/too long/));
});

test('what is not a phone number is not posted', async (t) => {
  const { transport, requests } = await open(t);
  for (const to of ['', '5550100', '+0123', '+1555 0100', '+15550100,+15550199', '+1555\n0100']) {
    await assert.rejects(transport.deliver(textMessage({ to }), never), UndeliverableError);
  }
  assert.deepEqual(requests, []);
});
