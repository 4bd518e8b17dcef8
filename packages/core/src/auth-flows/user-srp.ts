import type { InitiateAuthResponse } from '@poolhouse/model';
import {
  makeSrpServerKeys,
  parseSrpPublic,
  randomUuid,
  sealState,
  simulatedSrpVerifier,
  type SrpVerifier,
} from '../crypto/index.ts';
import { requireSecretHash } from '../directory/pools/client-secret.ts';
import { findUser } from '../directory/users/find-user.ts';
import { nobodyCalled, requireNobodyUnlocked } from '../directory/users/nobody.ts';
import { openVerifier } from '../directory/passwords/password.ts';
import { requireUnlocked } from '../directory/passwords/password-attempt.ts';
import { nameKey, usesAddressesAsNames } from '../domain/users/sign-in-names.ts';
import { hidesUsers } from '../domain/clients/user-existence.ts';
import { messages } from '../domain/texts.ts';
import { tokenValidity } from '../domain/clients/token-validity.ts';
import type { Cx } from '../operation.ts';
import { SECRET_BLOCK, type SecretBlock } from '../challenges/secret-block.ts';
import { requireParameter, type SignInRequest } from './request.ts';

/** Whom the exchange is with: a user, or nobody. */
interface Counterpart {
  readonly userId: string;
  readonly sub?: string;
  readonly nobody?: string;
  readonly verifier: SrpVerifier;
}

/** Longer names are aliases at most, and never go out again. Source: API model, UsernameType. */
const LONGEST_USERNAME = 128;

/** USER_SRP_AUTH: answers PASSWORD_VERIFIER and keeps nothing. Source: behaviour.md 6.6. */
export async function startSrp(
  cx: Cx<
    'InvalidParameterException' | 'NotAuthorizedException' | 'UserNotFoundException',
    'users' | 'limits'
  >,
  request: SignInRequest,
): Promise<InitiateAuthResponse> {
  const { pool, client, parameters } = request;
  const username = requireParameter(cx, parameters, 'USERNAME');
  const clientPublicHex =
    parseSrpPublic(requireParameter(cx, parameters, 'SRP_A')) ??
    cx.fail('InvalidParameterException', 'SRP_A is not valid'); // [unsure]
  await requireSecretHash(cx, client, username, parameters['SECRET_HASH']);
  const counterpart = await counterpartOf(cx, request, username);
  const { random } = cx.world;
  const server = makeSrpServerKeys(random, counterpart.verifier.verifierHex);
  const expiresAtMs = cx.nowMs + tokenValidity(client).sessionMs;
  const block: SecretBlock = {
    id: randomUuid(random),
    clientId: client.id,
    userId: counterpart.userId,
    sub: counterpart.sub,
    nobody: counterpart.nobody,
    clientPublicHex,
    serverPrivateHex: server.privateHex,
    serverPublicHex: server.publicHex,
    startedAtMs: cx.nowMs,
    expiresAtMs,
  };
  const secrets = await cx.world.vault.of(pool.id);
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: counterpart.verifier.saltHex,
      SECRET_BLOCK: sealState(secrets.subkey('srp'), SECRET_BLOCK, block, expiresAtMs, {
        form: 'base64',
        random,
      }),
      SRP_B: server.publicHex,
      USERNAME: counterpart.userId,
      USER_ID_FOR_SRP: counterpart.userId,
    },
  };
}

/** The user, or, where the client hides who exists, somebody stable who answers like one (security.md S09). */
async function counterpartOf(
  cx: Cx<'NotAuthorizedException' | 'UserNotFoundException', 'users' | 'limits'>,
  { pool, client }: SignInRequest,
  username: string,
): Promise<Counterpart> {
  const user = await findUser(cx, pool, username);
  if (user !== undefined) {
    requireUnlocked(cx, user);
    if (!user.enabled && !hidesUsers(client)) {
      cx.fail('NotAuthorizedException', messages.userDisabled);
    }
    const verifier = await openVerifier(cx, user);
    if (verifier !== undefined) return { userId: user.username, sub: user.sub, verifier };
    if (!hidesUsers(client)) {
      cx.fail('NotAuthorizedException', 'User does not support SRP auth'); // [peer] behaviour.md 6.6
    }
  } else if (!hidesUsers(client)) {
    cx.fail('UserNotFoundException', messages.userNotFound);
  }
  const nobody = await nobodyCalled(cx, pool, username);
  await requireNobodyUnlocked(cx, pool, nobody);
  const key = (await cx.world.vault.of(pool.id)).subkey('simulated-users');
  const name = nameKey(pool, username);
  // Docs say a UUID; a plain name that came in goes out again, or it would tell that it does not exist.
  const asTyped =
    !usesAddressesAsNames(pool) &&
    username.length <= LONGEST_USERNAME &&
    !/^[^@]+@[^@]+$|^\+\d+$/.test(username);
  return { userId: asTyped ? name : nobody, nobody, verifier: simulatedSrpVerifier(key, name) };
}
