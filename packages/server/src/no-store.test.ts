import assert from 'node:assert/strict';
import { test } from 'node:test';
import { administrator } from './console-http/testing/administrator.ts';
import { signed } from './testing/sign-request.ts';
import { startServer, type Answer } from './testing/start-server.ts';

const isKept = ({ headers }: Answer) => headers['cache-control'] !== 'no-store';

test('no cache keeps anything with a token or personal data, errors included (security.md R12)', async (t) => {
  const running = await startServer(t);
  const { send, post } = running;
  const owner = await administrator(running, 'owner');
  const { UserPool } = await owner.call('CreateUserPool', { PoolName: 'one' });
  const pool = `/pools/${UserPool?.Id}`;
  const get = (path: string) => send({ method: 'GET', path });
  const answers: readonly (readonly [number, Answer | Promise<Answer>])[] = [
    [200, send(await signed(running))],
    [400, post('InitiateAuth', '{}')],
    [400, post('GetUser', '{"AccessToken":"x"}')],
    [400, post('ListUserPools', '{}')],
    [400, post('Nonsense', '{}')],
    [400, post('SignUp', '{')],
    [413, post('SignUp', Buffer.alloc(1_048_577, 0x20))],
    [200, owner.send('GET', '/session')],
    [200, owner.send('GET', `${pool}/metrics`)],
    [200, owner.send('GET', '/audit')],
    [200, owner.send('GET', '/audit/export')],
    [200, owner.send('POST', `${pool}/messages/preview`, { occasion: 'SignUp' })],
    [
      200,
      owner.send('POST', '/operations/ListUserPools', {
        region: 'local',
        input: { MaxResults: 1 },
      }),
    ],
    [400, owner.send('POST', '/operations/ListUserPools', { region: 'local', input: {} })],
    [404, owner.send('POST', '/operations/Nonsense', {})],
    [401, get('/console/api/session')],
    [404, get('/console/api/nonsense')],
    [200, get('/console/api/config')],
    [
      400,
      send({
        path: '/console/api/session',
        headers: { 'content-type': 'application/json', origin: running.url },
        body: '{',
      }),
    ],
    [200, get('/inbox')],
    [200, get('/inbox/messages')],
    [404, get('/inbox/messages/none/body')],
    [400, get('/d/local_x/confirmUser/?client_id=a&user_name=b&confirmation_code=c')],
    [404, get('/nonsense')],
    [405, send({ method: 'PROPFIND', path: '/nonsense' })],
    [200, get('/readyz')],
  ];
  for (const [index, [status, promised]] of answers.entries()) {
    const answer = await promised;
    assert.deepEqual(
      [answer.status, isKept(answer)],
      [status, false],
      `number ${index}: ${answer.body}`,
    );
  }
});
