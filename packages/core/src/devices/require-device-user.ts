import { messages } from '../domain/texts.ts';
import type { OperationContext } from '../operation.ts';
import { requireSignedIn, type SignedIn } from '../tokens/authenticate.ts';

/** The signed-in user, where the model says that the token may be missing, and nothing could be done without it. Source: behaviour.md 1.2. */
export async function requireDeviceUser(
  ctx: OperationContext<'NotAuthorizedException', 'pools' | 'clients' | 'users' | 'sessions'>,
  accessToken: string | undefined,
): Promise<SignedIn> {
  return requireSignedIn(
    ctx,
    accessToken ?? ctx.fail('NotAuthorizedException', messages.accessTokenInvalid),
  );
}
