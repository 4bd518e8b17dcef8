import type { Log } from '@poolhouse/core';
import type { AccessKeys } from '../access-keys/access-keys.ts';
import { toldOfThisMachine } from '../http/this-machine.ts';
import type { KeyFinder } from './signature.ts';

/** The id and the secret of the well-known key. */
const LOCAL_KEY = 'local';

/** The well-known key works only in development, for requests from this very machine. */
export function makeKeyFinder(
  mode: 'development' | 'production',
  accessKeys: Pick<AccessKeys, 'secretOf'>,
  log: Log,
): KeyFinder {
  const isForLocalKey = toldOfThisMachine((told) =>
    log.warn('local-key.refused', {
      ...told,
      fix: 'Ask http://localhost directly, or use a key of your own: poolhouse keys create.',
    }),
  );
  return {
    async find(id, request) {
      if (id !== LOCAL_KEY) return accessKeys.secretOf(id);
      if (mode !== 'development') return undefined;
      return (await isForLocalKey(request)) ? { secret: LOCAL_KEY } : undefined;
    },
  };
}
