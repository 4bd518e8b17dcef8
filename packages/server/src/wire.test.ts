import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sendRaw } from './testing/send-raw.ts';
import { startServer } from './testing/start-server.ts';

const NOT_FOUND = '404 {"message":"Not Found"}';
const BAD = '{"message":"Bad Request"}';
const NO_SUCH_THING = '404 {"code":"NotFound","message":"There is no such thing here."}';
const SIGNED_OUT =
  '401 {"code":"SignedOut","message":"You are signed out. Sign in again to go on."}';
const ELSEWHERE = '403 {"code":"Origin","message":"This request comes from another site."}';
const UNREADABLE = '400 {"code":"BadRequest","message":"The request cannot be understood."}';
/** Or, if the console is not built, the page that says so. */
const THE_APPLICATION = /^(?:200|503) <!doctype html>/;
const NO_SESSION = '400 {"message":"A session is missing"}';

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };
const CONFIRM = '/d/local_x/confirmUser';
const STATE = '/local_x/clients/c/confirmation';

type Row = readonly [
  request: string,
  answer: string | RegExp,
  headers?: Readonly<Record<string, string>>,
  body?: string,
];

/** As it was with Express, whose answers to 2,300 requests were compared when it was removed; docs/adr/0023 names what differs. */
const ROWS: readonly Row[] = [
  ['GET /', NOT_FOUND],
  ['GET /', /^200 <!doctype html>[^]*This is a user pool server/, { accept: 'text/html' }],
  ['GET //', /^200 <!doctype html>/, { accept: 'text/html' }],
  ['GET /nonsense?x=%zz', NOT_FOUND],
  ['GET /%zz', NOT_FOUND],
  ['GET /console/api/config', /^200 \{"userPoolId":"console_Administrators"/],
  ['GET /CONSOLE/api/Config/', /^200 \{"userPoolId"/],
  ['GET http://elsewhere.example/console/api/config?x#y', /^200 \{"userPoolId"/],
  ['HEAD /console/api/config', /^200 $/],
  ['POST /console/api/config', NO_SUCH_THING],
  ['OPTIONS /console/api/session', '200 DELETE, GET, HEAD, POST'],
  ['OPTIONS /console/anything', '200 GET, HEAD'],
  ['PUT /console/anything', NOT_FOUND],
  ['PROPFIND /console/', '405 {"message":"Method Not Allowed"}'],
  ['GET /console/api', NO_SUCH_THING],
  ['GET /console/api/%zz', NO_SUCH_THING],
  ['GET /console/api/pools/%zz/metrics', `400 ${BAD}`],
  ['GET /console/api/pools/console_Administrators/metrics', NO_SUCH_THING],
  ['GET /console/api/pools/__proto__/metrics', SIGNED_OUT],
  ['POST /console/api/operations/__proto__', ELSEWHERE],
  ['GET /console/%zz', `400 ${BAD}`],
  ['POST /console/%zz', `400 ${BAD}`],
  ['GET /console/../../package.json', THE_APPLICATION],
  ['GET /console/..%2f..%2f..%2fpackage.json', THE_APPLICATION],
  ['GET /static/..%2fpage.ts', NOT_FOUND],
  ['GET /static/constructor', NOT_FOUND],
  ['GET /static/ICON.svg', NOT_FOUND],
  ['GET /static/icon%2Esvg/', /^200 <svg/],
  ['GET /inbox/messages/', /^200 \{"messages":\[\]\}/],
  ['POST /inbox', NOT_FOUND],
  [
    'GET /inbox',
    '404 {"message":"Not Found. The log of this server says why."}',
    { 'x-real-ip': '192.0.2.1' },
  ],
  [
    'POST /inbox/assets/inbox.js',
    '404 {"message":"Not Found. The log of this server says why."}',
    { via: 'x' },
  ],
  [`GET ${CONFIRM}?client_id=a&user_name=b&confirmation_code=c`, /^400 <!doctype html>/],
  [`POST ${CONFIRM}`, `413 ${BAD}`, FORM_TYPE, 'a=1&'.repeat(11)],
  [`POST ${CONFIRM}`, `413 ${BAD}`, FORM_TYPE, 'x'.repeat(16_385)],
  [
    `POST ${CONFIRM}`,
    `415 ${BAD}`,
    { 'content-type': `${FORM_TYPE['content-type']}; charset=utf-16` },
    'a=1',
  ],
  [`POST ${CONFIRM}`, /^403 <!doctype html>/, FORM_TYPE, 'a=%zz&__proto__=1'],
  [`GET ${STATE}/more`, '405 {"message":"Method Not Allowed"}'],
  [`POST ${STATE}/more`, NOT_FOUND],
  ['OPTIONS /a/clients/%zz/confirmation', `400 ${BAD}`],
  [`OPTIONS ${STATE}`, '204 '],
  [`POST ${STATE}`, NO_SESSION],
  [`POST ${STATE}`, NO_SESSION, { 'content-type': 'text/plain' }, '{"session":"x"}'],
  [
    `POST ${STATE}`,
    '200 {"confirmed":false}',
    { 'content-type': 'APPLICATION/JSON;charset="UTF-8"' },
    '{"session":"x"}',
  ],
  [`POST ${STATE}`, '200 {"confirmed":false}', JSON_TYPE, '\ufeff{"session":"x"}'],
  [`POST ${STATE}`, NO_SESSION, JSON_TYPE, '[]'],
  [`POST ${STATE}`, `400 ${BAD}`, JSON_TYPE, '3'],
  [`POST ${STATE}`, `400 ${BAD}`, JSON_TYPE, '{'],
  [`POST ${STATE}`, `413 ${BAD}`, JSON_TYPE, ' '.repeat(8_193)],
  [`POST ${STATE}`, `415 ${BAD}`, { 'content-type': 'application/json; charset=latin1' }, '{}'],
];

test('requests to the pages and their endpoints are answered as before', async (t) => {
  const { send, url } = await startServer(t);
  const secure = (await send({ method: 'GET', path: '/nonsense' })).headers;
  for (const [request, wanted, headers, body] of ROWS) {
    const [method = '', path = ''] = request.split(' ');
    const answer = await send({ method, path, headers, body });
    const shown = `${answer.status} ${answer.body}`;
    if (typeof wanted === 'string') assert.equal(shown, wanted, request);
    else assert.match(shown, wanted, request);
    assert.match(String(answer.headers['cache-control']), /^no-(?:store|cache)$/, request);
    if (answer.status === 405 && request.startsWith('PROPFIND')) continue;
    for (const name of Object.keys(secure).filter((one) => /^(?:cross-|strict-|x-)/.test(one))) {
      assert.equal(answer.headers[name], secure[name], `${name} of ${request}`);
    }
  }
  const open = (body: string) =>
    send({ path: '/console/api/session', headers: { ...JSON_TYPE, origin: url }, body });
  for (const [body, status] of [
    [' '.repeat(1_048_576), 400],
    [' '.repeat(1_048_577), 413],
  ] as const) {
    assert.equal((await open(body)).status, status);
  }
  const unreadable = await open('{');
  assert.equal(`${unreadable.status} ${unreadable.body}`, UNREADABLE);
  const { date: _, connection: __, 'keep-alive': ___, ...lasting } = secure;
  assert.deepEqual(lasting, {
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none';object-src 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-download-options': 'noopen',
    'x-frame-options': 'DENY',
    'x-permitted-cross-domain-policies': 'none',
    'x-xss-protection': '0',
    'content-type': 'application/json; charset=utf-8',
    etag: 'W/"17-SuRA/yvUWUo8rK6x7dKURLeBo+0"',
    'content-length': '23',
  });
});

test('no request ends the process, however it is cut off', async (t) => {
  const { send, port, logged } = await startServer(t);
  const head = 'Host: localhost\r\nContent-Type: application/json\r\n';
  for (const path of [STATE, CONFIRM, '/console/api/session', '/console/api/set-up', '/nonsense']) {
    for (const rest of [
      'Content-Length: 100\r\n\r\n{"session"',
      'Transfer-Encoding: chunked\r\n\r\n5\r\n{"se',
      'Transfer-Encoding: chunked\r\n\r\nnonsense\r\n',
      'Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\n\x1f\x8b\x08',
      'Expect: 100-continue\r\nContent-Length: 9\r\n\r\n',
    ]) {
      for (const type of [head, head.replace('json', 'x-www-form-urlencoded')]) {
        await sendRaw(port, `POST ${path} HTTP/1.1\r\n${type}${rest}`, { hangUp: true });
      }
    }
  }
  assert.equal((await send({ method: 'GET', path: '/livez' })).status, 200);
  assert.deepEqual(
    logged.filter(({ level }) => level === 'error'),
    [],
  );
});
