import './quick-powers.ts';
import {
  createSrpSession,
  signSrpSession,
  wrapAuthChallenge,
  wrapInitiateAuth,
} from 'cognito-srp-helper';
import type { InputOf, OutputOf } from '@poolhouse/model';
import type { Harness } from './harness.ts';

/** Somebody who signs in. */
export interface Credentials {
  readonly UserPoolId: string;
  readonly ClientId: string;
  readonly username: string;
  readonly password: string;
}

type Change = (answer: InputOf<'RespondToAuthChallenge'>) => InputOf<'RespondToAuthChallenge'>;

/**
 * Signs in by SRP with a second implementation of it; answers what RespondToAuthChallenge answers. The answer can be changed
 * before it is sent, or made with another clock than the server's.
 */
export async function signInBySrp(
  harness: Harness,
  { UserPoolId, ClientId, username, password }: Credentials,
  options: Change | { readonly clockMs: number } = (answer) => answer,
): Promise<OutputOf<'RespondToAuthChallenge'>> {
  const change: Change = typeof options === 'function' ? options : (answer) => answer;
  const clockMs = typeof options === 'function' ? harness.world.clock.nowMs() : options.clockMs;
  const session = createSrpSession(username, password, UserPoolId, false);
  const started = await harness.call(
    'InitiateAuth',
    wrapInitiateAuth(session, {
      ClientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: username, SRP_A: session.largeA, CHALLENGE_NAME: 'SRP_A' },
    }),
  );
  const signed = signSrpSession({ ...session, timestamp: srpTimestamp(clockMs) }, started as never);
  const answer = wrapAuthChallenge(signed, {
    ClientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses: { USERNAME: started.ChallengeParameters?.['USERNAME'] ?? username },
  }) as InputOf<'RespondToAuthChallenge'>;
  return harness.call('RespondToAuthChallenge', change(answer));
}

/** The form that clients send: `Tue Aug 4 09:05:07 UTC 2026`. Source: behaviour.md 6.6. */
export function srpTimestamp(ms: number): string {
  const [day, date, month, year, time] = new Date(ms).toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${Number(date)} ${time} UTC ${year}`;
}
