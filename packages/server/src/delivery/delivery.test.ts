import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { OutboxEntry } from '@poolhouse/core';
import { composeServer, type Server } from '../compose/compose-server.ts';
import { readConfig } from '../config/config.ts';
import { call } from '../testing/call.ts';
import { runnerOf } from '../testing/runner-of.ts';
import { startServer } from '../testing/start-server.ts';
import {
  BusyError,
  chooseTransports,
  UndeliverableError,
  type Transports,
  type OutgoingMessage,
} from './transport.ts';
import { deliverDue, delivery, pauseAfter, type DeliveryParts } from './delivery.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** With nobody to carry them, messages do not wait in the outbox. */
const mailServer = {
  POOLHOUSE_SMTP_URL: 'smtp://127.0.0.1:1',
  POOLHOUSE_MAIL_FROM: 'users@example.com',
};

/** A server that does not listen, with a pool, and a transport that the test controls. */
async function openOutbox(
  t: TestContext,
  environment: Readonly<Record<string, string>> = mailServer,
) {
  const folder = await mkdtemp(join(tmpdir(), 'poolhouse-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  let nowMs = Date.UTC(2026, 10, 23, 9);
  const clock = { nowMs: () => nowMs };
  const open = async (): Promise<Server> => {
    const config = readConfig({
      POOLHOUSE_DATA: folder,
      POOLHOUSE_PASSWORD_HASH: 'test',
      ...environment,
    });
    const server = await composeServer(config, { clock, log: quiet });
    t.after(() => server.stop());
    return server;
  };
  const server = await open();
  const { UserPool } = await call(server, 'CreateUserPool', {
    PoolName: 'test',
    AutoVerifiedAttributes: ['email'],
  });
  const { UserPoolClient } = await call(server, 'CreateUserPoolClient', {
    UserPoolId: UserPool?.Id ?? '',
    ClientName: 'test',
  });
  const delivered: OutgoingMessage[] = [];
  let deliver: (message: OutgoingMessage) => Promise<void> = async () => undefined;
  const transport = {
    deliver: async (message: OutgoingMessage) => {
      await deliver(message);
      delivered.push(message);
    },
    close: () => undefined,
  };
  const partsOf = ({ storage, world }: Server, transports?: Transports): DeliveryParts => ({
    stores: storage.stores,
    vault: world.vault,
    transports: transports ?? { EMAIL: transport, SMS: transport },
    clock,
    log: quiet,
  });
  return {
    server,
    delivered,
    parts: partsOf(server),
    partsOf,
    open,
    advance: (ms: number) => void (nowMs += ms),
    answers: (how: typeof deliver) => void (deliver = how),
    async signUp(name: string) {
      await call(server, 'SignUp', {
        ClientId: UserPoolClient?.ClientId ?? '',
        Username: name,
        Password: 'Correct-horse-1',
        UserAttributes: [{ Name: 'email', Value: `${name}@example.com` }],
      });
    },
    async entries(): Promise<readonly OutboxEntry[]> {
      return server.storage.stores.outbox.list({ limit: 100 });
    },
  };
}

test('a message is opened, handed over once and marked as sent', async (t) => {
  const { delivered, parts, signUp, entries } = await openOutbox(t);
  await signUp('mara');
  assert.equal(await deliverDue(parts, 'EMAIL'), 1);
  assert.equal(await deliverDue(parts, 'EMAIL'), 0);
  assert.equal(delivered.length, 1);
  assert.equal(delivered[0]?.to, 'mara@example.com');
  assert.match(delivered[0]?.content.body ?? '', /^Your verification code is \d{6}\. $/);
  assert.equal((await entries())[0]?.state, 'sent');
});

test('messages that only the development inbox shows count as sent once they are stored, and no node takes them', async (t) => {
  const { parts, delivered, signUp, entries } = await openOutbox(t, {});
  await signUp('mara');
  const [message] = await entries();
  assert.deepEqual([message?.state, message?.attempts], ['sent', 0]);
  assert.equal(await deliverDue(parts, 'EMAIL'), 0);
  assert.deepEqual(delivered, []);
});

test('a failed message is tried again after 1 s, 2 s ... 5 min, and has the reason', async (t) => {
  const { delivered, parts, signUp, entries, answers, advance } = await openOutbox(t);
  await signUp('mara');
  answers(() => Promise.reject(new Error('away')));
  for (let attempts = 1; attempts <= 12; attempts += 1) {
    assert.equal(await deliverDue(parts, 'EMAIL'), 1, `attempt ${attempts}`);
    const [entry] = await entries();
    assert.deepEqual(
      [entry?.state, entry?.lastError, entry?.attempts],
      ['waiting', 'away', attempts],
    );
    advance(pauseAfter(attempts) - 1);
    assert.equal(await deliverDue(parts, 'EMAIL'), 0, `too early after attempt ${attempts}`);
    advance(1);
  }
  assert.deepEqual(
    [1, 2, 3, 9, 10, 400].map(pauseAfter),
    [1_000, 2_000, 4_000, 256_000, 300_000, 300_000],
  );
  answers(async () => undefined);
  await deliverDue(parts, 'EMAIL');
  assert.equal(delivered.length, 1);
  assert.deepEqual(
    [(await entries())[0]?.state, (await entries())[0]?.lastError],
    ['sent', undefined],
  );
});

test('a carrier that asks for a longer pause gets it, up to an hour', async (t) => {
  const { parts, signUp, entries, answers } = await openOutbox(t);
  await signUp('mara');
  const pauses = async (wishMs: number) => {
    answers(() => Promise.reject(new BusyError('busy', wishMs)));
    const [before] = await entries();
    assert(before);
    await parts.stores.outbox.retryAt(before.id, parts.clock.nowMs(), '');
    assert.equal(await deliverDue(parts, 'EMAIL'), 1);
    const [entry] = await entries();
    assert.deepEqual([entry?.state, entry?.lastError], ['waiting', 'busy']);
    return (entry?.nextAttemptAtMs ?? 0) - parts.clock.nowMs();
  };
  assert.equal(await pauses(90_000), 90_000);
  assert.equal(await pauses(1), pauseAfter(2));
  assert.equal(await pauses(86_400_000), 3_600_000);
});

test('an expired code is no longer sent', async (t) => {
  const { delivered, parts, signUp, entries, advance } = await openOutbox(t);
  await signUp('mara');
  advance(24 * 3_600_000);
  await deliverDue(parts, 'EMAIL');
  const [entry] = await entries();
  assert.deepEqual(delivered, []);
  assert.equal(entry?.state, 'parked');
  assert.match(entry?.lastError ?? '', /code ended/);
});

test('a message that can never arrive is put aside, and delays nothing', async (t) => {
  const { delivered, parts, signUp, entries, answers, server } = await openOutbox(t);
  await signUp('mara');
  await signUp('jun');
  const [known] = await entries();
  assert(known);
  const broken = { ...known, id: `${known.id}x`, to: 'broken@example.com' };
  await server.storage.stores.outbox.add(broken);
  answers(async ({ to }) => {
    if (to === 'mara@example.com') throw new UndeliverableError('no such mailbox');
  });
  await deliverDue(parts, 'EMAIL');
  assert.deepEqual(
    delivered.map(({ to }) => to),
    ['jun@example.com'],
  );
  const states = new Map((await entries()).map((entry) => [entry.to, entry]));
  const told = (to: string) => [states.get(to)?.state, states.get(to)?.lastError];
  assert.deepEqual(told('broken@example.com'), ['parked', 'The message cannot be decrypted.']);
  assert.deepEqual(told('jun@example.com'), ['sent', undefined]);
  assert.deepEqual(told('mara@example.com'), ['parked', 'no such mailbox']);
});

test('two nodes send no message twice', async (t) => {
  const { delivered, parts, signUp } = await openOutbox(t);
  for (let user = 0; user < 12; user += 1) await signUp(`user${user}`);
  const drain = async () => {
    while ((await deliverDue(parts, 'EMAIL')) > 0);
  };
  await Promise.all([drain(), drain(), drain()]);
  assert.equal(delivered.length, 12);
  assert.equal(new Set(delivered.map(({ id }) => id)).size, 12);
});

test('a process that ends while sending loses nothing: the message is sent again once its lease ends', async (t) => {
  const { server, delivered, parts, partsOf, open, signUp, answers, advance } = await openOutbox(t);
  await signUp('mara');
  const cut = Promise.withResolvers<void>();
  answers(() => {
    cut.resolve();
    return new Promise(() => undefined);
  });
  void deliverDue(parts, 'EMAIL');
  await cut.promise;
  await server.stop();
  const second = partsOf(await open());
  answers(async () => undefined);
  assert.equal(await deliverDue(second, 'EMAIL'), 0);
  advance(120_000);
  assert.equal(await deliverDue(second, 'EMAIL'), 1);
  assert.equal(delivered.length, 1);
});

test('a node sends waiting messages, and those it is woken for; once stopped, it sends nothing', async (t) => {
  const { parts, signUp, answers, delivered } = await openOutbox(t);
  const arrived: (() => void)[] = [];
  const next = () => new Promise<void>((resolve) => arrived.push(resolve));
  answers(async () => arrived.shift()?.());
  await signUp('mara');
  const runner = runnerOf(delivery(parts, 'EMAIL'));
  const first = next();
  runner.start();
  await first;
  const second = next();
  await signUp('jun');
  runner.wake('work');
  await second;
  await runner.stop();
  await signUp('sofia');
  runner.wake('work');
  await new Promise(setImmediate);
  assert.deepEqual(
    delivered.map(({ to }) => to),
    ['mara@example.com', 'jun@example.com'],
  );
});

test('the message of a request does not wait for the next regular look', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { server } = await startServer(t);
  const { UserPool } = await call(server, 'CreateUserPool', { PoolName: 'test' });
  const user = { UserPoolId: UserPool?.Id ?? '', Username: 'mara' };
  const email = { Name: 'email', Value: 'mara@example.com' };
  const byMail = { DesiredDeliveryMediums: ['EMAIL' as const], UserAttributes: [email] };
  await call(server, 'AdminCreateUser', { ...user, ...byMail });
  t.mock.timers.tick(100);
  const { outbox } = server.storage.stores;
  let state: string | undefined;
  for (let turns = 0; turns < 1_000 && state !== 'sent'; turns += 1) {
    await new Promise(setImmediate);
    [state] = (await outbox.list({ limit: 1 })).map((entry) => entry.state);
  }
  assert.equal(state, 'sent');
});

test('stopping cuts off a hanging attempt, and the message is sent again later', async (t) => {
  const { parts, signUp, entries } = await openOutbox(t);
  await signUp('mara');
  const begun = Promise.withResolvers<void>();
  const transport = {
    deliver: (_: OutgoingMessage, signal: AbortSignal) =>
      new Promise<void>((_resolve, reject) => {
        begun.resolve();
        signal.addEventListener('abort', () => reject(new Error('cut off')));
      }),
    close: () => undefined,
  };
  const runner = runnerOf(
    delivery({ ...parts, transports: { EMAIL: transport, SMS: transport } }, 'EMAIL', 0),
  );
  runner.start();
  await begun.promise;
  await runner.stop();
  const [entry] = await entries();
  assert.deepEqual([entry?.state, entry?.lastError], ['waiting', 'cut off']);
});

test('without transports, development keeps messages for the inbox; production lets them wait', async (t) => {
  const { server, partsOf, signUp, entries } = await openOutbox(t);
  const smsTo = async () => {
    const [mail] = await entries();
    assert(mail);
    const id = `${mail.id}s`;
    const secrets = await server.world.vault.of(mail.poolId);
    const content = JSON.stringify({ occasion: 'SignUp', body: 'code', username: 'mara' });
    const place = { table: 'outbox', row: id, column: 'content' };
    const sealedContent = secrets.seal(server.world.random, place, content);
    await server.storage.stores.outbox.add({
      ...mail,
      id,
      medium: 'SMS',
      to: '+15550100',
      sealedContent,
    });
  };
  await signUp('mara');
  await smsTo();
  const production = partsOf(server, chooseTransports('production', {}));
  await deliverDue(production, 'EMAIL');
  await deliverDue(production, 'SMS');
  const inProduction = (await entries()).map(({ medium, state, lastError }) => [
    medium,
    state,
    lastError,
  ]);
  assert.deepEqual(inProduction, [
    [
      'SMS',
      'waiting',
      'Nothing is configured that sends SMS. Set POOLHOUSE_SMS_URL or POOLHOUSE_SMS_SNS_REGION.',
    ],
    [
      'EMAIL',
      'waiting',
      'No mail server is configured. Set POOLHOUSE_SMTP_URL and POOLHOUSE_MAIL_FROM.',
    ],
  ]);
  await signUp('jun');
  await deliverDue(partsOf(server, chooseTransports('development', {})), 'EMAIL');
  const jun = (await entries()).find(({ to }) => to === 'jun@example.com');
  assert.equal(jun?.state, 'sent');
});

test('a waiting message is logged when its state changes, not at every attempt', async (t) => {
  const { server, parts, partsOf, signUp, answers, advance } = await openOutbox(t);
  const logged: string[] = [];
  const note = (event: string, facts?: object) =>
    void logged.push(`${event}: ${(facts as { readonly reason?: string }).reason ?? ''}`);
  const log = { info: note, warn: note, error: note };
  for (let user = 0; user < 4; user += 1) await signUp(`user${user}`);
  const unconfigured = { ...partsOf(server, chooseTransports('production', {})), log };
  const attemptFor = async (working: DeliveryParts, hours: number) => {
    for (let minute = 0; minute < hours * 60; minute += 5) {
      await deliverDue(working, 'EMAIL');
      advance(300_000);
    }
  };
  await attemptFor(unconfigured, 2);
  const reason = 'No mail server is configured. Set POOLHOUSE_SMTP_URL and POOLHOUSE_MAIL_FROM.';
  assert.deepEqual(logged.splice(0), Array(4).fill(`message.postponed: ${reason}`));
  // The process restarts, with a mail server that does not answer at first.
  answers(() => Promise.reject(new Error('away')));
  await attemptFor({ ...parts, log }, 2);
  assert.deepEqual(logged.splice(0), Array(4).fill('message.postponed: away'));
  answers(async () => undefined);
  await attemptFor({ ...parts, log }, 1);
  assert.deepEqual(logged, Array(4).fill('message.sent: '));
});

test('if recording one message fails, the others are settled before that is reported, even when stopping', async (t) => {
  const { parts, signUp, entries, answers } = await openOutbox(t);
  for (let user = 0; user < 4; user += 1) await signUp(`user${user}`);
  const [broken] = (await entries()).map(({ id }) => id);
  const { outbox } = parts.stores;
  const failing = new Proxy(outbox, {
    get: (target, name: keyof typeof outbox) =>
      name === 'markSent'
        ? (id: string) =>
            id === broken ? Promise.reject(new Error('no database')) : target.markSent(id)
        : target[name].bind(target),
  });
  const slow = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  let under = 0;
  answers(async () => {
    under += 1;
    if (under === 4) begun.resolve();
    // The first is recorded, and fails, long before the others arrive.
    if (under > 1) await slow.promise;
  });
  const failures: unknown[] = [];
  const error = (event: string) => void failures.push(event);
  const runner = runnerOf(
    delivery({ ...parts, stores: { outbox: failing }, log: { ...quiet, error } }, 'EMAIL'),
  );
  runner.start();
  await begun.promise;
  const stopped = runner.stop();
  await new Promise(setImmediate);
  slow.resolve();
  await stopped;
  assert.deepEqual(failures, ['delivery.failed']);
  const states = (await entries()).map(({ id, state }) => (id === broken ? 'broken' : state));
  assert.deepEqual(states, ['broken', 'sent', 'sent', 'sent']);
});
