import { createHmac } from 'node:crypto';
import type { Target } from './target.ts';

/** SECRET_HASH, where the target's app client has a secret. */
export function secretHashOf(
  target: Pick<Target, 'ClientId' | 'secret' | 'username'>,
  username = target.username,
): Readonly<Record<string, string>> {
  if (target.secret === undefined) return {};
  const mac = createHmac('sha256', target.secret).update(username + target.ClientId);
  return { SECRET_HASH: mac.digest('base64') };
}
