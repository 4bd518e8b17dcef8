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
  readonly signInFlow: 'srp' | 'password';
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
    };
  }
  const isAllowed = signInNames?.every((name) => told.signInNames.includes(name));
  return {
    signInNames: isAllowed ? (signInNames ?? []) : told.signInNames,
    passwordPolicy: told.passwordPolicy,
    signUpOpen: told.signUp.open && signUp.open !== false,
    signUpAttributes: withNeeded(signUp.attributes ?? [], told),
    signUpVerification: told.signUp.verification,
    signInFlow: flowOf(signInFlow, told),
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

function flowOf(wanted: 'srp' | 'password', { authFlows }: ToldSettings): 'srp' | 'password' {
  const allows = {
    srp: authFlows.includes('ALLOW_USER_SRP_AUTH'),
    password: authFlows.includes('ALLOW_USER_PASSWORD_AUTH'),
  };
  const other = wanted === 'srp' ? 'password' : 'srp';
  return !allows[wanted] && allows[other] ? other : wanted;
}
