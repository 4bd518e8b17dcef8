import type { OutputOf } from '@poolhouse/model';
import { personOf } from '../data/people.ts';
import { PASSWORD, WITH_PASSWORD } from '../data/product-data.ts';
import { unsigned } from '../load/aws-json.ts';
import { each } from '../load/each.ts';
import { freshName } from '../load/fresh-name.ts';
import { PAGE } from '../load/scenario.ts';
import { connect, MOST_CONNECTIONS, runAll, sendOne, type Prepared } from '../load/send.ts';
import { freePort, startPeer } from '../measured-process.ts';
import { stop } from '../subject.ts';
import { goOn } from './go-on.ts';
import type { Peer } from './peer.ts';
import { commandOf } from './install-peers.ts';

/** An emulator for tests, asked by the API that it has. Names are addresses, as its default pool wants them. */
export const cognitoLocal: Peer = {
  name: 'cognito-local',
  leavesOut:
    'keeps and compares passwords in clear; checks no signature of administrators; knows no SRP; sends all users where 60 are asked for; no audit; one JSON file, rewritten at each write',
  async start({ packages, data, people }) {
    const port = await freePort();
    const server = await startPeer(commandOf(packages, 'cognito-local'), [], data, {
      HOST: '127.0.0.1',
      PORT: String(port),
    });
    return goOn(server, async () => {
      const connections = connect(port, MOST_CONNECTIONS);
      const send = <Output = unknown>(request: Prepared) => sendOne<Output>(connections, request);
      const { UserPool } = await send<OutputOf<'CreateUserPool'>>(
        unsigned('CreateUserPool', { PoolName: 'bench' }),
      );
      const UserPoolId = UserPool?.Id ?? '';
      const { UserPoolClient } = await send<OutputOf<'CreateUserPoolClient'>>(
        unsigned('CreateUserPoolClient', { UserPoolId, ClientName: 'bench' }),
      );
      const ClientId = UserPoolClient?.ClientId ?? '';
      const create = (Username: string) =>
        unsigned('AdminCreateUser', {
          UserPoolId,
          Username,
          MessageAction: 'SUPPRESS',
          UserAttributes: [{ Name: 'email', Value: Username }],
        });
      const nameOf = (number: number): string => personOf(number % people).email;
      // One at a time: its file is written whole by each.
      await runAll(people, 1, (number) => send(create(nameOf(number))));
      await runAll(WITH_PASSWORD, 1, (number) =>
        send(
          unsigned('AdminSetUserPassword', {
            UserPoolId,
            Username: nameOf(number),
            Password: PASSWORD,
            Permanent: true,
          }),
        ),
      );
      const signIn = (number: number) =>
        unsigned('InitiateAuth', {
          ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: nameOf(number % WITH_PASSWORD), PASSWORD },
        });
      const { AuthenticationResult } = await send<OutputOf<'InitiateAuth'>>(signIn(0));
      const { AccessToken = '', RefreshToken = '' } = AuthenticationResult ?? {};
      const requests = each(send);
      const all = (make: (index: number) => Prepared) => (count: number) => requests(count, make);
      return {
        server,
        loads: {
          'get-user': all(() => unsigned('GetUser', { AccessToken })),
          'admin-get-user': all((at) =>
            unsigned('AdminGetUser', { UserPoolId, Username: nameOf(at * 7_919) }),
          ),
          'list-users': all(() =>
            unsigned('ListUsers', { UserPoolId, Limit: PAGE, Filter: 'email ^= "u"' }),
          ),
          refresh: all(() =>
            unsigned('InitiateAuth', {
              ClientId,
              AuthFlow: 'REFRESH_TOKEN_AUTH',
              AuthParameters: { REFRESH_TOKEN: RefreshToken },
            }),
          ),
          'test-profile': all(signIn),
          'admin-create-user': all(() => create(`${freshName()}@example.com`)),
        },
        stop: () => stop(server, connections),
      };
    });
  },
};
