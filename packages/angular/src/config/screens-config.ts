/** The attributes that every Cognito user pool has and people can fill in themselves. Source: OpenID Connect Core 5.1. */
export type StandardAttribute =
  | 'address'
  | 'birthdate'
  | 'email'
  | 'family_name'
  | 'gender'
  | 'given_name'
  | 'locale'
  | 'middle_name'
  | 'name'
  | 'nickname'
  | 'phone_number'
  | 'picture'
  | 'preferred_username'
  | 'profile'
  | 'website'
  | 'zoneinfo';

/** The name of an attribute, standard or of the pool's own schema. */
export type AttributeName = StandardAttribute | `custom:${string}`;

/** One field of the sign-up screen; what is left out follows from the attribute's name. */
export interface SignUpField {
  readonly name: AttributeName;
  readonly label?: string;
  /** Shown below the field before anything is wrong. */
  readonly help?: string;
  /** Default: true. */
  readonly required?: boolean;
  readonly type?: 'text' | 'email' | 'tel' | 'url' | 'date' | 'number';
  /** The value of the `autocomplete` attribute. Source: HTML Standard, autofill field names. */
  readonly autocomplete?: string;
  /** Shortest and longest value, in characters. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** The choices, when there are few: `{ value, label }` each. */
  readonly options?: readonly { value: string; label: string }[];
}

/** What people may type to sign in. Without `username`, the email address or phone number itself is the user name. */
export type SignInName = 'username' | 'email' | 'phone_number' | 'preferred_username';

/** The pool's password policy as a public client has to be told it; the defaults of its members are Cognito's. */
export interface PasswordPolicy {
  /** Default: 8. */
  readonly minimumLength?: number;
  readonly requireLowercase?: boolean;
  readonly requireUppercase?: boolean;
  readonly requireNumbers?: boolean;
  readonly requireSymbols?: boolean;
}

/**
 * What the ready-made screens must know about the pool. A pool of Poolhouse tells it where an `endpoint` is configured; then what stands
 * here only chooses among what the pool allows. Amazon Cognito tells nothing: there it is said here once, and the service still has the
 * last word.
 */
export interface ScreensConfig {
  /** Default: all that the pool knows; at Amazon Cognito `['username']`. */
  readonly signInNames?: readonly SignInName[];
  /** At Amazon Cognito only. Left out, no rule is shown, and the pool says what is missing. */
  readonly passwordPolicy?: PasswordPolicy | undefined;
  readonly signUp?: {
    /**
     * Asked at sign-up, in this order; a bare name is a required one. Default at Amazon Cognito: `['email']`. What Poolhouse says it needs
     * is asked for in any case, and without this nothing else.
     */
    readonly attributes?: readonly (AttributeName | SignUpField)[];
    /** Whether people may create accounts themselves. Default: where the pool says so; at Amazon Cognito true. */
    readonly open?: boolean;
    /** Whether people choose a password, with the flow `choice` and where the pool has accounts without one. Default: `required`. */
    readonly password?: 'required' | 'optional' | 'none';
  };
}
