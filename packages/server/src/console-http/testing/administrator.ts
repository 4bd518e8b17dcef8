import assert from 'node:assert/strict';
import { registry, sub } from '@poolhouse/core';
import { decodeInput, type InputOf, type OperationName, type OutputOf } from '@poolhouse/model';
import { ADMINISTRATORS_POOL, CONSOLE_CLIENT } from '../../pools/administrators-pool.ts';
import { signInBySrp } from '../../testing/sign-in-by-srp.ts';
import type { Answer, RunningServer } from '../../testing/start-server.ts';
import { prepareAdministrators } from '../administrators.ts';
import type { Role } from '../roles.ts';

/** Long enough for the administrators' pool. */
export const PASSWORD = 'correct horse battery';

/** A browser with a console session. */
export interface Administrator {
  readonly username: string;
  readonly sub: string;
  readonly cookie: string;
  readonly csrfToken: string;
  /** Sends a request as the console's application does; `headers` replace its own, and `undefined` omits one. */
  send(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string | undefined>>,
  ): Promise<Answer>;
  /** Runs an operation that must succeed. */
  call<Name extends OperationName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>;
}

/** Runs an operation on the administrators' pool as the server itself. */
export async function asServer<Name extends OperationName>(
  { server }: RunningServer,
  name: Name,
  input: InputOf<Name>,
): Promise<OutputOf<Name>> {
  const operation = registry.get(name);
  const decoded = decodeInput(name, input);
  assert(operation && decoded.ok);
  const caller = { kind: 'administrator', id: 'test', region: 'console' } as const;
  return await server.execute(operation, decoded.input, caller);
}

/** Creates an administrator with a role, or with none, without a session. */
export async function addAdministrator(
  running: RunningServer,
  username: string,
  role: Role | undefined,
): Promise<string> {
  const { storage, world, execute } = running.server;
  await prepareAdministrators({ storage, world, execute });
  const user = { UserPoolId: ADMINISTRATORS_POOL, Username: username };
  const { User } = await asServer(running, 'AdminCreateUser', {
    ...user,
    MessageAction: 'SUPPRESS',
  });
  await asServer(running, 'AdminSetUserPassword', { ...user, Password: PASSWORD, Permanent: true });
  if (role) await asServer(running, 'AdminAddUserToGroup', { ...user, GroupName: role });
  return User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '';
}

/** Signs in by SRP; returns the access token. */
export async function accessTokenOf(running: RunningServer, username: string): Promise<string> {
  const done = await signInBySrp(running, {
    pool: ADMINISTRATORS_POOL,
    client: CONSOLE_CLIENT,
    username,
    password: PASSWORD,
  });
  const { AuthenticationResult } = done.json() as {
    AuthenticationResult?: { AccessToken?: string };
  };
  return AuthenticationResult?.AccessToken ?? '';
}

/** Creates an administrator and opens the console as that one. */
export async function administrator(
  running: RunningServer,
  role: Role,
  username: string = role,
): Promise<Administrator> {
  const id = await addAdministrator(running, username, role);
  const token = await accessTokenOf(running, username);
  const opened = await running.send({
    method: 'POST',
    path: '/console/api/session',
    headers: {
      Origin: running.url,
      'Content-Type': 'application/json',
      Authorization: `Bearer ${token}`,
    },
    body: '{}',
  });
  assert.equal(opened.status, 200, opened.body);
  const cookie = (opened.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
  const { csrfToken } = opened.json() as { csrfToken: string };
  const send: Administrator['send'] = (method, path, body, headers = {}) => {
    const all: Record<string, string | undefined> = {
      Cookie: cookie,
      Origin: running.url,
      'Content-Type': 'application/json',
      'X-Poolhouse-Csrf': csrfToken,
      ...headers,
    };
    const given = Object.entries(all).filter(([, value]) => value !== undefined);
    return running.send({
      method,
      path: `/console/api${path}`,
      headers: Object.fromEntries(given),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  };
  return {
    username,
    sub: sub(id),
    cookie,
    csrfToken,
    send,
    async call(name, input) {
      const answer = await send('POST', `/operations/${name}`, { region: 'local', input });
      assert.equal(answer.status, 200, answer.body);
      return answer.json();
    },
  };
}
