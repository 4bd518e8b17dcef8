import type { InputOf, OutputOf } from '@poolhouse/model';
import { openOutbox } from '../data/outbox.ts';
import { personOf } from '../data/people.ts';
import { PASSWORD, setPassword } from '../data/product-data.ts';
import { signed, unsigned } from './aws-json.ts';
import { each } from './each.ts';
import { factorLoads } from './factor-product-load.ts';
import { freshName } from './fresh-name.ts';
import { PAGE, type Loads } from './scenario.ts';
import { runAll, sendOne, type Prepared } from './send.ts';
import { answerSrp, SRP_A, type SrpChallenge } from './srp-side.ts';
import type { Target } from './target.ts';

/** Places in the list of all users from which pages are asked for. */
const DEPTHS = 256;

/** The loads on the product. */
export function productLoads(target: Target): Loads {
  const { port, connections, data, pagesAtMost } = target;
  const { poolId: UserPoolId, clientId: ClientId, people } = data;
  const send = <Output = unknown>(request: Prepared) => sendOne<Output>(connections, request);
  const someone = (index: number): string => personOf((index * 7_919) % people).username;
  const refreshAt = (index: number): Prepared =>
    unsigned('InitiateAuth', {
      ClientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: {
        REFRESH_TOKEN: data.refreshTokens[index % data.refreshTokens.length] ?? '',
      },
    });
  let accessTokens: Promise<readonly string[]> | undefined;
  let pageTokens: Promise<readonly (string | undefined)[]> | undefined;
  let passwordsSet: Promise<void> | undefined;

  const requests = each(send);
  const signInAs = (names: readonly string[], count: number) =>
    requests(count, (index) =>
      unsigned('InitiateAuth', {
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: names[index % names.length] ?? '', PASSWORD },
      }),
    );
  const invitations = (count: number, pool: string) =>
    requests(count, () => {
      const Username = freshName();
      return signed(port, 'AdminCreateUser', {
        UserPoolId: pool,
        Username,
        UserAttributes: [
          { Name: 'email', Value: addressOf(Username) },
          { Name: 'email_verified', Value: 'true' },
        ],
        DesiredDeliveryMediums: ['EMAIL'],
      });
    });
  const listed = (PaginationToken: string | undefined) =>
    signed(port, 'ListUsers', { UserPoolId, Limit: PAGE, Filter: 'email ^= "u"', PaginationToken });

  /** Walks the list to its end, or as far as is allowed, and remembers places on the way. */
  async function walk(): Promise<readonly (string | undefined)[]> {
    const pages = Math.max(1, Math.min(pagesAtMost, Math.floor(people / PAGE) - 1));
    const tokens: (string | undefined)[] = [];
    let token: string | undefined;
    for (let page = 0; page < pages; page += 1) {
      if (page % Math.ceil(pages / DEPTHS) === 0) tokens.push(token);
      token = (await send<OutputOf<'ListUsers'>>(listed(token))).PaginationToken;
    }
    return tokens;
  }

  async function signInBySrp(username: string): Promise<void> {
    const started = await send<OutputOf<'InitiateAuth'>>(
      unsigned('InitiateAuth', {
        ClientId,
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: { USERNAME: username, SRP_A },
      }),
    );
    const challenge = started.ChallengeParameters as unknown as SrpChallenge;
    const person = { poolId: UserPoolId, username, password: PASSWORD };
    await send(
      unsigned('RespondToAuthChallenge', {
        ClientId,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: answerSrp(person, challenge),
      }),
    );
  }

  return {
    password: (count) => signInAs(data.withPassword, count),
    async 'test-profile'(count) {
      passwordsSet ??= runAll(data.withTestPassword.length, 4, (index) =>
        setPassword(port, connections, UserPoolId, data.withTestPassword[index] ?? ''),
      );
      await passwordsSet;
      return signInAs(data.withTestPassword, count);
    },
    srp: () => [
      {
        measured: true,
        operate: (index) => signInBySrp(data.withPassword[index % data.withPassword.length] ?? ''),
      },
    ],
    refresh: (count) => requests(count, refreshAt),
    async 'get-user'(count) {
      accessTokens ??= Promise.all(
        data.refreshTokens.map(async (_, index) => {
          const answer = await send<OutputOf<'InitiateAuth'>>(refreshAt(index));
          return answer.AuthenticationResult?.AccessToken ?? '';
        }),
      );
      const tokens = await accessTokens;
      return requests(count, (index) =>
        unsigned('GetUser', { AccessToken: tokens[index % tokens.length] ?? '' }),
      );
    },
    'admin-get-user': (count) =>
      requests(count, (index) =>
        signed(port, 'AdminGetUser', { UserPoolId, Username: someone(index) }),
      ),
    async 'list-users'(count) {
      pageTokens ??= walk();
      const tokens = await pageTokens;
      return requests(count, (index) => listed(tokens[index % tokens.length]));
    },
    'sign-up'(count) {
      const names = Array.from({ length: count }, freshName);
      const codes: string[] = [];
      return [
        {
          measured: true,
          operate: (index) => send(unsigned('SignUp', signUpOf(ClientId, names[index] ?? ''))),
        },
        {
          measured: false,
          async operate(index) {
            const outbox = openOutbox(data);
            codes[index] = await outbox.codeFor(addressOf(names[index] ?? ''));
            outbox.close();
          },
        },
        {
          measured: true,
          operate: (index) =>
            send(
              unsigned('ConfirmSignUp', {
                ClientId,
                Username: names[index] ?? '',
                ConfirmationCode: codes[index] ?? '',
              }),
            ),
        },
      ];
    },
    'admin-create-user': (count) => invitations(count, data.poolIdWithoutSrp),
    'admin-create-user-srp': (count) => invitations(count, data.poolId),
    ...factorLoads(target),
  };
}

function addressOf(name: string): string {
  return `${name}@example.com`;
}

function signUpOf(ClientId: string, Username: string): InputOf<'SignUp'> {
  const UserAttributes = [{ Name: 'email', Value: addressOf(Username) }];
  return { ClientId, Username, Password: PASSWORD, UserAttributes };
}
