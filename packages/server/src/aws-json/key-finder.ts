import type { Log } from '@poolhouse/core';
import type { AccessKeys } from '../access-keys/access-keys.ts';
import { toldOfThisMachine } from '../this-machine.ts';
import type { KeyFinder } from './signature.ts';

/** The id and the secret of the key that everybody knows. */
const LOCAL_KEY = 'local';

/** The key that everybody knows works in development only, for requests of this very machine. */
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
