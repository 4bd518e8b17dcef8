import { setTimeout as delay } from 'node:timers/promises';
import type { OutputOf } from '@poolhouse/model';
import { PASSWORD, type ProductData } from '../data/product-data.ts';
import { unsigned } from '../load/aws-json.ts';
import type { Connections, Prepared } from '../load/send.ts';
import { answerSrp, SRP_A, type SrpChallenge } from '../load/srp-side.ts';

/** What people noticed. */
export interface Felt {
  /** Milliseconds of each sign-in that ended with tokens. */
  readonly signedInMs: number[];
  /** Refusals, with how often each occurred. */
  readonly refusals: Map<string, number>;
  /** Milliseconds until the key set arrived. */
  readonly keySetMs: number[];
}

/** A person who signs in, alternately by password and by SRP. */
export interface Honest {
  readonly connections: Connections;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: ProductData;
}

/** Signs in; returns the refusal, if it was refused. */
export async function signIn(
  { connections, headers, data }: Honest,
  username: string,
  by: 'password' | 'srp',
): Promise<string | undefined> {
  const send = async (request: Prepared) => {
    const { status, body } = await connections.send({
      ...request,
      headers: { ...request.headers, ...headers },
    });
    return { status, output: JSON.parse(body) as Record<string, unknown> };
  };
  const { clientId: ClientId, poolId } = data;
  let answer = await send(
    by === 'password'
      ? unsigned('InitiateAuth', {
          ClientId,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: username, PASSWORD },
        })
      : unsigned('InitiateAuth', {
          ClientId,
          AuthFlow: 'USER_SRP_AUTH',
          AuthParameters: { USERNAME: username, SRP_A },
        }),
  );
  if (answer.status === 200 && by === 'srp') {
    const { ChallengeParameters } = answer.output as OutputOf<'InitiateAuth'>;
    const person = { poolId, username, password: PASSWORD };
    answer = await send(
      unsigned('RespondToAuthChallenge', {
        ClientId,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: answerSrp(person, ChallengeParameters as unknown as SrpChallenge),
      }),
    );
  }
  return answer.status === 200
    ? undefined
    : `${String(answer.output['__type'])}: ${String(answer.output['message'])}`;
}

/** People who each sign in, wait a moment, and sign in again; beside them, a client that asks for the key set. */
export async function live(
  honest: Honest,
  people: readonly string[],
  untilMs: number,
): Promise<Felt> {
  const felt: Felt = { signedInMs: [], refusals: new Map(), keySetMs: [] };
  const person = async (username: string, number: number): Promise<void> => {
    await delay(number * 40);
    for (let turn = number; performance.now() < untilMs; turn += 1) {
      const startedMs = performance.now();
      const refusal = await signIn(honest, username, turn % 2 === 0 ? 'password' : 'srp');
      if (refusal === undefined) felt.signedInMs.push(performance.now() - startedMs);
      else felt.refusals.set(refusal, (felt.refusals.get(refusal) ?? 0) + 1);
      await delay(300);
    }
  };
  const verifier = async (): Promise<void> => {
    const path = `/${honest.data.poolId}/.well-known/jwks.json`;
    while (performance.now() < untilMs) {
      const startedMs = performance.now();
      await honest.connections.send({ method: 'GET', path, headers: honest.headers, body: '' });
      felt.keySetMs.push(performance.now() - startedMs);
      await delay(25);
    }
  };
  await Promise.all([...people.map(person), verifier()]);
  return felt;
}
