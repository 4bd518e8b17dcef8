import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { HasherBusyError } from '@poolhouse/core';
import { makeArgon2Hasher, makeTestHasher, type Argon2id } from './password-hasher.ts';

// The reference implementation's own vector for these parameters: argon2id, v=19, m=65536, t=2, p=1, "password", "somesalt".
const VECTOR =
  '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';

suite('argon2id', () => {
  test('makes PHC strings of the agreed cost, each with its own salt, and checks them', async () => {
    const hasher = await makeArgon2Hasher();
    const phc = await hasher.hash('Correct horse');
    assert.match(phc, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    assert.notEqual(await hasher.hash('Correct horse'), phc);
    assert.equal(await hasher.verify(phc, 'Correct horse'), true);
    assert.equal(await hasher.verify(phc, 'correct horse'), false);
    assert.equal(await hasher.verify(phc, 'Correct horse '), false);
    assert.equal(await hasher.verifyNothing('Correct horse'), false);
  });

  test('agrees with the reference implementation', async () => {
    const hasher = await makeArgon2Hasher();
    assert.equal(await hasher.verify(VECTOR, 'password'), true);
    assert.equal(await hasher.verify(VECTOR, 'Password'), false);
  });

  test('counts every character of long, empty and strange passwords', async () => {
    const hasher = await makeArgon2Hasher();
    const long = 'é'.repeat(255);
    for (const [password, other] of [
      [`${long}a`, `${long}b`],
      ['', ' '],
      ['🏊', '🏄'],
    ] as const) {
      const phc = await hasher.hash(password);
      assert.equal(await hasher.verify(phc, password), true);
      assert.equal(await hasher.verify(phc, other), false);
    }
  });

  test('refuses what is no PHC string of its own, or asks for more than the machine should give', async () => {
    const hasher = await makeArgon2Hasher();
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
      await makeTestHasher().hash('password'),
    ]) {
      await assert.rejects(hasher.verify(phc, 'password'), /PHC string/, phc);
    }
  });

  test('works on a bounded number of passwords, lets some wait, and refuses the rest at once (F23)', async () => {
    const running: (() => void)[] = [];
    let most = 0;
    let atWork = 0;
    const compute: Argon2id = async (_password, _salt, _parameters, tagBytes) => {
      atWork += 1;
      most = Math.max(most, atWork);
      await new Promise<void>((done) => running.push(done));
      atWork -= 1;
      return Buffer.alloc(tagBytes);
    };
    const hasher = await makeArgon2Hasher({ compute, atWork: 2, queue: 3 });
    const five = Array.from({ length: 5 }, () => hasher.hash('x'));
    assert.equal(running.length, 2);
    await assert.rejects(hasher.hash('x'), HasherBusyError);
    await assert.rejects(hasher.verify(VECTOR, 'x'), HasherBusyError);
    await assert.rejects(hasher.verifyNothing('x'), HasherBusyError);
    for (let done = 0; done < 5; done += 1) {
      running[done]?.();
      await five[done];
    }
    assert.equal(most, 2);
    const next = hasher.hash('x');
    running[5]?.();
    assert.match(await next, /^\$argon2id\$/);
  });

  test('a hash that fails gives its place back', async () => {
    const hasher = await makeArgon2Hasher({
      compute: () => Promise.reject(new Error('no memory')),
      atWork: 1,
      queue: 0,
    });
    await assert.rejects(hasher.hash('x'), /no memory/);
    await assert.rejects(hasher.hash('x'), /no memory/);
  });
});

test('the test hasher tells passwords apart, and knows nothing of other processes', async () => {
  const hasher = makeTestHasher();
  const phc = await hasher.hash('one');
  assert.equal(await hasher.verify(phc, 'one'), true);
  assert.equal(await hasher.verify(phc, 'two'), false);
  assert.equal(await makeTestHasher().verify(phc, 'one'), false);
  assert.equal(await hasher.verify(VECTOR, 'password'), false);
});
