import { mkdtemp, rm } from 'node:fs/promises';
import {
  request as httpRequest,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { Log, PasswordHasher } from '@poolhouse/core';
import { keepingKeys } from '@poolhouse/core/testing';
import { composeServer, type Server } from '../compose/compose-server.ts';
import type { Replacements } from '../compose/replacements.ts';
import { readConfig } from '../config/config.ts';

/** One line of the log. */
export interface Logged {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A response as it arrived. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The parsed body. */
  readonly json: () => Record<string, unknown>;
}

/** A running server on a free port, over a fresh SQLite file. */
export interface RunningServer {
  readonly server: Server;
  readonly url: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly logged: readonly Logged[];
  /** A real client with the local key, or with the given one. */
  client(
    credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string },
    region?: string,
  ): CognitoIdentityProviderClient;
  /** Sends a request unchanged. */
  send(options: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: OutgoingHttpHeaders;
    readonly body?: string | Buffer;
  }): Promise<Answer>;
  /** Sends an operation unsigned. */
  post(operation: string, body: string | Buffer, headers?: OutgoingHttpHeaders): Promise<Answer>;
}

/** A fast hash, for tests about everything except hashing. */
const testHasher: PasswordHasher = {
  hash: async (password) => `$fast$${password.length}`,
  verify: async (phc, password) => phc === `$fast$${password.length}`,
  verifyImported: async () => false,
  verifyDecoy: async () => false,
};

/** Across all servers of a process, so that no two of their pools share keys. */
const counted = { pools: 0 };

/** Starts a server for one test, and stops it afterwards. */
export async function startServer(
  test: Pick<TestContext, 'after'>,
  options: {
    readonly environment?: Readonly<Record<string, string>>;
    readonly replacements?: Replacements;
  } = {},
): Promise<RunningServer> {
  const dataFolder =
    options.environment?.['POOLHOUSE_DATA'] ?? (await mkdtemp(join(tmpdir(), 'poolhouse-server-')));
  const logged: Logged[] = [];
  const at =
    (level: Logged['level']): Log['info'] =>
    (event, fields = {}) =>
      void logged.push({ level, event, fields });
  const config = readConfig({
    POOLHOUSE_PORT: '0',
    POOLHOUSE_DATA: dataFolder,
    // In production it would drain for some seconds after each test.
    POOLHOUSE_DRAIN_SECONDS: '0',
    ...options.environment,
  });
  const server = await composeServer(config, {
    log: { info: at('info'), warn: at('warn'), error: at('error') },
    hasher: testHasher,
    signingKeys: (made) => keepingKeys(made, counted),
    ...options.replacements,
  });
  const { url, port } = await server.start().catch(async (error: unknown) => {
    // Otherwise its timers and sockets would keep the test's process alive.
    await server.stop();
    throw error;
  });
  const clients: CognitoIdentityProviderClient[] = [];
  test.after(async () => {
    for (const client of clients) client.destroy();
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
  });
  const send: RunningServer['send'] = (request) => sendTo(port, request);
  return {
    server,
    url,
    port,
    dataFolder,
    logged,
    send,
    post: (operation, body, headers) =>
      send({ body, headers: { ...targetHeaders(operation), ...headers } }),
    client(credentials = { accessKeyId: 'local', secretAccessKey: 'local' }, region = 'eu-west-1') {
      const endpoint = `http://localhost:${port}`;
      const client = new CognitoIdentityProviderClient({
        endpoint,
        region,
        credentials,
        maxAttempts: 1,
      });
      clients.push(client);
      return client;
    },
  };
}

/** The headers that every client of the protocol sends. */
export function targetHeaders(operation: string): Record<string, string> {
  return {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
  };
}

/** Sends a request unchanged to a port of this machine. */
export function sendTo(
  port: number,
  options: Parameters<RunningServer['send']>[0],
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'POST', path = '/', headers, body } = options;
    const sent = httpRequest(
      { host: '127.0.0.1', port, method, path, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: text,
            json: () => JSON.parse(text) as Record<string, unknown>,
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
