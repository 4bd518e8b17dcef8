import type { TestContext } from 'node:test';
import type { InputOf, OutputOf } from '@poolhouse/model';
import type { Trigger } from '../domain/pools/unbuilt-settings.ts';
import type { TriggerAnswer, TriggerEvent } from '../ports/triggers.ts';
import { openHarness, type Harness } from './harness.ts';
import { addUser } from './signed-in.ts';
import { CODE } from './test-challenges.ts';
import { makeTriggerRunner } from './trigger-runner.ts';

const lambda = 'arn:aws:lambda:eu-west-1:000000000000:function:custom';

/** A pool's functions for CUSTOM_AUTH. */
export const CUSTOM_AUTH = {
  DefineAuthChallenge: lambda,
  CreateAuthChallenge: lambda,
  VerifyAuthChallengeResponse: lambda,
} as const satisfies InputOf<'CreateUserPool'>['LambdaConfig'];

/** A function of a test: the response that it returns for an event, or how its call ends. */
export type TestFunction = (
  event: TriggerEvent,
) => Readonly<Record<string, unknown>> | TriggerAnswer;

type Functions = Partial<Record<Trigger, TestFunction>>;
interface Entry {
  readonly challengeName: string;
  readonly challengeResult: boolean;
}

/** The answers so far, as a function hears of them. */
export const sessionIn = ({ request }: TriggerEvent) => request['session'] as readonly Entry[];

/** Functions as applications have them: the password where SRP has begun, then {@link CODE}, until an answer is right. */
const usual = {
  DefineAuthChallenge(event) {
    const last = sessionIn(event).at(-1);
    if (last?.challengeName === 'SRP_A') return { challengeName: 'PASSWORD_VERIFIER' };
    const isDone = last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult;
    return isDone ? { issueTokens: true } : { challengeName: 'CUSTOM_CHALLENGE' };
  },
  CreateAuthChallenge(event) {
    const round = sessionIn(event).filter(({ challengeName }) =>
      challengeName.startsWith('CUSTOM'),
    );
    return {
      publicChallengeParameters: { hint: `round ${round.length + 1}` },
      privateChallengeParameters: { answer: CODE },
      challengeMetadata: `CODE-${round.length + 1}`,
    };
  },
  VerifyAuthChallengeResponse: ({ request }) => ({
    answerCorrect:
      request['challengeAnswer'] ===
      (request['privateChallengeParameters'] as { readonly answer?: string }).answer,
  }),
} as const satisfies Functions;

/** Runs the usual functions, or others in their place; whatever else is called cannot be reached. */
export function customAuthRunner(others: Functions = {}) {
  const functions: Functions = { ...usual, ...others };
  const triggers = Object.fromEntries(
    Object.entries(functions).map(([name, run]) => [
      name,
      (event: TriggerEvent): TriggerAnswer => {
        const result = run(event);
        return 'kind' in result
          ? (result as TriggerAnswer)
          : { kind: 'returned', output: { ...event, response: result } };
      },
    ]),
  );
  const unreachable = () => ({ kind: 'unreachable', error: 'ResourceNotFoundException.' }) as const;
  return makeTriggerRunner({ PreTokenGeneration: unreachable, ...triggers });
}

/** A pool whose functions direct the sign-in of `ann`, who has the usual password. */
export async function openCustomAuth(
  t: TestContext,
  others: Functions = {},
  {
    pool = {},
    client = {},
    ...options
  }: Parameters<typeof openHarness>[1] & {
    readonly pool?: Partial<InputOf<'CreateUserPool'>>;
    readonly client?: Partial<InputOf<'CreateUserPoolClient'>>;
  } = {},
) {
  const triggers = customAuthRunner(others);
  const harness = await openHarness(t, { ...options, triggers });
  const made = await harness.makePool(
    { LambdaConfig: CUSTOM_AUTH, ...pool },
    {
      ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
      ...client,
    },
  );
  await addUser(harness, made, 'ann');
  return { harness, made, events: triggers.events, ...talkingTo(harness, made.ClientId) };
}

/** The two requests of the flow, sent to a node. */
export function talkingTo(harness: Harness, ClientId: string) {
  return {
    start: (USERNAME = 'ann', more: Partial<InputOf<'InitiateAuth'>> = {}) =>
      harness.call('InitiateAuth', {
        ...{ ClientId, AuthFlow: 'CUSTOM_AUTH', AuthParameters: { USERNAME } },
        ...more,
      }),
    answer: (
      { Session }: OutputOf<'InitiateAuth'>,
      ANSWER: string,
      USERNAME = 'ann',
      more: Partial<InputOf<'RespondToAuthChallenge'>> = {},
    ) =>
      harness.call('RespondToAuthChallenge', {
        ...{ ClientId, ChallengeName: 'CUSTOM_CHALLENGE', Session },
        ...{ ChallengeResponses: { USERNAME, ANSWER }, ...more },
      }),
  };
}
