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
 * What operations of their own set for a pool, or for one of its app clients, but UpdateUserPool does not: by kind, in the API's own
 * shapes. Pictures are stored elsewhere. None of it is secret; a kind that comes to hold a secret must seal that member (ADR 27).
 */
export interface ConfigurationValues {
  /**
   * Without what UpdateUserPool also sets: whether factors are required, and how text messages are sent. That they are a factor is an empty
   * `SmsMfaConfiguration`.
   */
  readonly mfa: Pick<
    SetUserPoolMfaConfigRequest,
    'SoftwareTokenMfaConfiguration' | 'EmailMfaConfiguration' | 'WebAuthnConfiguration'
  > & { readonly SmsMfaConfiguration?: Readonly<Record<string, never>> };
  /** For the pool, or for an app client instead. */
  readonly risk: Omit<SetRiskConfigurationRequest, 'UserPoolId' | 'ClientId'>;
  readonly 'log-delivery': Omit<SetLogDeliveryConfigurationRequest, 'UserPoolId'>;
  /** Classic login pages, for the pool or for an app client instead. */
  readonly 'ui-customization': Pick<
    UICustomizationType,
    'CSS' | 'CSSVersion' | 'ImageUrl' | 'CreationDate'
  >;
  /** Managed login pages of an app client. */
  readonly 'managed-login': Pick<
    ManagedLoginBrandingType,
    'ManagedLoginBrandingId' | 'UseCognitoProvidedValues' | 'Settings' | 'CreationDate'
  >;
  /** Ours: whether users are told when what they sign in with changes; they are where nothing is set (ADR 34). */
  readonly notices: { readonly FactorChanges: 'ENABLED' | 'DISABLED' };
  /**
   * Ours: how the passwords of the last import are hashed, as a hash of nothing, and which share of the users came with one: as many strangers are
   * checked as slowly (simulated-hash.ts).
   */
  readonly 'imported-passwords': { readonly Like: string; readonly Share: number };
  /** Ours: whether mails of a first factor have a link beside their code, and their texts then (ADR 29). */
  readonly 'sign-in-links': {
    readonly Enabled: boolean;
    readonly EmailSubject?: string;
    /** Has the code (`{####}`) and the link (`{##words##}`). */
    readonly EmailMessage?: string;
  };
  readonly sessions: Omit<SetUserPoolSessionConfigurationRequest, 'UserPoolId'>;
  readonly 'client-sessions': Omit<
    SetUserPoolClientSessionConfigurationRequest,
    'UserPoolId' | 'ClientId'
  >;
}

/** A kind of configuration. */
export type ConfigurationKind = keyof ConfigurationValues;

/** Identifies a configuration. */
export interface ConfigurationPlace<Kind extends ConfigurationKind = ConfigurationKind> {
  readonly poolId: PoolId;
  readonly kind: Kind;
  /** Absent for the pool's own configuration. */
  readonly clientId?: ClientId;
}

/** A configuration as it is stored. */
export interface PoolConfiguration<
  Kind extends ConfigurationKind = ConfigurationKind,
> extends ConfigurationPlace<Kind> {
  readonly value: ConfigurationValues[Kind];
  readonly modifiedAtMs: number;
}
