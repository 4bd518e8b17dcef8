import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { suite, test } from 'node:test';
import { OverloadError, type WorkOrder } from '@poolhouse/core';
import { makeFairQueue } from './fair-queue.ts';
import { fastestArgon2id, nodeArgon2id } from './argon2id.ts';
import { makeArgon2Hasher, makeTestHasher } from './password-hasher.ts';

// The reference implementation's own test vector for these parameters: argon2id, v=19, m=65536, t=2, p=1, "password", "somesalt".
const VECTOR =
  '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';

const order: WorkOrder = { source: 'address 192.0.2.1', weight: 1, purpose: 'account' };

const fastest = await fastestArgon2id();

test('the package that takes half the time is used if it is installed', () => {
  const isInstalled = existsSync(
    new URL('../../../../node_modules/@node-rs/argon2', import.meta.url),
  );
  assert.equal(fastest.name, isInstalled ? '@node-rs/argon2' : 'node:crypto');
});

for (const [name, compute] of [
  [fastest.name, fastest.compute],
  ['node:crypto', nodeArgon2id],
] as const) {
  suite(`argon2id by ${name}`, () => {
    test('makes PHC strings of the agreed cost, each with its own salt, and verifies them', async () => {
      const hasher = makeArgon2Hasher(makeFairQueue(2, 40), compute);
      const phc = await hasher.hash('Correct horse', order);
      assert.match(
        phc,
        /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
      );
      assert.notEqual(await hasher.hash('Correct horse', order), phc);
      assert.equal(await hasher.verify(phc, 'Correct horse', order), true);
      assert.equal(await hasher.verify(phc, 'correct horse', order), false);
      assert.equal(await hasher.verify(phc, 'Correct horse ', order), false);
      assert.equal(await hasher.verifyDecoy('Correct horse', order), false);
    });

    test('agrees with the reference implementation', async () => {
      const hasher = makeArgon2Hasher(makeFairQueue(2, 40), compute);
      assert.equal(await hasher.verify(VECTOR, 'password', order), true);
      assert.equal(await hasher.verify(VECTOR, 'Password', order), false);
    });

    test('takes every character into account in long, empty and strange passwords', async () => {
      const hasher = makeArgon2Hasher(makeFairQueue(2, 40), compute);
      const long = 'é'.repeat(255);
      for (const [password, other] of [
        [`${long}a`, `${long}b`],
        ['', ' '],
        ['🏊', '🏄'],
      ] as const) {
        const phc = await hasher.hash(password, order);
        assert.equal(await hasher.verify(phc, password, order), true);
        assert.equal(await hasher.verify(phc, other, order), false);
      }
    });

    test('refuses what is not a PHC string of its own, or asks for more than the machine should give', async () => {
      const hasher = makeArgon2Hasher(makeFairQueue(2, 40), compute);
      const tail = 'c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
      for (const phc of [
        '',
        'password',
        '$fast$8',
        `$argon2i$v=19$m=65536,t=2,p=1$${tail}`,
        `$argon2id$v=16$m=65536,t=2,p=1$${tail}`,
        `$argon2id$m=65536,t=2,p=1$${tail}`,
        `$argon2id$v=19$m=9999999,t=2,p=1$${tail}`,
        `$argon2id$v=19$m=65536,t=99,p=1$${tail}`,
        `$argon2id$v=19$m=65536,t=0,p=1$${tail}`,
        `$argon2id$v=19$m=65536,t=2,p=1$${tail}\n`,
        `$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$c2hvcnQ`,
        await makeTestHasher().hash('password', order),
      ]) {
        await assert.rejects(hasher.verify(phc, 'password', order), /PHC string/, phc);
      }
    });
  });
}

test('each implementation verifies the other’s hashes', async () => {
  const [one, other] = [fastest.compute, nodeArgon2id].map((compute) =>
    makeArgon2Hasher(makeFairQueue(2, 40), compute),
  );
  assert(one && other);
  const phc = await one.hash('Correct horse', order);
  assert.equal(await other.verify(phc, 'Correct horse', order), true);
  assert.equal(
    await one.verify(await other.hash('Correct horse', order), 'Correct horse', order),
    true,
  );
});

suite('turns', () => {
  test('a hash that fails gives its place back', async () => {
    const hasher = makeArgon2Hasher(makeFairQueue(1, 0), () =>
      Promise.reject(new Error('no memory')),
    );
    await assert.rejects(hasher.hash('x', order), /no memory/);
    await assert.rejects(hasher.hash('x', order), /no memory/);
  });

  test('every hash waits for its turn, and is refused if there is no place (F23)', async () => {
    const running: (() => void)[] = [];
    const hasher = makeArgon2Hasher(
      makeFairQueue(1, 1),
      async (_password, _salt, _parameters, tagBytes) => {
        await new Promise<void>((done) => running.push(done));
        return Buffer.alloc(tagBytes);
      },
    );
    const two = [hasher.hash('x', order), hasher.verifyDecoy('x', order)];
    assert.equal(running.length, 1);
    await assert.rejects(hasher.hash('x', order), OverloadError);
    await assert.rejects(hasher.verify(VECTOR, 'x', order), OverloadError);
    await assert.rejects(hasher.verifyDecoy('x', order), OverloadError);
    for (const [index, one] of two.entries()) {
      running[index]?.();
      await one;
    }
  });
});

test('the test hasher tells passwords apart, and knows nothing about other processes', async () => {
  const hasher = makeTestHasher();
  const phc = await hasher.hash('one', order);
  assert.equal(await hasher.verify(phc, 'one', order), true);
  assert.equal(await hasher.verify(phc, 'two', order), false);
  assert.equal(await makeTestHasher().verify(phc, 'one', order), false);
  assert.equal(await hasher.verify(VECTOR, 'password', order), false);
});
