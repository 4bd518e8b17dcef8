import type { InputOf } from '@poolhouse/model';
import type { FactorChange } from '../domain/users/factor-changes.ts';
import { authenticatorOf } from './authenticator.ts';
import type { Harness } from './harness.ts';
import { goodPassword, type MadePool } from './signed-in.ts';

/** The address that `ada` has proved. */
export const MAIL = 'ada@example.com';
/** A password that `ada` never had. */
export const NEW = 'Better-Horse-10';

/** A user `ada` with a proved mail address, who is signed in. */
export interface Stage {
  readonly harness: Harness;
  readonly made: MadePool;
  readonly AccessToken: string;
  readonly named: { readonly UserPoolId: string; readonly Username: string };
}

/** One way to change a factor by an operation: everything before it, then the request itself. */
export interface FactorCase {
  readonly name: string;
  readonly pool?: Partial<InputOf<'CreateUserPool'>>;
  readonly mfa?: 'ON';
  readonly prepare: (stage: Stage) => Promise<() => Promise<unknown>>;
  readonly tells: readonly FactorChange[];
  /** The old address, where nothing is said. */
  readonly to?: readonly string[];
}

/** Begins a sign-in that asks for a task, and answers it as the app or as a back end. */
async function task(
  { harness, made, named }: Stage,
  ChallengeName: 'NEW_PASSWORD_REQUIRED' | 'MFA_SETUP',
  by: 'app' | 'back end',
): Promise<() => Promise<unknown>> {
  const { ClientId, UserPoolId } = made;
  if (ChallengeName === 'NEW_PASSWORD_REQUIRED') {
    await harness.call('AdminSetUserPassword', { ...named, Password: goodPassword });
  }
  const { Session: asked = '' } = await harness.call('InitiateAuth', {
    ...{ ClientId, AuthFlow: 'USER_PASSWORD_AUTH' },
    AuthParameters: { USERNAME: 'ada', PASSWORD: goodPassword },
  });
  const target = { ...made, username: 'ada', password: goodPassword };
  const { Session } =
    ChallengeName === 'MFA_SETUP'
      ? await authenticatorOf(harness, target).setUpIn(asked)
      : { Session: asked };
  const answer = {
    ...{ ClientId, ChallengeName, Session },
    ChallengeResponses: { USERNAME: 'ada', NEW_PASSWORD: NEW },
  };
  return () =>
    by === 'app'
      ? harness.call('RespondToAuthChallenge', answer)
      : harness.call('AdminRespondToAuthChallenge', { ...answer, UserPoolId });
}

/** Every task that a sign-in can ask for: their answers change what the user signs in with. */
export const factorTasks = {
  NEW_PASSWORD_REQUIRED: ['password-changed'],
  MFA_SETUP: ['software-token-added', 'SOFTWARE_TOKEN_MFA-on'],
} as const satisfies Record<string, readonly FactorChange[]>;

/** The tasks, answered by the app or by a back end. */
export const answeredTasks = (by: 'app' | 'back end'): readonly FactorCase[] =>
  (Object.keys(factorTasks) as (keyof typeof factorTasks)[]).map((name) => ({
    name,
    ...(name === 'MFA_SETUP' && { mfa: 'ON' as const }),
    prepare: (stage) => task(stage, name, by),
    tells: factorTasks[name],
  }));
