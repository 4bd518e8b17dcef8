import { apiUrl } from '../config/poolhouse-config';
import { poolApi, PoolFailure } from './pool-api';

const URL_OF_POOL = 'https://pool.example.com/';
const ASKED = { ClientId: 'c', Username: 'ann' };

function answerWith(body: string, init: ResponseInit = {}): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(() => Promise.resolve(new Response(body, init)));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

async function failure(body: string, init: ResponseInit): Promise<PoolFailure> {
  answerWith(body, init);
  return poolApi(URL_OF_POOL)('ForgotPassword', ASKED).then(
    () => Promise.reject(new Error('it succeeded')),
    (error: unknown) => error as PoolFailure,
  );
}

describe('poolApi', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('asks as the API wants it, without cookies', async () => {
    const fetched = answerWith('{"CodeDeliveryDetails":{"Destination":"a***@e***"}}');
    const answer = await poolApi(URL_OF_POOL)('ForgotPassword', ASKED);
    expect(answer.CodeDeliveryDetails?.Destination).toBe('a***@e***');
    expect(fetched).toHaveBeenCalledOnce();
    const [url, init] = fetched.mock.calls[0] as [string, RequestInit];
    expect(url).toBe(URL_OF_POOL);
    expect(init).toMatchObject({
      method: 'POST',
      credentials: 'omit',
      body: JSON.stringify(ASKED),
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.ForgotPassword',
      },
    });
  });

  it('takes an empty answer', async () => {
    answerWith('');
    expect(await poolApi(URL_OF_POOL)('GlobalSignOut', { AccessToken: 'x' })).toEqual({});
  });

  it.each([
    ['{"__type":"UserNotFoundException","message":"m"}', {}, 'UserNotFoundException', 'm'],
    [
      '{"__type":"com.amazonaws.x#LimitExceededException","Message":"m"}',
      {},
      'LimitExceededException',
      'm',
    ],
    [
      '{"message":"m"}',
      { 'x-amzn-ErrorType': 'CodeMismatchException:http://x/' },
      'CodeMismatchException',
      'm',
    ],
    ['{}', {}, undefined, 'HTTP 400'],
    ['[]', {}, undefined, 'HTTP 400'],
    ['<html>', {}, undefined, 'HTTP 400, and no JSON'],
  ] as const)('reads the refusal %s', async (body, headers, serviceCode, message) => {
    const refused = await failure(body, { status: 400, headers });
    expect(refused).toBeInstanceOf(PoolFailure);
    expect([refused.serviceCode, refused.message, refused.httpStatus]).toEqual([
      serviceCode,
      message,
      400,
    ]);
  });

  it('tells a page that stands in between from the pool', async () => {
    expect((await failure('<html>Sign in to the hotel</html>', { status: 200 })).httpStatus).toBe(
      200,
    );
  });

  it('tells that nobody answers', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(poolApi(URL_OF_POOL)('ForgotPassword', ASKED)).rejects.toMatchObject({
      httpStatus: 0,
      message: 'no connection',
    });
  });

  it('waits no longer than half a minute', async () => {
    vi.useFakeTimers();
    try {
      vi.stubGlobal(
        'fetch',
        (_url: string, { signal }: RequestInit) =>
          new Promise((_, reject) =>
            signal?.addEventListener('abort', () => reject(new Error('aborted'))),
          ),
      );
      const asked = expect(poolApi(URL_OF_POOL)('ForgotPassword', ASKED)).rejects.toMatchObject({
        httpStatus: 0,
        message: 'no answer in time',
      });
      await vi.advanceTimersByTimeAsync(30_000);
      await asked;
    } finally {
      vi.useRealTimers();
    }
  });
});

it.each([
  [{ userPoolId: 'eu-west-1_abc' }, 'https://cognito-idp.eu-west-1.amazonaws.com/'],
  [{ userPoolId: 'us-gov-west-1_abc' }, 'https://cognito-idp.us-gov-west-1.amazonaws.com/'],
  [{ userPoolId: 'eu-west-1_abc', endpoint: '' }, 'https://cognito-idp.eu-west-1.amazonaws.com/'],
  [{ userPoolId: 'cn-north-1_abc' }, 'https://cognito-idp.cn-north-1.amazonaws.com.cn/'],
  [{ userPoolId: 'eusc-de-east-1_abc' }, 'https://cognito-idp.eusc-de-east-1.amazonaws.eu/'],
  [{ userPoolId: 'local_abc', endpoint: 'http://localhost:8400' }, 'http://localhost:8400/'],
  [{ userPoolId: 'local_abc', endpoint: 'https://example.com/idp/' }, 'https://example.com/idp/'],
])('apiUrl(%o) is %s', (config, url) => {
  expect(apiUrl({ clientId: 'c', ...config })).toBe(url);
});
