import assert from 'node:assert/strict';
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Caller, Operation } from '@poolhouse/core';
import { operationNames, operations, type OperationName } from '@poolhouse/model';
import { targetHeaders, type RunningServer } from './start-server.ts';

/** A valid body for ListUserPools. */
export const LIST_POOLS = '{"MaxResults":1}';

type Bytes = string | ArrayBuffer | ArrayBufferView;

function bytesOf(data: Bytes): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
}

/** The hash function for the SDK's signer. */
export class Sha256 {
  readonly #hash: Hash | Hmac;
  constructor(secret?: Bytes) {
    this.#hash =
      secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }
  update(data: Bytes): void {
    this.#hash.update(bytesOf(data));
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}

/** What to sign, and with which key; by default a list of pools with the local key. */
export interface Signing {
  readonly operation?: string;
  readonly body?: string;
  readonly id?: string;
  readonly secret?: string;
  readonly region?: string;
  readonly service?: string;
  readonly at?: number;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly unsigned?: readonly string[];
}

/** Signs a request with the SDK's own signer. */
export async function signed(running: RunningServer, options: Signing = {}) {
  const {
    operation = 'ListUserPools',
    body = LIST_POOLS,
    id = 'local',
    secret = 'local',
  } = options;
  const signer = new SignatureV4({
    credentials: { accessKeyId: id, secretAccessKey: secret },
    region: options.region ?? 'eu-west-1',
    service: options.service ?? 'cognito-idp',
    sha256: Sha256,
  });
  const request = await signer.sign(
    {
      method: 'POST',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: '/',
      headers: {
        host: `127.0.0.1:${running.port}`,
        ...targetHeaders(operation),
        ...Object.fromEntries(
          Object.entries(options.headers ?? {}).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, value]],
          ),
        ),
      },
      body,
    },
    {
      signingDate: new Date(options.at ?? Date.now()),
      unsignableHeaders: new Set(options.unsigned ?? []),
    },
  );
  return { headers: request.headers, body };
}

/** Sends a request that must be refused with this error and text. */
export async function refused(
  running: RunningServer,
  request: {
    readonly headers: Record<string, string>;
    readonly body: string;
    readonly path?: string;
  },
  code: string,
  message?: RegExp,
): Promise<void> {
  const answer = await running.send(request);
  assert.equal(answer.status, 400);
  assert.equal(answer.json()['__type'], code, answer.body);
  if (message) assert.match(String(answer.json()['message']), message);
}

/** The texts of the two refusals that reveal nothing. */
export const MISMATCH =
  /^The request signature we calculated does not match the signature you provided\./;
/** For unknown keys and tokens. */
export const INVALID_TOKEN = /^The security token included in the request is invalid\.$/;

/** A registry in which every signed operation is built and records its caller. */
export function listening(): {
  readonly calls: Caller[];
  readonly registry: Map<OperationName, Operation>;
} {
  const calls: Caller[] = [];
  const names = operationNames.filter((name) => operations[name].authorisation === 'iam');
  const run: Operation['run'] = async ({ caller }) => {
    calls.push(caller);
    return {};
  };
  return { calls, registry: new Map(names.map((name) => [name, { name, needs: [], run }])) };
}
