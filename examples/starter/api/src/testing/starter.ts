import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { fakePool, type FakePool } from '@poolhouse/express/testing';
import { createApp, type AppOptions } from '../app.ts';
import type { Config } from '../config.ts';

/** A request as the AWS SDK hands it to the network. */
export interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What the user pool answers to an operation of the SDK. */
export type PoolAnswer = { readonly status?: number; readonly body: object };

/** The running API, with everything that it sends out caught. */
export interface Starter {
  readonly url: string;
  readonly pool: FakePool;
  readonly sdkRequests: readonly SdkRequest[];
  readonly keyRequests: readonly string[];
  call(path: string, init?: RequestInit & { readonly token?: string }): Promise<Response>;
}

/** Starts the API on a free port, for one test. */
export async function startStarter(
  t: TestContext,
  {
    endpoint,
    config = {},
    answer = () => ({ body: {} }),
    ...options
  }: {
    endpoint?: string;
    config?: Partial<Config>;
    answer?: (operation: string) => PoolAnswer;
  } & AppOptions = {},
): Promise<Starter> {
  const pool = fakePool({ userPoolId: 'eu-central-1_aB3dE5fG7', endpoint });
  const sdkRequests: SdkRequest[] = [];
  const keyRequests: string[] = [];
  const handle = (request: SdkRequest) => {
    sdkRequests.push(request);
    const { status = 200, body } = answer(operationOf(request));
    const headers = { 'content-type': 'application/x-amz-json-1.1' };
    const content = Buffer.from(JSON.stringify(body));
    return Promise.resolve({ response: { statusCode: status, headers, body: content } });
  };
  const requestHandler = { handle, updateHttpClientConfig() {}, httpHandlerConfigs: () => ({}) };
  const { userPoolId, clientId } = pool;
  const app = createApp(
    { region: 'eu-central-1', userPoolId, clientId, ...(endpoint && { endpoint }), ...config },
    {
      sdk: {
        credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
        clientConfig: { requestHandler: requestHandler as never, maxAttempts: 1 },
      },
      fetch: (input) => {
        keyRequests.push(input instanceof Request ? input.url : String(input));
        return Promise.resolve(Response.json(pool.jwks));
      },
      ...options,
    },
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    pool,
    sdkRequests,
    keyRequests,
    call: (path, { token, headers, ...init } = {}) =>
      fetch(`${url}${path}`, {
        ...init,
        headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
      }),
  };
}

/** The operation that a request of the SDK asks for. */
export function operationOf({ headers }: SdkRequest): string {
  return (headers['x-amz-target'] ?? '').replace('AWSCognitoIdentityProviderService.', '');
}
