/** The members of the pool's API that the kit uses. Source: API model. */
export interface PoolOperations {
  SignUp: Call<
    {
      ClientId: string;
      Username: string;
      Password?: string;
      UserAttributes: readonly Attribute[];
    },
    {
      UserConfirmed?: boolean;
      UserSub: string;
      CodeDeliveryDetails?: CodeDelivery;
      Session?: string;
    }
  >;
  ConfirmSignUp: Call<
    { ClientId: string; Username: string; ConfirmationCode: string },
    { Session?: string }
  >;
  ResendConfirmationCode: Call<
    { ClientId: string; Username: string },
    { CodeDeliveryDetails?: CodeDelivery }
  >;
  InitiateAuth: Call<
    {
      ClientId: string;
      AuthFlow: string;
      AuthParameters: Readonly<Record<string, string>>;
      Session?: string;
    },
    AuthAnswer
  >;
  RespondToAuthChallenge: Call<
    {
      ClientId: string;
      ChallengeName: string;
      Session?: string;
      ChallengeResponses: Readonly<Record<string, string>>;
    },
    AuthAnswer
  >;
  GetTokensFromRefreshToken: Call<
    { ClientId: string; RefreshToken: string; DeviceKey?: string },
    { AuthenticationResult?: AuthenticationResult }
  >;
  ForgotPassword: Call<
    { ClientId: string; Username: string },
    { CodeDeliveryDetails?: CodeDelivery }
  >;
  ConfirmForgotPassword: Call<{
    ClientId: string;
    Username: string;
    ConfirmationCode: string;
    Password: string;
  }>;
  ChangePassword: Call<{ AccessToken: string; PreviousPassword: string; ProposedPassword: string }>;
  AssociateSoftwareToken: Call<
    { AccessToken: string } | { Session: string },
    { SecretCode: string; Session?: string }
  >;
  VerifySoftwareToken: Call<
    ({ AccessToken: string } | { Session: string }) & {
      UserCode: string;
      FriendlyDeviceName?: string;
    },
    { Status?: string; Session?: string }
  >;
  SetUserMFAPreference: Call<{
    AccessToken: string;
    SMSMfaSettings?: FactorSettings;
    SoftwareTokenMfaSettings?: FactorSettings;
    EmailMfaSettings?: FactorSettings;
  }>;
  GetUser: Call<
    { AccessToken: string },
    {
      Username: string;
      UserAttributes?: Attribute[];
      UserMFASettingList?: string[];
      PreferredMfaSetting?: string;
    }
  >;
  UpdateUserAttributes: Call<
    { AccessToken: string; UserAttributes: readonly Attribute[] },
    { CodeDeliveryDetailsList?: CodeDelivery[] }
  >;
  GetUserAttributeVerificationCode: Call<
    { AccessToken: string; AttributeName: string },
    { CodeDeliveryDetails?: CodeDelivery }
  >;
  VerifyUserAttribute: Call<{ AccessToken: string; AttributeName: string; Code: string }>;
  StartWebAuthnRegistration: Call<{ AccessToken: string }, { CredentialCreationOptions: unknown }>;
  CompleteWebAuthnRegistration: Call<{ AccessToken: string; Credential: object }>;
  ListWebAuthnCredentials: Call<
    { AccessToken: string; NextToken?: string },
    { Credentials: readonly WebAuthnCredential[]; NextToken?: string }
  >;
  DeleteWebAuthnCredential: Call<{ AccessToken: string; CredentialId: string }>;
  ListUserSessions: Call<
    { AccessToken: string; NextToken?: string },
    { Sessions?: readonly UserSession[]; NextToken?: string }
  >;
  RevokeUserSession: Call<{ AccessToken: string; SessionId: string }>;
  ConfirmDevice: Call<
    {
      AccessToken: string;
      DeviceKey: string;
      DeviceName?: string;
      DeviceSecretVerifierConfig: { readonly Salt: string; readonly PasswordVerifier: string };
    },
    { UserConfirmationNecessary?: boolean }
  >;
  ListDevices: Call<
    { AccessToken: string; PaginationToken?: string },
    { Devices?: readonly UserDevice[]; PaginationToken?: string }
  >;
  UpdateDeviceStatus: Call<{
    AccessToken: string;
    DeviceKey: string;
    DeviceRememberedStatus: 'remembered' | 'not_remembered';
  }>;
  ForgetDevice: Call<{ AccessToken: string; DeviceKey: string }>;
  RevokeToken: Call<{ ClientId: string; Token: string }>;
  GlobalSignOut: Call<{ AccessToken: string }>;
}

/** The name of an operation that the kit calls. */
export type PoolOperation = keyof PoolOperations;

/** Operations that a signed-in person calls. */
export type SignedInOperation = {
  [Name in PoolOperation]: [ByToken<Name>] extends [never] ? never : Name;
}[PoolOperation];

/** What such an operation is given beside the access token. */
export type SignedInInput<Name extends PoolOperation> = Omit<ByToken<Name>, 'AccessToken'>;

/** What such an operation answers. */
export type SignedInOutput<Name extends PoolOperation> = PoolOperations[Name]['output'];

type ByToken<Name extends PoolOperation> = Extract<
  PoolOperations[Name]['input'],
  { AccessToken: string }
>;

interface Call<Input, Output = object> {
  readonly input: Input;
  readonly output: Output;
}

/** An attribute of a user. */
export interface Attribute {
  readonly Name: string;
  readonly Value?: string;
}

/** Whether a second factor is on, and asked for before the others. */
export interface FactorSettings {
  readonly Enabled: boolean;
  readonly PreferredMfa?: boolean;
}

/** A passkey of the person. */
export interface WebAuthnCredential {
  readonly CredentialId: string;
  readonly FriendlyCredentialName: string;
  readonly RelyingPartyId: string;
  readonly AuthenticatorAttachment?: string;
  readonly AuthenticatorTransports?: readonly string[];
  /** Seconds. */
  readonly CreatedAt: number;
}

/** A session of the person. */
export interface UserSession {
  readonly SessionId: string;
  /** Seconds, as the other one. */
  readonly CreateDate?: number;
  readonly LastActiveDate?: number;
  readonly DeviceType?: string;
  readonly LastIPAddress?: string;
  readonly IsCurrentSession?: boolean;
}

/** A device that the person has signed in on. */
export interface UserDevice {
  readonly DeviceKey: string;
  readonly DeviceAttributes?: readonly Attribute[];
  /** Seconds, as the other one. */
  readonly DeviceCreateDate?: number;
  readonly DeviceLastAuthenticatedDate?: number;
}

/** Where a code went. */
export interface CodeDelivery {
  readonly Destination?: string;
  readonly DeliveryMedium?: string;
  readonly AttributeName?: string;
}

/** Tokens. */
export interface AuthenticationResult {
  readonly AccessToken: string;
  readonly IdToken?: string;
  readonly RefreshToken?: string;
  /** In pools with devices: this one, which is new. */
  readonly NewDeviceMetadata?: { readonly DeviceKey?: string; readonly DeviceGroupKey?: string };
  /** Seconds. */
  readonly ExpiresIn?: number;
}

/** Tokens, or the next thing to prove. */
export interface AuthAnswer {
  readonly AuthenticationResult?: AuthenticationResult;
  readonly ChallengeName?: string;
  readonly Session?: string;
  readonly ChallengeParameters?: Readonly<Record<string, string>>;
  /** What a person can choose from; also beside a challenge that was chosen. Source: settings.md 8#1. */
  readonly AvailableChallenges?: readonly string[];
}
