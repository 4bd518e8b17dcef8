import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { ImportPart, UserImport } from '@poolhouse/core';
import { anImport, aUser, t0 } from './records.ts';
import { allPages, describeStore, eightTakers, type MakeDatabase } from './subject.ts';

/** What ImportStore promises, and UserStore of many users at once. */
export function importsContract(make: MakeDatabase): void {
  describeStore('imports', make, (subject) => {
    const add = async (over: Partial<UserImport> = {}) => {
      const job = anImport(over.poolId ?? (await subject.newPool()), over);
      assert.equal(await subject.stores.imports.add(job, 1_000), 'added');
      return job;
    };
    const part = (job: UserImport, over: Partial<ImportPart> = {}): ImportPart => ({
      ...{ poolId: job.poolId, id: job.id, upload: 'u', number: 0, sealed: 'sealed' },
      ...over,
    });

    test('an import is read as it was written, before and after a restart', async () => {
      const poolId = await subject.newPool();
      const least = await add({ poolId });
      const whole = await add({
        ...{ poolId, hashing: 'BCRYPT', state: 'Failed', createdAtMs: t0 + 1 },
        ...{ startedAtMs: t0 + 2, completedAtMs: t0 + 3, message: 'Ü', receiving: 'r' },
        ...{ upload: 'u', fileBytes: 104_857_600, imported: 500_000, skipped: 1, failed: 2 },
      });
      await subject.restart();
      const { imports } = subject.stores;
      assert.deepStrictEqual((await imports.list(poolId, 60)).items, [whole, least]);
      assert.deepStrictEqual(await imports.get(whole), whole);
      const other = await subject.newPool();
      assert.equal(await imports.get({ poolId: other, id: whole.id }), undefined);
      assert.equal(await imports.get({ poolId, id: 'another' }), undefined);
    });

    test('a pool has so many and no more, and no id twice', async () => {
      const job = await add();
      const { imports } = subject.stores;
      assert.equal(await imports.add(job, 2), 'taken');
      assert.equal(await imports.add(anImport(job.poolId), 2), 'added');
      assert.equal(await imports.add(anImport(job.poolId), 2), 'too-many');
      assert.equal((await imports.list(job.poolId, 9)).items.length, 2);
    });

    test('they are listed newest first, whatever the size of a page', async () => {
      const poolId = await subject.newPool();
      for (const at of [1, 3, 2, 3, 3]) await add({ poolId, createdAtMs: t0 + at });
      const { imports } = subject.stores;
      const { items } = await imports.list(poolId, 60);
      assert.deepEqual(
        items.map(({ createdAtMs }) => createdAtMs - t0),
        [3, 3, 3, 2, 1],
      );
      for (const limit of [1, 2, 4]) {
        const found = await allPages((after?: readonly [number, string]) =>
          imports.list(poolId, limit, after),
        );
        assert.deepEqual(found.flat(), items);
      }
    });

    test('a change is applied under a lock, and says which imports run', async () => {
      const job = await add();
      const { imports } = subject.stores;
      assert.equal(await imports.isRunning(job.poolId), false);
      await eightTakers(() =>
        imports.change(job, (now) => ({ ...now, state: 'Pending', imported: now.imported + 1 })),
      );
      assert.equal((await imports.get(job))?.imported, 8);
      assert.equal(await imports.isRunning(job.poolId), true);
      assert.equal(await imports.isRunning(await subject.newPool()), false);
      await imports.change(job, (now) => ({ ...now, state: 'Succeeded' }));
      assert.equal(await imports.isRunning(job.poolId), false);
      assert.equal(await imports.change({ ...job, id: 'another' }, (now) => now), undefined);
    });

    test('a part is added to the upload that is under way, once, and read by any node', async () => {
      const job = await add();
      const { imports } = subject.stores;
      assert.equal(await imports.addPart(part(job)), false);
      await imports.change(job, (now) => ({ ...now, receiving: 'u' }));
      assert.equal(await imports.addPart(part(job)), true);
      assert.equal(await imports.addPart(part(job, { sealed: 'other' })), false);
      assert.equal(await imports.addPart(part(job, { upload: 'other', number: 1 })), false);
      assert.equal(await imports.addPart(part(job, { number: 1, sealed: 'next' })), true);
      await imports.change(job, (now) => ({ ...now, state: 'Pending' }));
      assert.equal(await imports.addPart(part(job, { number: 2 })), false);
      await subject.restart();
      const { imports: again } = subject.stores;
      const read = [0, 1, 2].map((number) => again.part(job, 'u', number));
      assert.deepEqual(await Promise.all(read), ['sealed', 'next', undefined]);
    });

    test('parts are removed a few at a time, but for those of one upload', async () => {
      const job = await add();
      const { imports } = subject.stores;
      for (const upload of ['a', 'b']) {
        await imports.change(job, (now) => ({ ...now, receiving: upload }));
        for (const number of [0, 1, 2]) await imports.addPart(part(job, { upload, number }));
      }
      assert.equal(await imports.dropParts(job, 2, 'b'), 2);
      assert.equal(await imports.dropParts(job, 2, 'b'), 1);
      assert.equal(await imports.dropParts(job, 2, 'b'), 0);
      assert.equal(await imports.part(job, 'b', 2), 'sealed');
      assert.equal(await imports.dropParts(job, 9), 3);
      assert.equal(await imports.part(job, 'b', 2), undefined);
    });

    test('the log tells of lines in their order', async () => {
      const job = await add();
      const { imports } = subject.stores;
      const entries = Array.from({ length: 100 }, (_, index) => ({
        line: index + 2,
        outcome: index % 2 ? ('SKIPPED' as const) : ('FAILED' as const),
        reason: `reason ${index}`,
      }));
      await imports.addToLog(job, entries.slice(90));
      await imports.addToLog(job, entries.slice(0, 90));
      await imports.addToLog(job, []);
      assert.deepEqual((await imports.log(job, 100)).items, entries);
      const found = await allPages((after?: number) => imports.log(job, 7, after));
      assert.deepEqual(found.flat(), entries);
      assert.deepEqual((await imports.log(await add(), 100)).items, []);
    });

    test('many users are created as one after the other would be', async () => {
      const { users, pools } = subject.stores;
      for (const atOnce of [true, false]) {
        const poolId = await subject.newPool();
        const email = (key: string) => ({ kind: 'email' as const, key });
        const named = (name: string, ...more: ReturnType<typeof email>[]) =>
          aUser(poolId, name, { names: [{ kind: 'username', key: name }, ...more] });
        await users.create(named('old', email('old@example.com')));
        const others = Array.from({ length: 90 }, () => named(randomUUID()));
        const all = [
          named('ann', email('ann@example.com')),
          // Their names are an earlier one's, in the database or among them.
          named('old'),
          named('bea', email('old@example.com')),
          named('ann'),
          // The one who wanted it too is not created, so the name is free.
          named('cleo', email('bea')),
          ...others,
        ];
        const oneByOne = async () => {
          const taken = [];
          for (const user of all) {
            const done = await users.create(user);
            taken.push(done.kind === 'created' ? undefined : done.nameKind);
          }
          return taken;
        };
        const outcomes = await (atOnce ? users.createAll(poolId, all) : oneByOne());
        const expected = [undefined, 'username', 'email', 'username', undefined];
        assert.deepEqual(outcomes, [...expected, ...others.map(() => undefined)]);
        assert.equal(await pools.userCount(poolId), 93);
        assert.equal((await users.byName(poolId, 'ann@example.com'))?.sub, all[0]?.sub);
        assert.equal((await users.byName(poolId, 'bea'))?.sub, all[4]?.sub);
        assert.deepStrictEqual(await users.bySub(all[0] ?? assert.fail()), all[0]);
      }
      const poolId = await subject.newPool();
      assert.deepEqual(await users.createAll(poolId, []), []);
    });

    test('a password gets another form once, if it is still the same, and nothing else of the user changes', async () => {
      const { users } = subject.stores;
      const user = aUser(await subject.newPool(), 'ann', { sealedPassword: 'old' });
      await users.create(user);
      const outcomes = await eightTakers((taker) =>
        users.restatePassword(user, 'old', { sealedPassword: `new ${taker}`, sealedSrp: 'srp' }),
      );
      assert.deepEqual([outcomes.get(true), outcomes.get(false)], [1, 7]);
      const { sealedPassword = '' } = (await users.bySub(user)) ?? {};
      assert.match(sealedPassword, /^new \d$/);
      assert.equal(await users.restatePassword(user, 'old', { sealedPassword: 'x' }), false);
      assert.equal(
        await users.restatePassword(user, sealedPassword, { sealedPassword: 'x' }),
        true,
      );
      assert.deepStrictEqual(await users.bySub(user), {
        ...{ ...user, sealedPassword: 'x', sealedSrp: 'srp' },
      });
    });

    test('nothing is added to a pool that is gone, and nothing of it is left', async () => {
      const job = await add();
      const { imports, pools, users } = subject.stores;
      await imports.change(job, (now) => ({ ...now, receiving: 'u' }));
      await imports.addPart(part(job));
      await imports.addToLog(job, [{ line: 2, outcome: 'FAILED', reason: 'x' }]);
      await pools.delete(job.poolId, t0);
      assert.equal(await imports.get(job), undefined);
      assert.equal(await imports.change(job, (now) => now), undefined);
      assert.equal(await imports.addPart(part(job, { number: 1 })), false);
      assert.deepEqual((await imports.log(job, 9)).items, []);
      assert.deepEqual((await imports.list(job.poolId, 9)).items, []);
      await assert.rejects(imports.add(anImport(job.poolId), 9), { name: 'PoolGoneError' });
      await assert.rejects(users.createAll(job.poolId, [aUser(job.poolId, 'x')]), {
        name: 'PoolGoneError',
      });
      const later = t0 + 60_000;
      while ((await pools.carryOutDeletion(job.poolId, 1, later)) !== 'gone');
      assert.equal(await imports.part(job, 'u', 0), undefined);
    });
  });
}
