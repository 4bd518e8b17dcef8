import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aMessage, t0 } from './records.ts';
import { describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

/** What OutboxStore promises. Its tests share one outbox, so each removes everything that it added. */
export function outboxContract(make: MakeDatabase): void {
  describeStore('outbox', make, (subject) => {
    test('a message is read as it was written, before and after a restart', async () => {
      const message = aMessage(await subject.newPool(), 'm1', { medium: 'SMS', to: '+491' });
      await subject.stores.outbox.add(message);
      await subject.restart();
      const { outbox } = subject.stores;
      const entry = { ...message, state: 'waiting', attempts: 0, nextAttemptAtMs: t0 };
      assert.deepEqual(await outbox.get('m1'), entry);
      assert.equal(await outbox.get('none'), undefined);
      assert.equal(await outbox.nextDueAtMs('SMS'), t0);
      await outbox.markSent('m1');
      assert.equal((await outbox.get('m1'))?.state, 'sent');
      assert.equal(await outbox.nextDueAtMs('SMS'), undefined);
    });

    test('a message that is only to be read is sent as soon as it is stored: nobody takes it or hears of it', async () => {
      const { outbox } = subject.stores;
      let heard = 0;
      subject.storage.onMessage(() => (heard += 1));
      await outbox.add(aMessage(await subject.newPool(), 'shown'), 'sent');
      assert.equal((await outbox.get('shown'))?.state, 'sent');
      assert.equal(await outbox.nextDueAtMs('EMAIL'), undefined);
      assert.deepEqual(await outbox.claimDue('EMAIL', t0, 10, 1_000), []);
      assert.equal(heard, 0);
      await outbox.purge(t0 + 1, 10);
      assert.equal(await outbox.get('shown'), undefined);
    });

    test('a message whose transaction fails is never sent', async () => {
      const message = aMessage(await subject.newPool(), 'undone');
      const failing = subject.storage.transaction(async ({ outbox }) => {
        await outbox.add(message);
        throw new Error('undo');
      });
      await assert.rejects(failing, /undo/);
      assert.deepEqual(await subject.stores.outbox.claimDue('EMAIL', t0, 10, 1_000), []);
    });

    test('listeners hear of a message once it can be read, and never of one that was undone', async () => {
      const pool = await subject.newPool();
      const heard: Promise<unknown>[] = [];
      subject.storage.onMessage(() => heard.push(subject.stores.outbox.get('told')));
      await subject.storage.transaction(async ({ outbox }) => {
        await outbox.add(aMessage(pool, 'told'));
        assert.equal(heard.length, 0);
      });
      const failing = subject.storage.transaction(async ({ outbox }) => {
        await outbox.add(aMessage(pool, 'untold'));
        throw new Error('undo');
      });
      await assert.rejects(failing, /undo/);
      assert.equal(heard.length, 1);
      assert.ok(await heard[0]);
      await subject.stores.outbox.markSent('told');
    });

    test('due messages are leased, oldest first, and come again when the lease ends', async () => {
      const { outbox } = subject.stores;
      const pool = await subject.newPool();
      for (const [id, createdAtMs] of [
        ['l3', t0 + 2],
        ['l1', t0],
        ['l2', t0 + 1],
      ] as const)
        await outbox.add(aMessage(pool, id, { createdAtMs }));
      const claim = async (nowMs: number, limit = 10): Promise<string[]> =>
        (await outbox.claimDue('EMAIL', nowMs, limit, 1_000)).map(
          ({ id, attempts }) => `${id} ${attempts}`,
        );
      assert.deepEqual(await claim(t0 - 1), []);
      assert.deepEqual(await claim(t0 + 1, 1), ['l1 1']);
      assert.deepEqual(await claim(t0 + 2), ['l2 1', 'l3 1']);
      assert.deepEqual(await claim(t0 + 2), []);
      assert.equal(await outbox.nextDueAtMs('EMAIL'), t0 + 1_001);
      assert.deepEqual(await claim(t0 + 1_001), ['l1 2']);
      await outbox.retryAt('l2', t0 + 5_000, 'greylisted');
      assert.deepEqual(await claim(t0 + 4_999), ['l1 3', 'l3 2']);
      assert.equal((await outbox.get('l2'))?.lastError, 'greylisted');
      await outbox.park('l3', 'no such mailbox');
      await outbox.markSent('l1');
      await outbox.markSent('l2');
      assert.deepEqual(await claim(t0 + 1e9), []);
      const parked = await outbox.get('l3');
      assert.equal(parked?.state, 'parked');
      assert.equal(parked?.lastError, 'no such mailbox');
    });

    test('mails and SMS are due and taken apart', async () => {
      const { outbox } = subject.stores;
      const pool = await subject.newPool();
      for (let index = 0; index < 3; index += 1) {
        await outbox.add(aMessage(pool, `sms${index}`, { medium: 'SMS', to: '+491' }));
      }
      assert.equal(await outbox.nextDueAtMs('EMAIL'), undefined);
      await outbox.add(aMessage(pool, 'mail', { createdAtMs: t0 + 1 }));
      assert.equal(await outbox.nextDueAtMs('EMAIL'), t0 + 1);
      const taken = async (medium: 'EMAIL' | 'SMS', limit: number) =>
        (await outbox.claimDue(medium, t0 + 1, limit, 1_000)).map(({ id }) => id);
      assert.deepEqual(await taken('EMAIL', 2), ['mail']);
      assert.deepEqual(await taken('SMS', 2), ['sms0', 'sms1']);
      assert.deepEqual(await taken('EMAIL', 2), []);
      assert.equal(await outbox.nextDueAtMs('SMS'), t0);
      for (const id of ['mail', 'sms0', 'sms1', 'sms2']) await outbox.markSent(id);
    });

    test('a late failure does not bring back a message that was sent', async () => {
      const { outbox } = subject.stores;
      await outbox.add(aMessage(await subject.newPool(), 'late'));
      await outbox.markSent('late');
      await outbox.retryAt('late', t0, 'timeout');
      await outbox.park('late', 'timeout');
      assert.equal((await outbox.get('late'))?.state, 'sent');
    });

    test('eight deliverers get each message once', async () => {
      const { outbox } = subject.stores;
      const pool = await subject.newPool();
      for (let index = 0; index < 20; index += 1) await outbox.add(aMessage(pool, `e${index}`));
      const claimed: string[] = [];
      await eightTakers(async () => {
        for (const { id } of await outbox.claimDue('EMAIL', t0, 3, 1_000)) claimed.push(id);
      });
      assert.equal(new Set(claimed).size, claimed.length);
      for (const { id } of await outbox.claimDue('EMAIL', t0, 20, 1_000)) claimed.push(id);
      assert.equal(new Set(claimed).size, 20);
      for (const id of claimed) await outbox.markSent(id);
    });

    test('lists are newest first and include every state, or one recipient’s only', async () => {
      const { outbox } = subject.stores;
      const pool = await subject.newPool();
      for (const [id, to] of [
        ['z1', 'list@example.com'],
        ['z2', 'other@example.com'],
        ['z3', 'list@example.com'],
        ['z4', 'list@example.com'],
      ] as const)
        await outbox.add(aMessage(pool, id, { to }));
      await outbox.markSent('z3');
      const ids = async (options: Parameters<typeof outbox.list>[0]): Promise<string[]> =>
        (await outbox.list(options)).map(({ id }) => id);
      const to = 'list@example.com';
      assert.deepEqual(await ids({ to, limit: 10 }), ['z4', 'z3', 'z1']);
      assert.deepEqual(await ids({ to, limit: 1, after: 'z4' }), ['z3']);
      assert.deepEqual(await ids({ to, limit: 9, after: 'z1' }), []);
      assert.deepEqual(await ids({ limit: 3 }), ['z4', 'z3', 'z2']);
      for (const id of ['z1', 'z2', 'z4']) await outbox.markSent(id);
    });

    test('purging removes old messages that are done, never those that wait', async () => {
      const { outbox } = subject.stores;
      const pool = await subject.newPool();
      for (let index = 0; index < 4; index += 1)
        await outbox.add(aMessage(pool, `p${index}`, { createdAtMs: index }));
      for (const id of ['p0', 'p1', 'p3']) await outbox.markSent(id);
      assert.equal(await outbox.purge(3, 1), 1);
      assert.equal(await outbox.purge(3, 9), 1);
      assert.equal(await outbox.purge(3, 9), 0);
      assert.ok(await outbox.get('p2'));
      assert.ok(await outbox.get('p3'));
    });
  });
}
