import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { systemRandom } from '../primitives/random.ts';
import { makePoolSecrets, sealedMark, type PoolSecrets, type SealedPlace } from './pool-secrets.ts';
import { TamperedError } from './sealing-errors.ts';

/** The secrets of a pool with one version of its data key. */
function one(pool: string, key: Buffer, version: number): PoolSecrets {
  return makePoolSecrets(pool, [{ key, version }], version);
}

const dataKey = systemRandom.bytes(32);
const secrets = one('local_abc', dataKey, 3);
const place: SealedPlace = { table: 'users', row: 'sub-1', column: 'password' };

test('what is sealed opens in its place, on another node and as bytes', () => {
  const elsewhere = one('local_abc', Buffer.from(dataKey), 3);
  const bytes = systemRandom.bytes(300);
  assert.deepEqual(elsewhere.open(place, secrets.seal(systemRandom, place, bytes)), bytes);
  const text = elsewhere.open(place, secrets.seal(systemRandom, place, 'pässwörd'));
  assert.equal(text.toString('utf8'), 'pässwörd');
  assert.equal(elsewhere.open(place, secrets.seal(systemRandom, place, '')).length, 0);
});

test('the sealed text has its version, hides the value, and no two are equal', () => {
  const first = secrets.seal(systemRandom, place, 'password');
  assert.match(first, /^v1\.3\.[\w-]+$/);
  assert.notEqual(first, secrets.seal(systemRandom, place, 'password'));
  assert.ok(!Buffer.from(first.split('.')[2] ?? '', 'base64url').includes('password'));
});

describe('a sealed value does not open', () => {
  const sealed = secrets.seal(systemRandom, place, 'password');
  const other: Record<string, SealedPlace> = {
    'in another row': { ...place, row: 'sub-2' },
    'in another column': { ...place, column: 'srp' },
    'in another table': { ...place, table: 'clients' },
    'where the borders of the place are shifted': { ...place, table: 'user', row: 's' + 'sub-1' },
  };
  for (const [where, elsewhere] of Object.entries(other)) {
    test(where, () => assert.throws(() => secrets.open(elsewhere, sealed), TamperedError));
  }

  test('in another pool, even one with the same key', () => {
    assert.throws(() => one('local_x', dataKey, 3).open(place, sealed), TamperedError);
  });

  test('under another data key, or relabelled as that version', () => {
    const next = one('local_abc', dataKey, 4);
    assert.throws(() => next.open(place, sealed), /version 3, which is gone/);
    assert.throws(() => next.open(place, sealed.replace('v1.3.', 'v1.4.')), TamperedError);
    const wrong = one('local_abc', systemRandom.bytes(32), 3);
    assert.throws(() => wrong.open(place, sealed), TamperedError);
  });

  test('with any of its characters changed or missing', () => {
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = sealed.charAt(index) === 'A' ? 'B' : 'A';
      const text = sealed.slice(0, index) + changed + sealed.slice(index + 1);
      assert.throws(() => secrets.open(place, text), TamperedError, `character ${index}`);
      assert.throws(() => secrets.open(place, sealed.slice(0, index)), TamperedError);
    }
  });

  for (const text of ['', 'v1', 'v1.3.', 'v1.3.AAAA', 'v2.3.AAAA', 'password', 'v1.3.AA==']) {
    test(`when it is "${text}"`, () => {
      assert.throws(() => secrets.open(place, text), TamperedError);
    });
  }
});

test('the error does not show the sealed value or the row', () => {
  assert.throws(
    () => secrets.open(place, 'canary'),
    (error) => error instanceof TamperedError && !/canary|sub-1/.test(error.message),
  );
});

test('subkeys are stable, and differ by purpose, pool and data key', () => {
  const bytes = (key: { export(): Buffer }): string => key.export().toString('hex');
  const keys = [
    secrets.subkey('code'),
    secrets.subkey('session'),
    one('local_x', dataKey, 3).subkey('code'),
    one('local_abc', Buffer.alloc(32), 3).subkey('code'),
  ];
  assert.equal(new Set(keys.map(bytes)).size, keys.length);
  assert.equal(bytes(one('local_abc', dataKey, 3).subkey('code')), bytes(secrets.subkey('code')));
  assert.equal(secrets.subkey('code').symmetricKeySize, 32);
});

test('a data key of another length is refused', () => {
  assert.throws(() => one('local_abc', Buffer.alloc(16), 1), /32 bytes/);
});

test('after a rotation the new version seals, every version opens, and subkeys stay the same', () => {
  const younger = systemRandom.bytes(32);
  const both = [
    { key: younger, version: 4 },
    { key: dataKey, version: 3 },
  ];
  const rotated = makePoolSecrets('local_abc', both, 4);
  const former = secrets.seal(systemRandom, place, 'before');
  assert.equal(rotated.open(place, former).toString(), 'before');
  const sealed = rotated.seal(systemRandom, place, 'after');
  assert.match(sealed, /^v1\.4\./);
  assert.equal(rotated.open(place, sealed).toString(), 'after');
  assert.throws(() => secrets.open(place, sealed), /version 4, which is gone/);
  assert.throws(() => rotated.open(place, sealed.replace('v1.4.', 'v1.3.')), TamperedError);
  // A version that is not in use yet can already be opened.
  assert.equal(makePoolSecrets('local_abc', both, 3).open(place, sealed).toString(), 'after');
  assert.ok(rotated.subkey('code').equals(secrets.subkey('code')));
  assert.throws(() => makePoolSecrets('local_abc', both, 5), /no data key of version 5/);
});

test('a re-sealed value opens only under the new version, and still counts as the same value', () => {
  const younger = systemRandom.bytes(32);
  const both = [
    { key: younger, version: 4 },
    { key: dataKey, version: 3 },
  ];
  const rotated = makePoolSecrets('local_abc', both, 4);
  const before = secrets.seal(systemRandom, place, 'before');
  const after = rotated.reseal(systemRandom, place, before);
  assert.match(after, /^v1\.4\./);
  const youngOnly = one('local_abc', younger, 4);
  assert.equal(youngOnly.open(place, after).toString(), 'before');
  assert.equal(sealedMark(after), sealedMark(before));
  assert.equal(rotated.reseal(systemRandom, place, after), after);
  // A node whose clock was set back does not bring a value back under an older key either.
  const late = makePoolSecrets('local_abc', both, 3);
  assert.equal(late.reseal(systemRandom, place, after), after);
  const again = secrets.seal(systemRandom, place, 'before');
  assert.notEqual(sealedMark(again), sealedMark(before));
  // Only the first nonce, which reveals nothing about the value.
  assert.equal(sealedMark(before).length, 16);
  const elsewhere = { ...place, row: 'sub-2' };
  assert.throws(() => rotated.reseal(systemRandom, elsewhere, before), TamperedError);
  assert.throws(() => rotated.reseal(systemRandom, place, 'v1.3.AAAA'), TamperedError);
  // The mark is bound to the value: with another mark, or none, it does not open.
  const [format, version, mark, sealed] = after.split('.');
  assert.equal(mark, sealedMark(before));
  for (const moved of [
    `${format}.${version}.${sealedMark(again)}.${sealed}`,
    `${format}.${version}.${sealed}`,
  ]) {
    assert.throws(() => youngOnly.open(place, moved), TamperedError);
  }
  assert.throws(
    () => rotated.open(place, before.replace('v1.3.', `v1.3.${sealedMark(before)}.`)),
    TamperedError,
  );
});

test('knowing an older key does not let anybody choose the nonce with which the newer one seals', () => {
  const younger = systemRandom.bytes(32);
  const both = [
    { key: younger, version: 4 },
    { key: dataKey, version: 3 },
  ];
  const rotated = makePoolSecrets('local_abc', both, 4);
  const secret = rotated.seal(systemRandom, place, 'a secret of after');
  const nonceOf = (sealed: string) => sealed.split('.').at(-1)?.slice(0, 16) ?? '';
  // They put in its place, or elsewhere, a value sealed with the older key and the secret's nonce.
  const chosen = { ...systemRandom, bytes: () => Buffer.from(nonceOf(secret), 'base64url') };
  const planted = secrets.seal(chosen, place, 'a text that they know');
  assert.equal(nonceOf(planted), nonceOf(secret));
  const [once, twice] = [1, 2].map(() => rotated.reseal(systemRandom, place, planted));
  assert(once !== undefined && twice !== undefined);
  assert.equal(rotated.open(place, once).toString(), 'a text that they know');
  assert.equal(new Set([secret, once, twice].map(nonceOf)).size, 3);
});
