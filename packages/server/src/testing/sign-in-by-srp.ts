import { createSrpSession, signSrpSession } from 'cognito-srp-helper';
import type { RunningServer } from './start-server.ts';

/** Who signs in, and where. */
export interface SrpCredentials {
  readonly pool: string;
  readonly client: string;
  readonly username: string;
  readonly password: string;
  /** Sent with every request; for app clients with a secret. */
  readonly secretHash?: string;
}

/** Signs in by SRP over HTTP with a second implementation of it; returns RespondToAuthChallenge's output. */
export async function signInBySrp(
  running: RunningServer,
  { pool, client, username, password, secretHash }: SrpCredentials,
): ReturnType<RunningServer['post']> {
  const hash = secretHash === undefined ? {} : { SECRET_HASH: secretHash };
  const session = createSrpSession(username, password, pool, false);
  const started = await running.post(
    'InitiateAuth',
    JSON.stringify({
      ClientId: client,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: username, SRP_A: session.largeA, ...hash },
    }),
  );
  const answered = started.json() as { ChallengeParameters?: Record<string, string> };
  if (started.status !== 200) return started;
  const timestamp = timestampOf(running.server.world.clock.nowMs());
  const signed = signSrpSession({ ...session, timestamp }, answered);
  return running.post(
    'RespondToAuthChallenge',
    JSON.stringify({
      ClientId: client,
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeResponses: {
        USERNAME: answered.ChallengeParameters?.['USERNAME'],
        PASSWORD_CLAIM_SECRET_BLOCK: signed.secret,
        PASSWORD_CLAIM_SIGNATURE: signed.passwordSignature,
        TIMESTAMP: timestamp,
        ...hash,
      },
    }),
  );
}

/** The format that clients send: `Tue Aug 4 09:05:07 UTC 2026`. Source: behaviour.md 6.6. */
function timestampOf(ms: number): string {
  const [day, date, month, year, time] = new Date(ms).toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${Number(date)} ${time} UTC ${year}`;
}
