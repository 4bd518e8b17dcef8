import type { InitiateAuthResponse } from '@poolhouse/model';
import { randomUuid, sealState } from '../crypto/index.ts';
import { missingRequired } from '../domain/attributes/attribute-schema.ts';
import { readableAttributes } from '../domain/attributes/attribute-permissions.ts';
import { tokenValidity } from '../domain/clients/token-validity.ts';
import { passwordMark } from '../directory/passwords/password.ts';
import type { Cx } from '../operation.ts';
import type { CompletedSignIn } from '../tokens/sign-in.ts';

/** The purpose under which challenge sessions are sealed. */
export const CHALLENGE_SESSION = 'challenge-session';

/** More than the longest content needs, so that every session has one size. */
const CONTENT_BYTES = 512;

/** What a challenge's Session holds, sealed: which step is next, for whom, at which client. */
export interface ChallengeSession {
  readonly id: string;
  readonly step: 'NEW_PASSWORD_REQUIRED';
  readonly clientId: string;
  readonly sub: string;
  /** Of the password that was proved: when it changes, the session is worth nothing. */
  readonly passwordMark: string;
  readonly expiresAtMs: number;
}

/** Asks for a new password and for required attributes without a value. Source: behaviour.md 6.8. */
export async function newPasswordRequired(
  cx: Cx<never, never>,
  { pool, client, user }: CompletedSignIn,
): Promise<InitiateAuthResponse> {
  const expiresAtMs = cx.nowMs + tokenValidity(client).sessionMs;
  const session: ChallengeSession = {
    id: randomUuid(cx.world.random),
    step: 'NEW_PASSWORD_REQUIRED',
    clientId: client.id,
    sub: user.sub,
    passwordMark: passwordMark(user),
    expiresAtMs,
  };
  const key = (await cx.world.vault.of(pool.id)).subkey('sessions');
  const readable = readableAttributes(pool, client);
  const shown = Object.entries(user.attributes).filter(([name]) => readable(name));
  const missing = missingRequired(pool, user.attributes);
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: sealState(key, CHALLENGE_SESSION, session, expiresAtMs, {
      random: cx.world.random,
      contentBytes: CONTENT_BYTES,
    }),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missing.map((name) => `userAttributes.${name}`)),
      userAttributes: JSON.stringify(Object.fromEntries(shown)),
    },
  };
}
