import type { SessionEnd } from './session-end';
import type { PoolhouseConfig } from '../config/poolhouse-config';
import { PoolFailure, type CallPool } from '../pool/pool-api';
import { SessionKeeper } from './session-keeper';
import type { StoredSession } from './stored-session';
import { openTabChannel } from './tab-channel';
import { replacedSessions, tabLock } from './tab-lock';
import { chosenStorage } from '../storage/token-storage';

/** Refusals after which a session cannot go on. Anything else may pass. Source: behaviour.md 7.4. */
const ENDS_SESSION = new Set([
  'NotAuthorizedException',
  'TokenRevokedException',
  'UserNotFoundException',
  'PasswordResetRequiredException',
  'UserNotConfirmedException',
  'RefreshTokenReuseException',
]);

/** The keeper of the session of one app client in this browser. It touches nothing of the browser until it is asked something. */
export function openSession(options: {
  readonly config: PoolhouseConfig;
  readonly call: CallPool;
  readonly inBrowser: boolean;
  readonly changed: (session: StoredSession | null, end: SessionEnd | undefined) => void;
}): SessionKeeper {
  const { config, call, inBrowser, changed } = options;
  const key = `poolhouse.${config.clientId}`;
  const storage = chosenStorage(inBrowser ? config.storage : 'memory');
  return new SessionKeeper({
    key,
    storage,
    changed,
    nowMs: Date.now,
    lock: (run) => tabLock(`${key}.refresh`, storage)(run),
    replaced: replacedSessions(`${key}.replaced`, storage),
    openChannel: (hear) =>
      inBrowser ? openTabChannel(key, hear) : { post: () => undefined, close: () => undefined },
    endsSession: (failure) =>
      failure instanceof PoolFailure && ENDS_SESSION.has(failure.serviceCode ?? ''),
    async refresh(refreshToken, deviceKey) {
      const answer = await call('GetTokensFromRefreshToken', {
        ClientId: config.clientId,
        RefreshToken: refreshToken,
        ...(deviceKey !== undefined && { DeviceKey: deviceKey }),
      });
      if (answer.AuthenticationResult) return answer.AuthenticationResult;
      throw new PoolFailure('GetTokensFromRefreshToken', { httpStatus: 200, message: 'no tokens' });
    },
  });
}
