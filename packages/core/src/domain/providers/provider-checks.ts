import type { IdentityProviderTypeType } from '@poolhouse/model';
import { knownAttribute } from '../attributes/attribute-schema.ts';
import type { Pool } from '../pools/pool.ts';
import { firstProblem, invalid, type SettingsProblem } from '../pools/settings-problem.ts';
import { settingsTexts } from '../settings-texts.ts';
import { OWN_USERS, type ProviderDetails } from './identity-provider.ts';

/** A provider as a request would make it. */
export interface ProviderRequest {
  readonly pool: Pool;
  readonly name: string;
  readonly type: IdentityProviderTypeType;
  readonly details: ProviderDetails;
  readonly attributeMapping: Readonly<Record<string, string>>;
  readonly acrMapping?: Readonly<Record<string, string>> | undefined;
}

type Check = (request: ProviderRequest) => SettingsProblem | undefined;

/** Why the pool may not have the provider. Source: settings.md 2.5; federation-triggers.md 1.3. */
export function providerProblem(request: ProviderRequest): SettingsProblem | undefined {
  return firstProblem([nameOfType, required, metadata, issuer, method, mapping, levels], request);
}

/** There is one of each of these, named like its type. */
const social: ReadonlySet<string> = new Set<IdentityProviderTypeType>([
  'Google',
  'Facebook',
  'LoginWithAmazon',
  'SignInWithApple',
]);

/** No other provider has such a name, nor the name of the pool's own users (unsure). */
const nameOfType: Check = ({ name, type }) => {
  const isOfType = social.has(type) ? name === type : !social.has(name);
  return isOfType && name.toUpperCase() !== OWN_USERS
    ? undefined
    : invalid(settingsTexts.providerOfOtherType(name, type));
};

const oauth = {
  names: ['client_id', 'client_secret', 'authorize_scopes'],
  text: settingsTexts.socialDetails,
} as const;

const requiredDetails: Readonly<
  Record<IdentityProviderTypeType, { readonly names: readonly string[]; readonly text: string }>
> = {
  Google: oauth,
  Facebook: oauth,
  LoginWithAmazon: oauth,
  SignInWithApple: {
    names: ['client_id', 'team_id', 'key_id', 'private_key'],
    text: settingsTexts.appleDetails,
  },
  OIDC: {
    names: ['client_id', 'authorize_scopes', 'oidc_issuer', 'attributes_request_method'],
    text: settingsTexts.oidcDetails,
  },
  SAML: { names: [], text: '' },
};

const required: Check = ({ type, details }) => {
  const { names, text } = requiredDetails[type];
  return names.every((name) => details[name]) ? undefined : invalid(text);
};

const metadata: Check = ({ type, details }) => {
  if (type !== 'SAML') return undefined;
  const given = [details['MetadataURL'], details['MetadataFile']].filter(Boolean);
  if (given.length === 0) return invalid(settingsTexts.metadataMissing);
  return given.length > 1 ? invalid(settingsTexts.metadataTwice) : undefined;
};

const issuer: Check = ({ type, details }) =>
  type !== 'OIDC' || details['oidc_issuer']?.startsWith('https://')
    ? undefined
    : invalid(settingsTexts.issuerNotSecure);

const method: Check = ({ type, details }) => {
  const asked = details['attributes_request_method'] ?? '';
  return type !== 'OIDC' || asked === 'GET' || asked === 'POST'
    ? undefined
    : invalid(settingsTexts.attributesMethod(asked));
};

/** A provider may give any attribute of the schema except those that the pool itself makes. */
const mapping: Check = ({ pool, attributeMapping }) => {
  const wrong = Object.keys(attributeMapping).filter(
    (name) =>
      name !== 'username' &&
      (name === 'sub' || name === 'identities' || knownAttribute(pool, name) === undefined),
  );
  return wrong.length === 0 ? undefined : invalid(settingsTexts.mappingInvalid(wrong));
};

const LEVELS: ReadonlySet<string> = new Set(['Level1', 'Level2', 'Level3', 'Level4']);

/** Source: SDK, AcrMapping. */
const levels: Check = ({ type, acrMapping = {} }) => {
  const names = Object.keys(acrMapping);
  if (names.length === 0) return undefined;
  if (type !== 'OIDC') return invalid(settingsTexts.levelsNotOidc);
  return names.every((name) => LEVELS.has(name)) ? undefined : invalid(settingsTexts.levelsInvalid);
};
