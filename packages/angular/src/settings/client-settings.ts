import type {
  AttributeName,
  PasswordPolicy,
  SignInName,
  SignUpField,
} from '../config/screens-config';
import type { PoolhouseConfig } from '../config/poolhouse-config';

/** What counts for sign-up and sign-in at this app client. */
export interface ClientSettings {
  readonly signInNames: readonly SignInName[];
  /** Absent where nobody told it; then the pool alone says what is missing. */
  readonly passwordPolicy: PasswordPolicy | undefined;
  /** Whether people may create accounts themselves. */
  readonly signUpOpen: boolean;
  readonly signUpAttributes: readonly (AttributeName | SignUpField)[];
  readonly signUpVerification: 'code' | 'link';
  /** `choice` where people choose how they prove who they are. */
  readonly signInFlow: 'srp' | 'password' | 'choice';
  /** Whether an account has a password; without one, people sign in with codes and passkeys. */
  readonly signUpPassword: 'required' | 'optional' | 'none';
  /** Whether a mail that stands in place of the password has a link beside its code. */
  readonly signInLinks: boolean;
  /** The addresses that people may change; undefined where nobody told it. */
  readonly changeableAddresses: readonly ('email' | 'phone_number')[] | undefined;
}

/** What a pool of Poolhouse tells everybody of an app client. */
export interface ToldSettings {
  readonly signInNames: readonly SignInName[];
  readonly signUp: {
    readonly open: boolean;
    readonly requiredAttributes: readonly AttributeName[];
    readonly verifiedAttributes: readonly ('email' | 'phone_number')[];
    readonly verification: 'code' | 'link';
  };
  readonly passwordPolicy: Required<PasswordPolicy>;
  readonly authFlows: readonly string[];
  /** Absent from pools that know nothing of it yet, as the next one. */
  readonly signInLinks?: boolean;
  readonly changeableAddresses?: readonly ('email' | 'phone_number')[];
}

/**
 * Joins what the application is configured with and what the pool told: the application chooses among what the pool allows, and what only
 * the pool can know is the pool's. Without the pool's word the configuration counts, then what most pools are set to.
 */
export function clientSettings(
  config: Partial<PoolhouseConfig>,
  told: ToldSettings | null,
): ClientSettings {
  const { signInNames, signUp = {}, signInFlow = 'srp' } = config;
  if (told === null) {
    return {
      signInNames: signInNames ?? ['username'],
      passwordPolicy: config.passwordPolicy,
      signUpOpen: signUp.open ?? true,
      signUpAttributes: signUp.attributes ?? ['email'],
      signUpVerification: config.signUpVerification ?? 'code',
      signInFlow,
      signUpPassword: passwordOf(signUp, signInFlow),
      signInLinks: false,
      changeableAddresses: undefined,
    };
  }
  const isAllowed = signInNames?.every((name) => told.signInNames.includes(name));
  const flow = flowOf(signInFlow, told);
  return {
    signInNames: isAllowed ? (signInNames ?? []) : told.signInNames,
    passwordPolicy: told.passwordPolicy,
    signUpOpen: told.signUp.open && signUp.open !== false,
    signUpAttributes: withNeeded(signUp.attributes ?? [], told),
    signUpVerification: told.signUp.verification,
    signInFlow: flow,
    signUpPassword: passwordOf(signUp, flow),
    signInLinks: told.signInLinks ?? false,
    changeableAddresses: told.changeableAddresses,
  };
}

/** What the application asks for, after what nobody is created or confirmed without. */
function withNeeded(
  asked: readonly (AttributeName | SignUpField)[],
  { signUp: { requiredAttributes, verifiedAttributes } }: ToldSettings,
): readonly (AttributeName | SignUpField)[] {
  const names = asked.map((entry) => (typeof entry === 'string' ? entry : entry.name));
  const given: readonly string[] = [...names, ...requiredAttributes];
  const address = verifiedAttributes.some((name) => given.includes(name))
    ? []
    : verifiedAttributes.slice(0, 1);
  const needed = [...address, ...requiredAttributes].filter((name) => !names.includes(name));
  return [...needed, ...asked];
}

/** Who could not sign in without a password needs one. */
function passwordOf(
  signUp: NonNullable<PoolhouseConfig['signUp']>,
  flow: ClientSettings['signInFlow'],
): ClientSettings['signUpPassword'] {
  return flow === 'choice' ? (signUp.password ?? 'required') : 'required';
}

function flowOf(
  wanted: ClientSettings['signInFlow'],
  { authFlows }: Pick<ToldSettings, 'authFlows'>,
): ClientSettings['signInFlow'] {
  if (wanted === 'choice') {
    return authFlows.includes('ALLOW_USER_AUTH') ? 'choice' : flowOf('srp', { authFlows });
  }
  const allows = {
    srp: authFlows.includes('ALLOW_USER_SRP_AUTH'),
    password: authFlows.includes('ALLOW_USER_PASSWORD_AUTH'),
  };
  const other = wanted === 'srp' ? 'password' : 'srp';
  if (!allows[wanted] && allows[other]) return other;
  return !allows[wanted] && authFlows.includes('ALLOW_USER_AUTH') ? 'choice' : wanted;
}
