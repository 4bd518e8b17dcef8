import type { InitiateAuthResponse } from '@poolhouse/model';
import { sealBlock } from '../challenges/secret-block.ts';
import { parseSrpPublic } from '../crypto/index.ts';
import { takeGuess } from '../directory/guesses.ts';
import { requireSecretHash } from '../directory/pools/client-secret.ts';
import { onTrial } from '../directory/trial.ts';
import { tokenValidity } from '../domain/clients/token-validity.ts';
import type { Cx } from '../operation.ts';
import { requireParameter, type SignInRequest } from './request.ts';
import { counterpartOf, type Counterpart } from './srp-counterpart.ts';

type SrpStartError =
  | 'InvalidParameterException'
  | 'NotAuthorizedException'
  | 'TooManyRequestsException'
  | 'UserNotConfirmedException'
  | 'UserNotFoundException';

/**
 * USER_SRP_AUTH: answers PASSWORD_VERIFIER and keeps nothing. It is no guess yet, but who has failed too often may not start
 * another. Source: behaviour.md 6.6.
 */
export async function startSrp(
  cx: Cx<SrpStartError, 'users' | 'limits'>,
  request: SignInRequest,
): Promise<InitiateAuthResponse> {
  const { client, parameters } = request;
  const username = requireParameter(cx, parameters, 'USERNAME');
  const clientPublicHex =
    parseSrpPublic(requireParameter(cx, parameters, 'SRP_A')) ??
    cx.fail('InvalidParameterException', 'SRP_A is not valid'); // [unsure]
  await requireSecretHash(cx, client, username, parameters['SECRET_HASH']);
  return onTrial(cx, async (trial) => {
    takeGuess(cx, trial, client);
    const counterpart = await counterpartOf(cx, trial, request, username);
    return challenge(cx, request, clientPublicHex, counterpart);
  });
}

async function challenge(
  cx: Cx<never, never>,
  { pool, client }: SignInRequest,
  clientPublicHex: string,
  { kind, subject, userId, verifier }: Counterpart,
): Promise<InitiateAuthResponse> {
  const server = await cx.world.srp.serverKeys(verifier.verifierHex, cx.order);
  const secretBlock = await sealBlock(cx, pool, {
    clientId: client.id,
    kind,
    subject,
    clientPublicHex,
    serverPrivateHex: server.privateHex,
    serverPublicHex: server.publicHex,
    expiresAtMs: cx.nowMs + tokenValidity(client).sessionMs,
  });
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: verifier.saltHex,
      SECRET_BLOCK: secretBlock,
      SRP_B: server.publicHex,
      USERNAME: userId,
      USER_ID_FOR_SRP: userId,
    },
  };
}
