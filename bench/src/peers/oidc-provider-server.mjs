/**
 * oidc-provider with its adapter in memory, as it comes, and a client that refreshes without rotation: each refresh gives an access
 * token and an ID token, both signed. Copied to where the peers are installed. `node FILE PORT PEOPLE`; prints refresh tokens, then
 * its address.
 */
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [port = '0', people = '0'] = process.argv.slice(2);
const API = 'urn:bench:api';
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' };
// Its warnings about settings for development are for whoever goes on the internet with it.
console.warn = () => undefined;
console.info = () => undefined;

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: 'bench',
      client_secret: 'bench',
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: ['http://127.0.0.1/callback'],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  jwks: { keys: [jwk] },
  rotateRefreshToken: false,
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.com` }),
  }),
  features: {
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => API,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: 'read',
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
});

const client = await provider.Client.find('bench');
const tokens = [];
for (let number = 0; number < Number(people); number += 1) {
  const accountId = `u${number}`;
  const grant = new provider.Grant({ accountId, clientId: 'bench' });
  grant.addOIDCScope('openid offline_access');
  grant.addResourceScope(API, 'read');
  const grantId = await grant.save();
  const token = new provider.RefreshToken({
    accountId,
    client,
    grantId,
    gty: 'authorization_code',
    scope: 'openid offline_access read',
    resource: API,
    authTime: Math.floor(Date.now() / 1000),
  });
  tokens.push(await token.save());
}

provider.listen(Number(port), '127.0.0.1', () => {
  console.log(JSON.stringify(tokens));
  console.log(`http://127.0.0.1:${port}`);
});
