import type { UserPoolClientDescription, UserPoolClientType } from '@poolhouse/model';
import { describedAnalytics } from './analytics.ts';
import type { Client } from './client.ts';

/**
 * An app client as its operations return it, with its newest secret if it has one. Lists that are sets are sorted. Source: behaviour.md
 * 4.1; settings.md 4.3.
 */
export function toUserPoolClientType(
  client: Client,
  secret: string | undefined,
  accountId: string,
): UserPoolClientType {
  const { settings } = client;
  return {
    ...settings,
    ReadAttributes: settings.ReadAttributes?.toSorted(),
    WriteAttributes: settings.WriteAttributes?.toSorted(),
    ExplicitAuthFlows: settings.ExplicitAuthFlows?.toSorted(),
    CallbackURLs: settings.CallbackURLs?.toSorted(),
    LogoutURLs: settings.LogoutURLs?.toSorted(),
    AllowedOAuthFlows: settings.AllowedOAuthFlows?.toSorted(),
    AllowedOAuthScopes: settings.AllowedOAuthScopes?.toSorted(),
    AnalyticsConfiguration: describedAnalytics(settings.AnalyticsConfiguration, accountId),
    RefreshTokenRotation: settings.RefreshTokenRotation && {
      RetryGracePeriodSeconds: 0,
      ...settings.RefreshTokenRotation,
    },
    UserPoolId: client.poolId,
    ClientId: client.id,
    ClientName: client.name,
    ClientSecret: secret,
    CreationDate: client.createdAtMs,
    LastModifiedDate: client.modifiedAtMs,
  };
}

/** An app client as ListUserPoolClients returns it, never with a secret. Source: behaviour.md 4.1. */
export function toUserPoolClientDescription(client: Client): UserPoolClientDescription {
  return { ClientId: client.id, UserPoolId: client.poolId, ClientName: client.name };
}
