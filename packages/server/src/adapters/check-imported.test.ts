import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readAnyHash } from '@poolhouse/core';
import { bcryptTag } from './bcrypt.ts';
import { checkImportedBy } from './check-imported.ts';
import { nodeArgon2id } from './argon2id.ts';

const PASSWORD = 'Right-Horse-7';
const SALT = 'c2FsdHNhbHRzYWx0c2FsdA';

/** Made by libxcrypt, by Python's hashlib and by the implementation of argon2 in Node. */
const HASHES = {
  bcrypt: '$2b$10$N9qo8uLOickgx2ZMRZoMye5CAkUPTfonnfH1CziFvSZ9xz04xbonW',
  'an older bcrypt': '$2a$06$./0123456789ABCDEFGHI.MFW79Nc2Vdi0sK/RibZmZgqhDxt7Pby',
  scrypt: `$scrypt$ln=14,r=8,p=1$${SALT}$lo09uuyIu3vaozDOtUVyBRn5IAHajm+gDHwNn15w/Kg`,
  'an expensive scrypt': `$scrypt$ln=17,r=8,p=1$${SALT}$p15g43u1hxjoTPt/A5rcFti814fpF+zWdDrt1AmMwMM`,
  argon2id: `$argon2id$v=19$m=8192,t=3,p=4$${SALT}$DjAj6yWdwt1UZKHKNWe/hS4ntuHeT041zXraX+j6ubY`,
  pbkdf2: `$pbkdf2-sha256$i=1000,l=32$${SALT}$EECy8ddt3BWssHsL02cofLyUcYNh2jYms72sFBjhBWI`,
  'pbkdf2 by passlib': `$pbkdf2-sha256$1000$${SALT}$EECy8ddt3BWssHsL02cofLyUcYNh2jYms72sFBjhBWI`,
  'pbkdf2 by Django':
    'pbkdf2_sha256$1000$djangosalt12$wJuKdKm04X8Oql/aJpH44qwjWfkSz9XgBCWz/l5JaqM=',
} as const;

suite('hashes of other systems', () => {
  const check = checkImportedBy(nodeArgon2id);
  for (const [name, hash] of Object.entries(HASHES)) {
    test(`${name} knows its password from others`, async () => {
      assert.equal(await check(hash, Buffer.from(PASSWORD)), true);
      for (const other of ['right-Horse-7', 'Right-Horse-7 ', '', `${PASSWORD}x`]) {
        assert.equal(await check(hash, Buffer.from(other)), false, other);
      }
    });
  }

  test('what no import lets pass is never computed', async () => {
    for (const text of ['', PASSWORD, HASHES.bcrypt.replace('$10$', '$31$')]) {
      await assert.rejects(check(text, Buffer.from(PASSWORD)), /not a hash/, text);
    }
  });

  test('the main thread goes on while bcrypt is computed', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await check(HASHES.bcrypt, Buffer.from(PASSWORD));
    clearInterval(timer);
    assert.ok(turns > 3, String(turns));
  });
});

test('bcrypt agrees with libxcrypt about empty, long and other passwords', () => {
  for (const [password, hash] of [
    ['', '$2b$04$abcdefghijklmnopqrstuubyCG3zY1GIXMyxfivm.ClDiInHzxjiq'],
    ['pässwörd 🏊', '$2y$05$zzzzzzzzzzzzzzzzzzzzzuQFpJRIvmJ6x/t4ips4wm55ygVgYQvcG'],
    ['x'.repeat(72), '$2b$04$CCCCCCCCCCCCCCCCCCCCC.ug0A3dTXhy5U.dFjx/qguZ8I4CB77BC'],
    ['x'.repeat(80), '$2b$04$CCCCCCCCCCCCCCCCCCCCC.ug0A3dTXhy5U.dFjx/qguZ8I4CB77BC'],
    // In C, a password ends where a zero stands.
    [`${'x'.repeat(71)}x\0y`, '$2b$04$CCCCCCCCCCCCCCCCCCCCC.ug0A3dTXhy5U.dFjx/qguZ8I4CB77BC'],
  ] as const) {
    const read = readAnyHash(hash);
    assert(read?.kind === 'BCRYPT');
    const { cost, salt, tag } = read;
    assert.equal(bcryptTag({ password: Buffer.from(password), cost, salt }), tag, password);
  }
});
