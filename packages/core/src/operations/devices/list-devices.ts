import { listDevices as list } from '../../devices/own-devices.ts';
import { operation } from '../../operation.ts';
import { requireSignedIn } from '../../tokens/authenticate.ts';

/** Lists the devices of the signed-in user. Source: API model, ListDevices; settings.md 10#3. */
export const listDevices = operation('ListDevices', {
  needs: ['pools', 'clients', 'users', 'sessions', 'devices'],
  async run(ctx, { AccessToken, Limit: limit, PaginationToken: token }) {
    const { pool, user } = await requireSignedIn(ctx, AccessToken);
    return list(ctx, { operation: 'ListDevices', pool, user, limit, token });
  },
});
