import { floorTokenOf } from '../data/floor-data.ts';
import { personOf, spread } from '../data/people.ts';
import { sessionsOf } from '../data/product-data.ts';
import { each } from './each.ts';
import { factorFloorLoads } from './factor-floor-load.ts';
import { freshName } from './fresh-name.ts';
import type { Loads, Step } from './scenario.ts';
import { sendOne, type Connections, type Prepared } from './send.ts';

const PASSWORD = 'Floor-Passw0rd!';

function post(path: string, input: object): Prepared {
  const body = JSON.stringify(input);
  const length = String(Buffer.byteLength(body));
  const headers = { 'content-type': 'application/json', 'content-length': length };
  return { path: `/${path}`, headers, body };
}

interface Signed {
  readonly AuthenticationResult: { readonly AccessToken: string };
}

/** The loads on the floor's server over a population. */
export function floorLoads(connections: Connections, people: number): Loads {
  const send = <Output = unknown>(request: Prepared) => sendOne<Output>(connections, request);
  const someone = (index: number): string => personOf((index * 7_919) % people).username;
  const sessions = spread(sessionsOf(people), people, 0);
  const tokenAt = (index: number): string => floorTokenOf(sessions[index % sessions.length] ?? 0);
  let accessTokens: Promise<readonly string[]> | undefined;

  const requests = each(send);
  const signInAt = (path: string) => (count: number) =>
    requests(count, (index) => post(path, { name: someone(index), password: PASSWORD }));
  const named = (path: string, names: readonly string[]): Step => ({
    measured: true,
    operate: (index) => {
      const name = names[index] ?? '';
      return send(post(path, { name, email: `${name}@example.com`, password: PASSWORD }));
    },
  });

  return {
    password: signInAt('password-sign-in'),
    'test-profile': signInAt('test-sign-in'),
    srp: () => [
      {
        measured: true,
        async operate(index) {
          const start = post('srp-start', { name: someone(index), clientHex: '02' });
          const { ChallengeParameters: challenge } = await send<{
            ChallengeParameters: { SECRET_BLOCK: string };
          }>(start);
          await send(post('srp-finish', { block: challenge.SECRET_BLOCK }));
        },
      },
    ],
    refresh: (count) => requests(count, (index) => post('refresh', { token: tokenAt(index) })),
    async 'get-user'(count) {
      accessTokens ??= Promise.all(
        sessions.map(async (_, index) => {
          const answer = await send<Signed>(post('refresh', { token: tokenAt(index) }));
          return answer.AuthenticationResult.AccessToken;
        }),
      );
      const tokens = await accessTokens;
      return requests(count, (index) => post('get-user', { token: tokens[index % tokens.length] }));
    },
    'admin-get-user': (count) =>
      requests(count, (index) => post('admin-get-user', { name: someone(index) })),
    'list-users': (count) =>
      requests(count, (index) =>
        post('list-users', { after: personOf((index * 7_919) % people).email }),
      ),
    'sign-up'(count) {
      const names = Array.from({ length: count }, freshName);
      return [named('sign-up', names), named('confirm', names)];
    },
    'admin-create-user': (count) => [
      named('admin-create-user', Array.from({ length: count }, freshName)),
    ],
    'admin-create-user-srp': (count) => [
      named('admin-create-user-srp', Array.from({ length: count }, freshName)),
    ],
    ...factorFloorLoads(
      send,
      post,
      (index) => personOf(sessions[index % sessions.length] ?? 0).username,
      PASSWORD,
    ),
  };
}
