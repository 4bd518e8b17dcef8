import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { suite, test } from 'node:test';
import { ConfigError } from './config-error.ts';
import { readConfig } from './config.ts';

const whsec = (bytes: number) => `whsec_${randomBytes(bytes).toString('base64')}`;
const secret = whsec(32);
const webhook = {
  POOLHOUSE_SMS_URL: 'https://sms.example.com/hooks/poolhouse?team=1',
  POOLHOUSE_SMS_SECRET: secret,
};
const sns = {
  POOLHOUSE_SMS_SNS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret-of-sns',
};

suite('how text messages are sent', () => {
  test('is left open by default, even where other programs have AWS keys', () => {
    assert.equal(readConfig({}).sms, undefined);
    assert.equal(readConfig({ ...sns, POOLHOUSE_SMS_SNS_REGION: '' }).sms, undefined);
  });

  test('may be a webhook, signed by one secret or, during a change, by two', () => {
    const { sms } = readConfig({ ...webhook, POOLHOUSE_SMS_SECRET: `${secret}, ${whsec(24)}` });
    assert(sms?.kind === 'webhook');
    assert.equal(sms.url, webhook.POOLHOUSE_SMS_URL);
    assert.equal(sms.secrets[0]?.toString('base64'), secret.slice('whsec_'.length));
    assert.equal(sms.secrets[1]?.length, 24);
  });

  for (const url of ['http://127.0.0.1:9000/sms', 'http://localhost:9000', 'http://[::1]/']) {
    test(`may be a webhook at ${url}, which is this machine`, () => {
      const { sms } = readConfig({ ...webhook, POOLHOUSE_SMS_URL: url });
      assert.equal(sms?.kind === 'webhook' && sms.url, new URL(url).href);
    });
  }

  test('may be Amazon SNS', () => {
    const credentials = {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'secret-of-sns',
      sessionToken: undefined,
    };
    assert.deepEqual(readConfig(sns).sms, {
      kind: 'sns',
      region: 'eu-west-1',
      endpoint: 'https://sns.eu-west-1.amazonaws.com/',
      credentials,
      senderId: undefined,
      maxPriceUsd: undefined,
    });
    const most = readConfig({
      ...sns,
      POOLHOUSE_SMS_SNS_REGION: 'cn-north-1',
      POOLHOUSE_SMS_SNS_SENDER_ID: '4Pools',
      POOLHOUSE_SMS_SNS_MAX_PRICE: '0.50',
      AWS_SESSION_TOKEN: 'token',
    });
    assert.deepEqual(most.sms, {
      kind: 'sns',
      region: 'cn-north-1',
      endpoint: 'https://sns.cn-north-1.amazonaws.com.cn/',
      credentials: { ...credentials, sessionToken: 'token' },
      senderId: '4Pools',
      maxPriceUsd: '0.50',
    });
    for (const endpoint of ['https://vpce-1.sns.eu-west-1.vpce.amazonaws.com', 'http://[::1]:1']) {
      const { sms } = readConfig({ ...sns, POOLHOUSE_SMS_SNS_ENDPOINT: endpoint });
      assert.equal(sms?.kind === 'sns' && sms.endpoint, `${endpoint}/`);
    }
  });

  type Wrong = readonly [setting: string, environment: Record<string, string>, message: RegExp];
  const each = (
    setting: string,
    others: Record<string, string>,
    message: RegExp,
    ...values: readonly string[]
  ) => values.map((value): Wrong => [setting, { ...others, [setting]: value }, message]);

  const wrong: readonly Wrong[] = [
    ...each(
      'POOLHOUSE_SMS_URL',
      webhook,
      /https address/,
      'http://sms.example.com',
      'http://localhost.example.com',
      'http://127.0.0.1@sms.example.com',
      'https://me:secret@sms.example.com',
      'https://sms.example.com/#part',
      'file:///etc/passwd',
      'gopher://127.0.0.1/',
      'sms.example.com',
    ),
    ...each(
      'POOLHOUSE_SMS_SECRET',
      webhook,
      /has an invalid value.*24 to 64 random bytes/,
      secret.slice('whsec_'.length),
      `${secret}x`,
      secret.slice(0, 30),
      `${secret},`,
      `${secret} ${secret}`,
      whsec(23),
      whsec(65),
      `whsec_${Buffer.alloc(32).toString('base64')}`,
      'whsec_secret',
    ),
    ['POOLHOUSE_SMS_SECRET', { ...webhook, POOLHOUSE_SMS_SECRET: '' }, /is not set, .*whsec_/],
    ['POOLHOUSE_SMS_URL', { ...webhook, POOLHOUSE_SMS_URL: '' }, /is not set, but/],
    ['POOLHOUSE_SMS_URL', { ...webhook, ...sns }, /and so is .*_SNS_REGION\. .* remove one/],
    ...each(
      'POOLHOUSE_SMS_SNS_REGION',
      { ...sns, POOLHOUSE_SMS_SNS_MAX_PRICE: '1' },
      /eu-west-1|is not set, but POOLHOUSE_SMS_SNS_MAX_PRICE is/,
      '',
      'eu.evil.example',
      'eu-west-1/',
    ),
    ...each('AWS_ACCESS_KEY_ID', sns, /is not set, but .*sns:Publish/, ''),
    ...each('AWS_SECRET_ACCESS_KEY', sns, /is not set, but .*sns:Publish/, ''),
    ['POOLHOUSE_SMS_SNS_REGION', { POOLHOUSE_SMS_SNS_SENDER_ID: 'Pools' }, /is not set, but/],
    ['POOLHOUSE_SMS_SNS_REGION', { POOLHOUSE_SMS_SNS_ENDPOINT: 'https://a.test' }, /is not set/],
    ...each(
      'POOLHOUSE_SMS_SNS_ENDPOINT',
      sns,
      /VPC endpoint/,
      'http://sns.example.com',
      'https://sns.example.com/path',
      'https://sns.example.com/?query',
      'sns.example.com',
    ),
    ...each(
      'POOLHOUSE_SMS_SNS_SENDER_ID',
      sns,
      /1 to 11 letters/,
      '12345',
      'Pool house',
      'Poolhouse123',
      'Pools\n',
    ),
    ...each(
      'POOLHOUSE_SMS_SNS_MAX_PRICE',
      sns,
      /US dollars/,
      '0',
      '0.00',
      '-1',
      '1e3',
      '.5',
      'free',
    ),
  ];
  for (const [setting, environment, message] of wrong) {
    test(`${setting}: ${JSON.stringify(environment[setting] ?? '')} is refused with its fix`, () => {
      assert.throws(
        () => readConfig(environment),
        (error) => {
          assert(error instanceof ConfigError);
          assert.equal(error.setting, setting);
          assert.match(error.message, message);
          for (const hidden of [secret.slice(10, 30), 'secret-of-sns', 'me:secret']) {
            assert(!error.message.includes(hidden), error.message);
          }
          return true;
        },
      );
    });
  }
});
