import type {
  ManagedLoginBrandingType,
  SetLogDeliveryConfigurationRequest,
  SetRiskConfigurationRequest,
  SetUserPoolClientSessionConfigurationRequest,
  SetUserPoolMfaConfigRequest,
  SetUserPoolSessionConfigurationRequest,
  UICustomizationType,
} from '@poolhouse/model';
import type { ClientId, PoolId } from '../ids.ts';

/**
 * What operations of their own set for a pool, or for one of its app clients, and UpdateUserPool does not: by kind, in the API's own
 * shapes. Pictures stand elsewhere. None of it is secret; a kind that will hold a secret seals that member (ADR 27).
 */
export interface ConfigurationValues {
  /** But for what UpdateUserPool sets too: whether factors are asked for, and how text messages are sent. */
  readonly mfa: Pick<
    SetUserPoolMfaConfigRequest,
    'SoftwareTokenMfaConfiguration' | 'EmailMfaConfiguration' | 'WebAuthnConfiguration'
  >;
  /** Of the pool, or of an app client instead of it. */
  readonly risk: Omit<SetRiskConfigurationRequest, 'UserPoolId' | 'ClientId'>;
  readonly 'log-delivery': Omit<SetLogDeliveryConfigurationRequest, 'UserPoolId'>;
  /** Classic login pages: of the pool, or of an app client instead of it. */
  readonly 'ui-customization': Pick<
    UICustomizationType,
    'CSS' | 'CSSVersion' | 'ImageUrl' | 'CreationDate'
  >;
  /** Managed login pages of an app client. */
  readonly 'managed-login': Pick<
    ManagedLoginBrandingType,
    'ManagedLoginBrandingId' | 'UseCognitoProvidedValues' | 'Settings' | 'CreationDate'
  >;
  readonly sessions: Omit<SetUserPoolSessionConfigurationRequest, 'UserPoolId'>;
  readonly 'client-sessions': Omit<
    SetUserPoolClientSessionConfigurationRequest,
    'UserPoolId' | 'ClientId'
  >;
}

/** A kind of configuration. */
export type ConfigurationKind = keyof ConfigurationValues;

/** Which configuration. */
export interface ConfigurationPlace<Kind extends ConfigurationKind = ConfigurationKind> {
  readonly poolId: PoolId;
  readonly kind: Kind;
  /** Absent for the pool's own. */
  readonly clientId?: ClientId;
}

/** A configuration as it is stored. */
export interface PoolConfiguration<
  Kind extends ConfigurationKind = ConfigurationKind,
> extends ConfigurationPlace<Kind> {
  readonly value: ConfigurationValues[Kind];
  readonly modifiedAtMs: number;
}
