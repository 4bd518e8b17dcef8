import { authError, toAuthError } from '../failures/to-auth-error';
import type { CallPool } from '../pool/pool-api';
import type { PoolOperations, SignedInInput, SignedInOperation } from '../pool/wire';
import type { SessionKeeper } from '../session/session-keeper';
import type { PoolhouseTexts } from '../texts/poolhouse-texts';

/** Calls an operation with the access token of the person. One that the pool refuses is renewed once. */
export async function callSignedIn<Name extends SignedInOperation>(
  parts: {
    readonly call: CallPool;
    readonly keeper: SessionKeeper;
    readonly texts: PoolhouseTexts;
  },
  operation: Name,
  input: SignedInInput<Name>,
): Promise<PoolOperations[Name]['output']> {
  const { keeper, texts } = parts;
  const call = (AccessToken: string) => parts.call(operation, { ...input, AccessToken });
  const session = await keeper.fresh();
  if (!session) throw authError({ code: 'signed-out' }, texts);
  try {
    return await call(session.accessToken);
  } catch (thrown) {
    if (toAuthError(thrown, texts).code !== 'signed-out') throw thrown;
    const renewed = await keeper.renew(session.accessToken);
    if (!renewed) throw thrown;
    return call(renewed.accessToken);
  }
}

/** Calls an operation as the person who is signed in. */
export type CallSignedIn = <Name extends SignedInOperation>(
  operation: Name,
  input: SignedInInput<Name>,
) => Promise<PoolOperations[Name]['output']>;

/** Ends all sessions of the person, unless the pool has done so already. */
export async function endEverywhere(call: CallSignedIn, texts: PoolhouseTexts): Promise<void> {
  try {
    await call('GlobalSignOut', {});
  } catch (thrown) {
    if (toAuthError(thrown, texts).code !== 'signed-out') throw thrown;
  }
}
