import type { LambdaConfigType } from '@poolhouse/model';
import type { Pool } from './pool.ts';

/** A function of the pool's owner that the service calls at some point. Source: API model, LambdaConfigType. */
export type Trigger = Exclude<keyof LambdaConfigType, 'PreTokenGenerationConfig' | 'KMSKeyID'>;

/** Triggers that cannot be called yet, and without which nobody may be let in. */
export const SIGN_IN_TRIGGERS = [
  'PreAuthentication',
  'PostAuthentication',
] as const satisfies readonly Trigger[];

/** Whether the pool names a function for the trigger. */
export function hasTrigger({ settings }: Pick<Pool, 'settings'>, trigger: Trigger): boolean {
  const { LambdaConfig: configured = {} } = settings;
  const versioned = trigger === 'PreTokenGeneration' && configured.PreTokenGenerationConfig;
  return Boolean(configured[trigger]) || Boolean(versioned);
}

/** Whether every sign-in needs a second factor. */
export function requiresMfa({ settings }: Pick<Pool, 'settings'>): boolean {
  return settings.MfaConfiguration === 'ON';
}

/** Whether every sign-in must be assessed by threat protection, which this server does not have yet. */
export function requiresThreatProtection({ settings }: Pick<Pool, 'settings'>): boolean {
  return settings.UserPoolAddOns?.AdvancedSecurityMode === 'ENFORCED';
}

/** A setting that is stored, but whose protection this server cannot provide yet. */
export interface UnbuiltSetting {
  /** The member of the API: `LambdaConfig.PreSignUp`. */
  readonly setting: string;
  /** What does not work because of it, for people. */
  readonly effect: string;
}

const SENDING = 'No message is sent, so whatever sends one is refused.';
const SIGNING_IN = 'Sign-in is refused.';

const effects: Readonly<Record<Trigger, string>> = {
  PreSignUp: 'Sign-up and the making of users are refused.',
  PostConfirmation: 'Confirming users and resetting forgotten passwords is refused.',
  PreAuthentication: SIGNING_IN,
  PostAuthentication: SIGNING_IN,
  PreTokenGeneration: 'Sign-in and refresh are refused.',
  DefineAuthChallenge: 'CUSTOM_AUTH is refused.',
  CreateAuthChallenge: 'CUSTOM_AUTH is refused.',
  VerifyAuthChallengeResponse: 'CUSTOM_AUTH is refused.',
  CustomMessage: SENDING,
  CustomEmailSender: 'No mail is sent, so whatever sends one is refused.',
  CustomSMSSender: 'No text message is sent, so whatever sends one is refused.',
  UserMigration: 'Users who are not here yet cannot sign in.',
  InboundFederation: 'Nobody signs in through a provider.',
};

/** The pool's settings that promise protection which this server cannot provide yet: it refuses requests instead, and says so. */
export function unbuiltSettings(pool: Pick<Pool, 'settings'>): readonly UnbuiltSetting[] {
  const found: UnbuiltSetting[] = [];
  if (requiresThreatProtection(pool)) {
    found.push({ setting: 'AdvancedSecurityMode ENFORCED', effect: SIGNING_IN });
  }
  for (const trigger of Object.keys(effects) as Trigger[]) {
    if (!hasTrigger(pool, trigger)) continue;
    found.push({ setting: `LambdaConfig.${trigger}`, effect: effects[trigger] });
  }
  return found;
}
