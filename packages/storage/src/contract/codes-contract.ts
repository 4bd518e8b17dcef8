import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCode, sub, t0 } from './records.ts';
import { describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

const anna = sub('anna');

/** What CodeStore promises. */
export function codesContract(make: MakeDatabase): void {
  describeStore('codes', make, (subject) => {
    test('a code is read as it was written, before and after a restart; places are separate', async () => {
      const pool = await subject.newPool();
      const code = aCode(pool, anna);
      await subject.stores.codes.put(code);
      await subject.restart();
      const { codes } = subject.stores;
      assert.deepEqual(await codes.find(code, t0), code);
      assert.equal(await codes.find({ ...code, purpose: 'reset-password' }, t0), undefined);
      assert.equal(await codes.find({ ...code, attribute: 'phone_number' }, t0), undefined);
      assert.equal(await codes.find({ ...code, sub: sub('bob') }, t0), undefined);
      assert.equal(await codes.find({ ...code, poolId: await subject.newPool() }, t0), undefined);
      await codes.delete(code);
      assert.equal(await codes.find(code, t0), undefined);
    });

    test('a new code replaces the old one', async () => {
      const { codes } = subject.stores;
      const pool = await subject.newPool();
      await codes.put(aCode(pool, anna, { mac: 'old', attemptsLeft: 1 }));
      const fresh = aCode(pool, anna, { mac: 'new', rowId: 'row 2', clientId: 'c' });
      await codes.put(fresh);
      assert.deepEqual(await codes.find(fresh, t0), fresh);
      assert.equal(await codes.consume(fresh, t0, ({ mac }) => mac === 'old'), 'wrong');
      assert.equal(await codes.consume(fresh, t0, ({ mac }) => mac === 'new'), 'right');
    });

    test('a correct code is consumed; of eight correct attempts, one wins', async () => {
      const { codes } = subject.stores;
      const code = aCode(await subject.newPool(), anna);
      await codes.put(code);
      const outcomes = await eightTakers(() => codes.consume(code, t0, () => true));
      assert.deepEqual(Object.fromEntries(outcomes), { right: 1, expired: 7 });
    });

    test('eight wrong attempts use up three attempts and no more', async () => {
      const { codes } = subject.stores;
      const code = aCode(await subject.newPool(), anna, { attemptsLeft: 3 });
      await codes.put(code);
      const outcomes = await eightTakers(() => codes.consume(code, t0, () => false));
      assert.deepEqual(Object.fromEntries(outcomes), { wrong: 3, expired: 5 });
      assert.equal(await codes.consume(code, t0, () => true), 'expired');
    });

    test('a code is valid until just before its end', async () => {
      const { codes } = subject.stores;
      const code = aCode(await subject.newPool(), anna);
      await codes.put(code);
      assert.equal(await codes.consume(code, code.expiresAtMs, () => true), 'expired');
      assert.equal(await codes.find(code, code.expiresAtMs), undefined);
      assert.equal(await codes.consume(code, code.expiresAtMs - 1, () => true), 'right');
    });

    test('an attempt in a transaction that fails costs nothing', async () => {
      const code = aCode(await subject.newPool(), anna);
      await subject.stores.codes.put(code);
      const failing = subject.storage.transaction(async ({ codes }) => {
        assert.equal(await codes.consume(code, t0, () => true), 'right');
        throw new Error('undo');
      });
      await assert.rejects(failing, /undo/);
      assert.deepEqual(await subject.stores.codes.find(code, t0), code);
    });

    test('purging removes expired codes, a batch at a time', async () => {
      const { codes } = subject.stores;
      const pool = await subject.newPool();
      const place = (index: number): ReturnType<typeof aCode> =>
        aCode(pool, sub(`s${index}`), { expiresAtMs: 1_000 + index });
      for (let index = 0; index < 5; index += 1) await codes.put(place(index));
      assert.equal(await codes.purge(1_004, 3), 3);
      assert.equal(await codes.purge(1_004, 3), 1);
      assert.equal(await codes.purge(1_004, 3), 0);
      assert.ok(await codes.find(place(4), 0));
    });
  });
}
