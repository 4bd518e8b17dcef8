import type { CreateUserPoolClientRequest, ExplicitAuthFlowsType } from '@poolhouse/model';
import { readableOf, writableOf } from './attributes.ts';
import type { Choices } from './choices.ts';
import { defined } from './pool-input.ts';

/** How long a refresh token that was exchanged still works, for answers that got lost. Source: security.md 1, C5. */
const GRACE_SECONDS = 60;

/** CreateUserPoolClient's input for the choices. */
export function clientInput(choices: Choices, poolId: string): CreateUserPoolClientRequest {
  return defined({
    UserPoolId: poolId,
    ClientName: choices.clientName.trim(),
    GenerateSecret: choices.secret,
    ExplicitAuthFlows: flowsOf(choices),
    PreventUserExistenceErrors: choices.hideUsers ? ('ENABLED' as const) : ('LEGACY' as const),
    AccessTokenValidity: choices.accessMinutes,
    IdTokenValidity: choices.idMinutes,
    RefreshTokenValidity: choices.refreshDays,
    TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
    RefreshTokenRotation: choices.rotation
      ? { Feature: 'ENABLED', RetryGracePeriodSeconds: GRACE_SECONDS }
      : undefined,
    ReadAttributes: readableOf(choices),
    WriteAttributes: writableOf(choices),
    CallbackURLs: choices.returnUrl ? [choices.returnUrl] : undefined,
    DefaultRedirectURI: choices.returnUrl || undefined,
  });
}

/** Clients that rotate refresh by an operation of its own; the flow would be refused beside it. Source: behaviour.md 4.2. */
function flowsOf({ srp, password, adminPassword, rotation }: Choices) {
  const flows: ExplicitAuthFlowsType[] = [];
  if (srp) flows.push('ALLOW_USER_SRP_AUTH');
  if (password) flows.push('ALLOW_USER_PASSWORD_AUTH');
  if (adminPassword) flows.push('ALLOW_ADMIN_USER_PASSWORD_AUTH');
  if (!rotation) flows.push('ALLOW_REFRESH_TOKEN_AUTH');
  return flows;
}
