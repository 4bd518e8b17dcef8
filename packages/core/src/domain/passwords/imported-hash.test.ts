import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyHashLike, readAnyHash, readImportedHash, type HashKind } from './imported-hash.ts';

const SALT = 'c2FsdHNhbHRzYWx0c2FsdA';
const TAG = 'lo09uuyIu3vaozDOtUVyBRn5IAHajm+gDHwNn15w/Kg';
const BCRYPT = 'N9qo8uLOickgx2ZMRZoMye5CAkUPTfonnfH1CziFvSZ9xz04xbonW';

const good: Readonly<Record<HashKind, readonly string[]>> = {
  BCRYPT: ['2a', '2b', '2y'].flatMap((v) => [`$${v}$04$${BCRYPT}`, `$${v}$14$${BCRYPT}`]),
  SCRYPT: [
    `$scrypt$ln=17,r=8,p=1$${SALT}$${TAG}`,
    `$scrypt$ln=1,r=1,p=1$${SALT}$${TAG}=`,
    `$scrypt$ln=14,r=8,p=16$${SALT}==$${TAG}=`,
  ],
  ARGON2ID: [
    `$argon2id$v=19$m=262144,t=4,p=4$${SALT}$${TAG}`,
    `$argon2id$v=19$m=65536,t=16,p=1$${SALT}$${TAG}`,
    `$argon2id$v=19$m=8,t=1,p=1$${SALT}$${TAG}`,
  ],
  PBKDF2_SHA256: [
    `$pbkdf2-sha256$i=1300000$${SALT}$${TAG}`,
    `$pbkdf2-sha256$i=1,l=32$${SALT}$${TAG}`,
    `$pbkdf2-sha256$29000$${SALT}$${TAG.replaceAll('+', '.')}`,
    `pbkdf2_sha256$1000000$djangosalt12$${TAG}=`,
  ],
};

test('hashes of each kind are read as their systems write them, and as no other kind', () => {
  const kinds = Object.keys(good) as HashKind[];
  for (const [kind, texts] of Object.entries(good)) {
    for (const text of texts) {
      assert.equal(readAnyHash(text)?.kind, kind, text);
      const takers = kinds.filter((one) => readImportedHash(one, text) !== undefined);
      assert.deepEqual(takers, [kind], text);
    }
  }
});

test('what would cost too much, or is none, is not read', () => {
  for (const text of [
    '',
    'password',
    `$2b$03$${BCRYPT}`,
    `$2b$15$${BCRYPT}`,
    `$2b$31$${BCRYPT}`,
    `$2x$10$${BCRYPT}`,
    `$2b$10$${BCRYPT}\n`,
    `$2b$10$${BCRYPT.slice(1)}`,
    `$scrypt$ln=18,r=8,p=1$${SALT}$${TAG}`,
    `$scrypt$ln=32,r=1,p=1$${SALT}$${TAG}`,
    `$scrypt$ln=17,r=8,p=3$${SALT}$${TAG}`,
    `$scrypt$ln=14,r=8,p=99$${SALT}$${TAG}`,
    `$scrypt$ln=0,r=8,p=1$${SALT}$${TAG}`,
    `$scrypt$ln=14,r=0,p=1$${SALT}$${TAG}`,
    `$argon2id$v=19$m=4194304,t=1,p=1$${SALT}$${TAG}`,
    `$argon2id$v=19$m=262144,t=5,p=1$${SALT}$${TAG}`,
    `$argon2id$v=19$m=65536,t=0,p=1$${SALT}$${TAG}`,
    `$argon2id$v=19$m=65536,t=1,p=17$${SALT}$${TAG}`,
    `$argon2id$v=19$m=16,t=1,p=4$${SALT}$${TAG}`,
    `$argon2id$v=16$m=65536,t=1,p=1$${SALT}$${TAG}`,
    `$argon2i$v=19$m=65536,t=1,p=1$${SALT}$${TAG}`,
    `$pbkdf2-sha256$i=1300001$${SALT}$${TAG}`,
    `$pbkdf2-sha256$i=0$${SALT}$${TAG}`,
    `$pbkdf2-sha512$i=1000$${SALT}$${TAG}`,
    `pbkdf2_sha256$9999999$djangosalt12$${TAG}`,
    // Too short to tell passwords apart, or longer than any system makes them.
    `$pbkdf2-sha256$i=1000$${SALT}$c2hvcnQ`,
    `$pbkdf2-sha256$i=1000$c2hvcnQ$${TAG}`,
    `$pbkdf2-sha256$i=1000$${SALT}$${'A'.repeat(88)}`,
    // Not canonical.
    `$pbkdf2-sha256$i=1000$${SALT}$${TAG.slice(0, -1)}h`,
    `$pbkdf2-sha256$i=1000$${SALT}$${TAG}*`,
  ]) {
    assert.equal(readAnyHash(text), undefined, text);
  }
});

test('a hash of nothing costs what the other one does, and looks like one', () => {
  for (const text of Object.values(good).flat()) {
    const hash = readAnyHash(text);
    assert(hash);
    const empty = emptyHashLike(hash, (count) => Buffer.alloc(count, 0xfb));
    const { salt, tag, ...parameters } = readAnyHash(empty) ?? assert.fail(empty);
    const { salt: _salt, tag: _tag, ...expected } = hash;
    assert.deepEqual(parameters, expected, empty);
    assert.deepEqual([salt.length, tag.length], [hash.salt.length, hash.tag.length]);
    assert.notEqual(empty, text);
  }
});
