import assert from 'node:assert/strict';
import { test } from 'node:test';
import { t0 } from './records.ts';
import { describeStore } from './subject.ts';
import type { MakeDatabase } from './subject.ts';

/** What AddressStore promises. */
export function addressesContract(make: MakeDatabase): void {
  describeStore('addresses', make, (subject) => {
    test('earlier addresses are returned, the last to end first; old ones are forgotten', async () => {
      const note = (url: string, untilMs: number, forgetBeforeMs = 0) =>
        subject.stores.addresses.note(url, untilMs, forgetBeforeMs);
      assert.deepEqual(await note('https://a.example', t0), []);
      await note('https://b.example', t0 + 2);
      await subject.restart();
      await note('https://a.example', t0 + 1);
      const [a, b] = [
        { publicUrl: 'https://a.example', liveUntilMs: t0 + 1 },
        { publicUrl: 'https://b.example', liveUntilMs: t0 + 2 },
      ];
      assert.deepEqual(await note('https://c.example', t0 + 3, t0 + 2), [b, a]);
      const c = { publicUrl: 'https://c.example', liveUntilMs: t0 + 3 };
      assert.deepEqual(await note('https://c.example', t0 + 4), [c, b]);
    });

    test('nodes that register at the same time are all kept', async () => {
      const urls = Array.from({ length: 8 }, (_, number) => `https://node${number}.example`);
      await Promise.all(urls.map((url) => subject.stores.addresses.note(url, t0 + 9, t0 + 5)));
      const known = await subject.stores.addresses.note('https://late.example', t0 + 9, 0);
      assert.deepEqual(new Set(known.map(({ publicUrl }) => publicUrl)), new Set(urls));
    });
  });
}
