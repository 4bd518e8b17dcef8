import type { CreateUserPoolClientRequest } from '@poolhouse/model';
import type { ClientSettings } from './client.ts';

/** What both CreateUserPoolClient and UpdateUserPoolClient can set. */
export type ChangeableClientSettings = Omit<
  CreateUserPoolClientRequest,
  'UserPoolId' | 'ClientName' | 'GenerateSecret' | 'ClientSecret'
>;

/**
 * An app client's settings as they are stored: what the request omits gets the service's default, in updates too. Members without a default
 * stay absent, except rotation: if it was set once, omitting it turns it off. Source: behaviour.md 4.1; settings.md 4.3.
 */
export function clientSettings(
  given: ChangeableClientSettings,
  before?: ClientSettings,
): ClientSettings {
  const units = given.TokenValidityUnits ?? {};
  return {
    RefreshTokenValidity: given.RefreshTokenValidity || thirtyDays[units.RefreshToken ?? 'days'],
    AccessTokenValidity: given.AccessTokenValidity,
    IdTokenValidity: given.IdTokenValidity,
    TokenValidityUnits: units,
    ReadAttributes: filled(given.ReadAttributes),
    WriteAttributes: filled(given.WriteAttributes),
    ExplicitAuthFlows: filled(given.ExplicitAuthFlows),
    SupportedIdentityProviders: filled(given.SupportedIdentityProviders),
    CallbackURLs: filled(given.CallbackURLs),
    LogoutURLs: filled(given.LogoutURLs),
    DefaultRedirectURI: given.DefaultRedirectURI,
    AllowedOAuthFlows: filled(given.AllowedOAuthFlows),
    AllowedOAuthScopes: filled(given.AllowedOAuthScopes),
    AllowedOAuthFlowsUserPoolClient: given.AllowedOAuthFlowsUserPoolClient ?? false,
    AnalyticsConfiguration: given.AnalyticsConfiguration,
    PreventUserExistenceErrors: given.PreventUserExistenceErrors,
    EnableTokenRevocation: given.EnableTokenRevocation ?? true,
    EnablePropagateAdditionalUserContextData:
      given.EnablePropagateAdditionalUserContextData ?? false,
    AuthSessionValidity: given.AuthSessionValidity ?? 3,
    RefreshTokenRotation:
      given.RefreshTokenRotation ?? (before?.RefreshTokenRotation && { Feature: 'DISABLED' }),
    ClientType: 'REGULAR',
  };
}

/** Each item once; an empty list counts as none. */
function filled<Item>(items: readonly Item[] | undefined): readonly Item[] | undefined {
  return items === undefined || items.length === 0 ? undefined : [...new Set(items)];
}

/** The default of refresh tokens in each unit that the client may count in. */
const thirtyDays = { days: 30, hours: 720, minutes: 43_200, seconds: 2_592_000 } as const;
