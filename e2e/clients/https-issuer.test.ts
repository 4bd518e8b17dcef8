/** Tokens of the pool that `npm start` creates, checked by unmodified verifiers: over https, and with an issuer in Amazon's form. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { makeCertificate } from './certificate.ts';
import { inheritedEnvironment, startServer } from './server-under-test.ts';

const run = promisify(execFile);
const DECLARATION = fileURLToPath(new URL('../../poolhouse.yaml', import.meta.url));
const POOL = 'ph-local-1_Poolhouse1';
const CLIENT = '7poolhousestarter000000000';
const PASSWORD = 'Correct-horse-1';

/** What an application does: an issuer and an audience, and nothing else. */
const application = `
import { JwtVerifier } from 'aws-jwt-verify';
const [issuer, access, id, audience] = process.argv.slice(2);
const accessTokens = JwtVerifier.create({ issuer, audience: null });
const idTokens = JwtVerifier.create({ issuer, audience });
const { username } = await accessTokens.verify(access);
const { 'cognito:username': name } = await idTokens.verify(id);
console.log(username, name);
`;

test('JwtVerifier over https, and CognitoJwtVerifier, accept the tokens of the starter’s pool', async (t) => {
  const tls = await makeCertificate(t);
  if (tls === undefined) return;
  let port = 0;
  const proxy = createServer(tls, (incoming, answer) => {
    const { method, url: path, headers } = incoming;
    const onward = request({ port, method, path, headers }, (from) => {
      answer.writeHead(from.statusCode ?? 502, from.headers);
      from.pipe(answer);
    });
    incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  t.after(() => proxy.close());
  const publicUrl = `https://localhost:${(proxy.address() as AddressInfo).port}`;
  const server = await startServer({
    POOLHOUSE_DECLARATION: DECLARATION,
    POOLHOUSE_PUBLIC_URL: publicUrl,
  });
  t.after(() => server.remove());
  port = Number(new URL(server.url).port);

  const aws = server.client({ region: 'ph-local-1' });
  const user = { UserPoolId: POOL, Username: 'mara' };
  const UserAttributes = [{ Name: 'email', Value: 'mara@example.com' }];
  await aws.adminCreateUser({ ...user, UserAttributes, MessageAction: 'SUPPRESS' });
  await aws.adminSetUserPassword({ ...user, Password: PASSWORD, Permanent: true });
  const tokens = async () => {
    const { AuthenticationResult } = await aws.initiateAuth({
      ClientId: CLIENT,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'mara', PASSWORD },
    });
    const { AccessToken = '', IdToken = '' } = AuthenticationResult ?? {};
    return { AccessToken, IdToken };
  };

  const own = await tokens();
  const script = fileURLToPath(
    new URL('../../node_modules/.cache/poolhouse-https-issuer.mjs', import.meta.url),
  );
  await writeFile(script, application);
  t.after(() => rm(script, { force: true }));
  const words = [`${publicUrl}/${POOL}`, own.AccessToken, own.IdToken, CLIENT];
  const { stdout } = await run(process.execPath, [script, ...words], {
    env: { ...inheritedEnvironment(), NODE_EXTRA_CA_CERTS: tls.file },
  });
  assert.equal(stdout.trim(), 'mara mara');

  const { UserPool } = await aws.describeUserPool({ UserPoolId: POOL });
  const { AutoVerifiedAttributes, VerificationMessageTemplate } = UserPool ?? {};
  await aws.updateUserPool({
    UserPoolId: POOL,
    AutoVerifiedAttributes,
    VerificationMessageTemplate,
    IssuerConfiguration: { Type: 'ORIGINAL' },
  });
  const shaped = await tokens();
  const verifier = CognitoJwtVerifier.create({
    userPoolId: POOL,
    clientId: CLIENT,
    tokenUse: 'access',
  });
  const keys = await fetch(`${server.url}/${POOL}/.well-known/jwks.json`);
  verifier.cacheJwks((await keys.json()) as Parameters<typeof verifier.cacheJwks>[0]);
  assert.equal((await verifier.verify(shaped.AccessToken)).username, 'mara');
  await assert.rejects(verifier.verify(own.AccessToken), /issuer/i);
});
