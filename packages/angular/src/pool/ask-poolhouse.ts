import { apiUrl, type PoolhouseConfig } from '../config/poolhouse-config';

/**
 * Asks a pool for what only Poolhouse has, at the app client's address. Null where nothing of the kind is there, for what listens at the
 * endpoint may be something else; an error where the pool cannot be asked just now.
 */
export async function askPoolhouse(
  config: PoolhouseConfig,
  what: 'settings' | 'confirmation',
  { withinMs, ...request }: RequestInit & { readonly withinMs: number },
): Promise<unknown> {
  const { userPoolId, clientId } = config;
  const response = await fetch(`${apiUrl(config)}${userPoolId}/clients/${clientId}/${what}`, {
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(withinMs),
    ...request,
  });
  if (response.status >= 500 || response.status === 429) throw new Error('no answer now');
  return response.ok ? response.json().catch(() => null) : null;
}
