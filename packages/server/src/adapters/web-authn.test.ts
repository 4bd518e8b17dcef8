import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test, type TestContext } from 'node:test';
import { startServer } from '../testing/start-server.ts';
import { makeLoadWebAuthn } from './web-authn.ts';

/** The specifiers under which the library is asked for from now on. */
function asked(t: TestContext): readonly string[] {
  const specifiers: string[] = [];
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (specifier.startsWith('@simplewebauthn/')) specifiers.push(specifier);
      return next(specifier, context);
    },
  });
  t.after(() => hooks.deregister());
  return specifiers;
}

test('a start does not load what passkeys need, and the first use does, once', async (t) => {
  const specifiers = asked(t);
  const { server } = await startServer(t);
  assert.deepEqual(specifiers, []);
  const [one, other] = await Promise.all([server.world.webAuthn(), server.world.webAuthn()]);
  assert.equal(typeof one?.verifyRegistrationResponse, 'function');
  assert.equal(typeof one?.helpers.decodeAttestationObject, 'function');
  assert.equal(one, other);
  assert.deepEqual(specifiers, ['@simplewebauthn/server', '@simplewebauthn/server/helpers']);
});

test('a server that was installed without it knows so', async (t) => {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (specifier.startsWith('@simplewebauthn/')) throw new Error('not installed');
      return next(specifier, context);
    },
  });
  t.after(() => hooks.deregister());
  assert.equal(await makeLoadWebAuthn()(), undefined);
});
