import { messages } from '../domain/texts.ts';
import type { OperationContext } from '../operation.ts';
import type { SignedIn } from './authenticate.ts';

/**
 * Where the server wants it, refuses what adds or removes a way to sign in if the user's own sign-in is too long ago: whoever has a stolen
 * token then gets no way in of their own, and takes none away. The service has no such rule. Source: security.md 1, M05, P09; ADR 28.
 */
export function requireFreshSignIn(
  ctx: OperationContext<'NotAuthorizedException', never>,
  { authTimeMs }: Pick<SignedIn, 'authTimeMs'>,
): void {
  const { freshSignInMs } = ctx.world;
  if (freshSignInMs !== undefined && ctx.nowMs - authTimeMs > freshSignInMs) {
    ctx.fail('NotAuthorizedException', messages.signInTooOld);
  }
}
