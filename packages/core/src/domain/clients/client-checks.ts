import { knownAttribute, requiredNames } from '../attributes/attribute-schema.ts';
import { otherRegionOf } from '../arn-region.ts';
import type { Pool } from '../pools/pool.ts';
import { firstProblem, invalid, type SettingsProblem } from '../pools/settings-problem.ts';
import { OWN_USERS } from '../providers/identity-provider.ts';
import { settingsTexts } from '../settings-texts.ts';
import { SERVICE_ROLE } from './analytics.ts';
import { mixesFlowNames } from './auth-flow-permissions.ts';
import { clientSettings, type ChangeableClientSettings } from './client-settings.ts';
import { redirectUrlProblem } from './redirect-urls.ts';
import { tokenValidityProblem } from './token-validity.ts';

/** The errors with which an app client's settings may be refused. */
export type ClientSettingsError =
  | 'InvalidParameterException'
  | 'InvalidOAuthFlowException'
  | 'ScopeDoesNotExistException'
  | 'FeatureUnavailableInTierException';

/** What a request sets, for which pool, by which operation, and whether the client has a secret. */
export interface ClientSettingsRequest {
  readonly given: ChangeableClientSettings;
  readonly pool: Pool;
  readonly occasion: 'create' | 'update';
  readonly hasSecret: boolean;
  /** Those of the scopes that resource servers of the pool have. */
  readonly existingScopes: ReadonlySet<string>;
  /** Those of the identity providers that the pool has. */
  readonly existingProviders: ReadonlySet<string>;
}

type Problem = SettingsProblem<ClientSettingsError> | undefined;
type RequestCheck = (given: ChangeableClientSettings) => Problem;
type Check = (request: ClientSettingsRequest) => Problem;

/**
 * Why CreateUserPoolClient or UpdateUserPoolClient refuses a request regardless of its pool and client: this is reported before they are
 * looked up (settings.md 1). Source: settings.md 2.4.
 */
export function clientRequestProblem(given: ChangeableClientSettings): Problem {
  return firstProblem<ChangeableClientSettings, ClientSettingsError>(
    [flowNames, rotation, validity, redirects, analytics],
    given,
  );
}

/** Why the pool's app client may not have the settings. Source: settings.md 2.4. */
export function clientSettingsProblem(request: ClientSettingsRequest): Problem {
  return firstProblem<ClientSettingsRequest, ClientSettingsError>(
    [attributes, providers, oauth, scopes, context, analyticsRegion, tier],
    request,
  );
}

const flowNames: RequestCheck = (given) =>
  mixesFlowNames(given.ExplicitAuthFlows ?? []) ? invalid(settingsTexts.flowNamesMixed) : undefined;

/** Rotating clients can refresh only with GetTokensFromRefreshToken. Clients that name no flow may rotate all the same. */
const rotation: RequestCheck = (given) =>
  given.RefreshTokenRotation?.Feature === 'ENABLED' &&
  given.ExplicitAuthFlows?.includes('ALLOW_REFRESH_TOKEN_AUTH')
    ? invalid(settingsTexts.rotationWithRefreshFlow)
    : undefined;

const validity: RequestCheck = (given) => {
  const problem = tokenValidityProblem({ settings: clientSettings(given) });
  return problem === undefined ? undefined : invalid(problem);
};

const redirects: RequestCheck = ({ CallbackURLs = [], LogoutURLs = [], DefaultRedirectURI }) => {
  for (const url of [...CallbackURLs, ...LogoutURLs]) {
    const problem = redirectUrlProblem(url);
    if (problem !== undefined) return invalid(problem);
  }
  return DefaultRedirectURI !== undefined && !CallbackURLs.includes(DefaultRedirectURI)
    ? invalid(settingsTexts.defaultRedirectUnknown(DefaultRedirectURI))
    : undefined;
};

/** A role that the service itself adds to its answers may be sent back. */
const analytics: RequestCheck = ({ AnalyticsConfiguration }) => {
  const { ApplicationArn, ApplicationId, RoleArn, ExternalId } = AnalyticsConfiguration ?? {};
  const ownRole = RoleArn?.endsWith(`:role/${SERVICE_ROLE}`) ? undefined : RoleArn;
  const isById = [ApplicationId, ownRole, ExternalId].some((member) => member !== undefined);
  const isIncomplete = ApplicationId !== undefined && RoleArn === undefined;
  return (ApplicationArn !== undefined && isById) || isIncomplete
    ? invalid(settingsTexts.analyticsBothWays)
    : undefined;
};

/** The service's own marks are readable but never writable. */
const neverWritable: ReadonlySet<string> = new Set([
  'sub',
  'identities',
  'email_verified',
  'phone_number_verified',
]);

/** The writable attributes must include all that the pool requires, or nobody could sign up here. Source: settings.md 2.4. */
const attributes: Check = ({ given: { ReadAttributes, WriteAttributes }, pool, occasion }) => {
  const doing = occasion === 'create' ? 'creating' : 'updating';
  const unknown = (name: string) => knownAttribute(pool, name) === undefined;
  if (ReadAttributes?.some(unknown)) return invalid(settingsTexts.readAttributes(doing));
  if (WriteAttributes === undefined || WriteAttributes.length === 0) return undefined;
  const isWrong =
    WriteAttributes.some((name) => unknown(name) || neverWritable.has(name)) ||
    !requiredNames(pool).every((name) => WriteAttributes.includes(name));
  return isWrong ? invalid(settingsTexts.writeAttributes(doing)) : undefined;
};

/** The whole list is checked each time (federation-triggers.md 1.2). */
const providers: Check = ({ given, pool, existingProviders }) => {
  const unknown = given.SupportedIdentityProviders?.find(
    (name) => name !== OWN_USERS && !existingProviders.has(name),
  );
  return unknown === undefined
    ? undefined
    : invalid(settingsTexts.providerUnknown(unknown, pool.id));
};

/** Flows without AllowedOAuthFlowsUserPoolClient are stored but have no effect (behaviour.md 4.2). */
const oauth: Check = ({ given, hasSecret }) => {
  const { AllowedOAuthFlows: flows = [], AllowedOAuthScopes: asked = [] } = given;
  if (given.AllowedOAuthFlowsUserPoolClient && (flows.length === 0 || asked.length === 0)) {
    return invalid(settingsTexts.flowsAndScopesMissing);
  }
  const forMachines = flows.includes('client_credentials');
  if (forMachines && flows.some((flow) => flow !== 'client_credentials')) {
    return flowProblem(settingsTexts.machineFlowWithOthers);
  }
  if (forMachines && !hasSecret) return flowProblem(settingsTexts.machineFlowWithoutSecret);
  if (forMachines && asked.some((scope) => builtInScopes.has(scope))) {
    return flowProblem(settingsTexts.machineFlowScopes);
  }
  return given.AllowedOAuthFlowsUserPoolClient && !forMachines && !given.CallbackURLs?.length
    ? flowProblem(settingsTexts.callbacksMissing)
    : undefined;
};

/** Source: crossfeed #440, which shows the error's name. */
function flowProblem(message: string): SettingsProblem<ClientSettingsError> {
  return { code: 'InvalidOAuthFlowException', message };
}

const builtInScopes: ReadonlySet<string> = new Set([
  'phone',
  'email',
  'openid',
  'profile',
  'aws.cognito.signin.user.admin',
]);

/** Custom scopes belong to resource servers. */
const scopes: Check = ({ given, existingScopes }) => {
  const unknown = given.AllowedOAuthScopes?.find(
    (scope) => !builtInScopes.has(scope) && !existingScopes.has(scope),
  );
  return unknown === undefined
    ? undefined
    : { code: 'ScopeDoesNotExistException', message: settingsTexts.scopeUnknown(unknown) };
};

/** Source: SDK, EnablePropagateAdditionalUserContextData. */
const context: Check = ({ given, hasSecret }) =>
  given.EnablePropagateAdditionalUserContextData && !hasSecret
    ? invalid(settingsTexts.contextWithoutSecret)
    : undefined;

const analyticsRegion: Check = ({ given, pool }) => {
  const other = otherRegionOf(given.AnalyticsConfiguration?.ApplicationArn, pool.region);
  return other === undefined ? undefined : invalid(settingsTexts.analyticsElsewhere(other));
};

/** Source: behaviour.md 3.4, tier gate; settings.md 2.4. The name of choice-based sign-in is unsure. */
const tier: Check = ({ given, pool }) => {
  if (pool.settings.UserPoolTier !== 'LITE') return undefined;
  const features = [
    ...(given.ExplicitAuthFlows?.includes('ALLOW_USER_AUTH') ? ['Choice-Based Sign-In'] : []),
    ...(given.RefreshTokenRotation?.Feature === 'ENABLED' ? ['Refresh Token Rotation'] : []),
  ];
  return features.length === 0
    ? undefined
    : {
        code: 'FeatureUnavailableInTierException',
        message: settingsTexts.featuresAboveTier(pool.settings.UserPoolTier, features),
      };
};
