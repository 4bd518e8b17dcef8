import assert from 'node:assert/strict';
import { test } from 'node:test';
import { t0 } from './records.ts';
import { describeStore, eightTakers } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

/** What LeaseStore promises. */
export function leasesContract(make: MakeDatabase): void {
  describeStore('leases', make, (subject) => {
    const hold = (name: string, holder: string, nowMs: number, untilMs = nowMs + 1_000) =>
      subject.stores.leases.hold({ name, holder, untilMs, nowMs, latestMs: nowMs + 60_000 });

    test('of eight takers of one lease, one gets it, and the others learn until when', async () => {
      const outcomes = await eightTakers((taker) => hold('raced', `taker ${taker}`, t0));
      assert.deepEqual(
        new Map(outcomes),
        new Map<number | undefined, number>([
          [undefined, 1],
          [t0 + 1_000, 7],
        ]),
      );
    });

    test('the holder can renew it and give it back, and may lose it after it ends', async () => {
      assert.equal(await hold('one', 'a', t0), undefined);
      assert.equal(await hold('one', 'a', t0 + 900), undefined);
      assert.equal(await hold('one', 'b', t0 + 1_899), t0 + 1_900);
      assert.equal(await hold('other', 'b', t0), undefined);
      // Nobody took it meanwhile.
      assert.equal(await hold('one', 'a', t0 + 5_000), undefined);
      assert.equal(await hold('one', 'a', t0 + 5_100, t0 + 5_100), undefined);
      assert.equal(await hold('one', 'b', t0 + 5_100), undefined);
      assert.equal(await hold('one', 'a', t0 + 5_200), t0 + 6_100);
      assert.equal(await hold('one', 'c', t0 + 6_100), undefined);
      assert.equal(await hold('one', 'b', t0 + 6_200), t0 + 7_100);
    });

    test('a lease by a clock that was years ahead keeps nobody away; one by a slow clock takes nothing for long', async () => {
      const year = 365 * 24 * 3_600_000;
      assert.equal(await hold('clock', 'ahead', t0 + year), undefined);
      assert.equal(await hold('clock', 'right', t0), undefined);
      assert.equal(await hold('clock', 'ahead', t0 + year + 1), undefined);
      assert.equal(await hold('clock', 'right', t0 + 1), undefined);
      assert.equal(await hold('clock', 'behind', t0 - year), undefined);
      assert.equal(await hold('clock', 'right', t0 + 2), undefined);
    });
  });
}
