import { knownAttribute } from '../attributes/attribute-schema.ts';
import { mixesFlowNames } from './auth-flow-permissions.ts';
import { clientSettings, type ChangeableClientSettings } from './client-settings.ts';
import type { Pool } from '../pools/pool.ts';
import { redirectUrlProblem } from './redirect-urls.ts';
import { firstProblem, invalid, type SettingsProblem } from '../pools/settings-problem.ts';
import { messages } from '../texts.ts';
import { tokenValidityProblem } from './token-validity.ts';

/** The errors that an app client's settings may be refused with. */
export type ClientSettingsError =
  | 'InvalidParameterException'
  | 'InvalidOAuthFlowException'
  | 'ScopeDoesNotExistException'
  | 'FeatureUnavailableInTierException';

/** What a request sets, for which pool, and whether the client has a secret. */
export interface ClientSettingsRequest {
  readonly given: ChangeableClientSettings;
  readonly pool: Pool;
  readonly hasSecret: boolean;
}

type Check = (request: ClientSettingsRequest) => SettingsProblem<ClientSettingsError> | undefined;

/** Why CreateUserPoolClient or UpdateUserPoolClient refuses the settings. Texts without a source in behaviour.md are unsure. */
export function clientSettingsProblem(
  request: ClientSettingsRequest,
): SettingsProblem<ClientSettingsError> | undefined {
  return firstProblem<ClientSettingsRequest, ClientSettingsError>(
    [flowNames, rotation, validity, attributes, providers, redirects, oauth, scopes, context, tier],
    request,
  );
}

const flowNames: Check = ({ given }) =>
  mixesFlowNames(given.ExplicitAuthFlows ?? [])
    ? invalid('ExplicitAuthFlows cannot mix values that start with ALLOW_ with values that do not.')
    : undefined;

/** Rotating clients refresh with GetTokensFromRefreshToken alone. Source: behaviour.md 4.2. */
const rotation: Check = ({ given }) =>
  given.RefreshTokenRotation?.Feature === 'ENABLED' &&
  given.ExplicitAuthFlows?.includes('ALLOW_REFRESH_TOKEN_AUTH')
    ? invalid('Refresh token rotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.')
    : undefined;

const validity: Check = ({ given }) => {
  const problem = tokenValidityProblem({ settings: clientSettings(given) });
  return problem === undefined ? undefined : invalid(problem);
};

/** The service's own marks are readable but never writable. */
const neverWritable: ReadonlySet<string> = new Set([
  'sub',
  'email_verified',
  'phone_number_verified',
]);

const attributes: Check = ({ given, pool }) => {
  const unknown = (name: string) => knownAttribute(pool, name) === undefined;
  if (given.ReadAttributes?.some(unknown)) {
    return invalid('Invalid read attributes specified while creating a client');
  }
  return given.WriteAttributes?.some((name) => unknown(name) || neverWritable.has(name))
    ? invalid('Invalid write attributes specified while creating a client')
    : undefined;
};

/** Source: behaviour.md 4.2. The pool's own users are the only provider until others can be made. */
const providers: Check = ({ given, pool }) => {
  const unknown = given.SupportedIdentityProviders?.find((name) => name !== 'COGNITO');
  return unknown === undefined
    ? undefined
    : invalid(`The provider ${unknown} does not exist for User Pool ${pool.id}.`);
};

const redirects: Check = ({ given }) => {
  const { CallbackURLs = [], LogoutURLs = [], DefaultRedirectURI } = given;
  for (const url of [...CallbackURLs, ...LogoutURLs]) {
    const problem = redirectUrlProblem(url);
    if (problem !== undefined) return invalid(problem);
  }
  return DefaultRedirectURI !== undefined && !CallbackURLs.includes(DefaultRedirectURI)
    ? invalid('DefaultRedirectURI must be one of the CallbackURLs.')
    : undefined;
};

/** Flows without AllowedOAuthFlowsUserPoolClient are kept but do nothing (behaviour.md 4.2). */
const oauth: Check = ({ given, hasSecret }) => {
  const { AllowedOAuthFlows: flows = [], AllowedOAuthScopes: asked = [] } = given;
  if (given.AllowedOAuthFlowsUserPoolClient && (flows.length === 0 || asked.length === 0)) {
    return invalid(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    );
  }
  const forMachines = flows.includes('client_credentials');
  if (forMachines && flows.some((flow) => flow !== 'client_credentials')) {
    return flowProblem(
      'client_credentials flow can not be selected along with code flow or implicit flow.',
    );
  }
  if (forMachines && !hasSecret) {
    return flowProblem(
      'client_credentials flow can not be selected if client does not have a client secret.',
    );
  }
  if (forMachines && asked.some((scope) => builtInScopes.has(scope))) {
    return flowProblem('client_credentials flow can only be used with custom scopes.');
  }
  return given.AllowedOAuthFlowsUserPoolClient && !forMachines && !given.CallbackURLs?.length
    ? flowProblem('code flow and implicit flow need at least one of CallbackURLs.')
    : undefined;
};

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

/** Custom scopes belong to resource servers; a pool without any has the built-in ones alone. */
const scopes: Check = ({ given }) => {
  const unknown = given.AllowedOAuthScopes?.find((scope) => !builtInScopes.has(scope));
  return unknown === undefined
    ? undefined
    : { code: 'ScopeDoesNotExistException', message: `Invalid scope requested: ${unknown}` };
};

/** Source: SDK, EnablePropagateAdditionalUserContextData. */
const context: Check = ({ given, hasSecret }) =>
  given.EnablePropagateAdditionalUserContextData && !hasSecret
    ? invalid(
        'EnablePropagateAdditionalUserContextData can only be activated in an app client that has a client secret.',
      )
    : undefined;

/** Source: behaviour.md 3.4, tier gate. */
const tier: Check = ({ given, pool }) =>
  pool.settings.UserPoolTier === 'LITE' && given.ExplicitAuthFlows?.includes('ALLOW_USER_AUTH')
    ? {
        code: 'FeatureUnavailableInTierException',
        message: messages.tierTooLow('USER_AUTH', pool.settings.UserPoolTier),
      }
    : undefined;
