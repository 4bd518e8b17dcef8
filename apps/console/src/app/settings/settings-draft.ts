import type {
  GetUserPoolMfaConfigResponse,
  RecoveryOptionType,
  UpdateUserPoolRequest,
  UserPoolType,
} from '@poolhouse/model';
import { isResourceName, ranges, tagKeysProblem } from '@poolhouse/rules';
import { wholeUpdate } from '../api/pool-update.ts';
import { isArn } from '../shared/checks/arn.ts';
import { isTypedInRange, TEMPORARY_DAYS } from '../shared/checks/whole-number.ts';

/** How people get back in who forgot their password; `unset` is the rule of pools that say nothing. */
export type Recovery =
  'email' | 'phone' | 'email-then-phone' | 'phone-then-email' | 'admin' | 'unset';

/** Who the pool's tokens say they are from: this server, or the name that Cognito has there. */
export type Issuer = 'own' | 'aws';

/** A tag as typed. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What is edited of a pool; numbers as typed. */
export interface SettingsValues {
  readonly name: string;
  readonly length: string;
  readonly lowercase: boolean;
  readonly uppercase: boolean;
  readonly numbers: boolean;
  readonly symbols: boolean;
  readonly history: string;
  readonly temporaryDays: string;
  readonly selfSignUp: boolean;
  readonly verifiesEmail: boolean;
  readonly verifiesPhone: boolean;
  /** The role that sends SMS, as typed; empty where the pool sends none, or in another way. */
  readonly smsRole: string;
  /** What AWS shows when it takes on the role. */
  readonly smsExternalId: string;
  /** Whether a changed address counts only once its code was entered. */
  readonly keepsOldAddress: boolean;
  readonly recovery: Recovery;
  readonly isProtected: boolean;
  readonly issuer: Issuer;
  readonly tags: readonly Tag[];
}

/** Why settings cannot be saved; the texts are the form's. */
export type SettingsProblem =
  | 'name'
  | 'length'
  | 'history'
  | 'days'
  | 'sms-needed'
  | 'sms-role'
  | 'phone-twice'
  | 'mail-twice'
  | 'tag-empty'
  | 'tag-twice'
  | 'tag-aws'
  | 'tags-many';

const OPTIONS: Readonly<Record<Exclude<Recovery, 'unset'>, readonly RecoveryOptionType[]>> = {
  email: [{ Name: 'verified_email', Priority: 1 }],
  phone: [{ Name: 'verified_phone_number', Priority: 1 }],
  'email-then-phone': [
    { Name: 'verified_email', Priority: 1 },
    { Name: 'verified_phone_number', Priority: 2 },
  ],
  'phone-then-email': [
    { Name: 'verified_phone_number', Priority: 1 },
    { Name: 'verified_email', Priority: 2 },
  ],
  admin: [{ Name: 'admin_only', Priority: 1 }],
};

/** A pool's settings as they are edited, what stands against them, and the whole update. */
export class SettingsDraft {
  readonly values: SettingsValues;
  readonly #saved: SettingsValues;
  readonly #pool: UserPoolType;

  constructor(pool: UserPoolType, values: SettingsValues = valuesOf(pool)) {
    this.#pool = pool;
    this.#saved = valuesOf(pool);
    this.values = values;
  }

  with(values: Partial<SettingsValues>): SettingsDraft {
    return new SettingsDraft(this.#pool, { ...this.values, ...values });
  }

  withTag(index: number, tag: Partial<Tag>): SettingsDraft {
    const tags = this.values.tags.map((one, at) => (at === index ? { ...one, ...tag } : one));
    return this.with({ tags });
  }

  get isChanged(): boolean {
    return JSON.stringify(this.values) !== JSON.stringify(this.#saved);
  }

  /** Problems by field. Source: API model, the ranges of the members; security.md for what is advised instead. */
  get problems(): Readonly<Partial<Record<keyof SettingsValues, SettingsProblem>>> {
    const { name, length, history, temporaryDays, tags, verifiesPhone, smsRole } = this.values;
    const found: Partial<Record<keyof SettingsValues, SettingsProblem>> = {};
    if (!isResourceName(name)) found.name = 'name';
    if (!isTypedInRange(length, ranges.minimumPasswordLength)) found.length = 'length';
    if (!isTypedInRange(history, ranges.passwordHistorySize)) found.history = 'history';
    if (!isTypedInRange(temporaryDays, TEMPORARY_DAYS)) found.temporaryDays = 'days';
    if (smsRole !== '' && !isArn(smsRole)) found.smsRole = 'sms-role';
    else if (verifiesPhone && !this.#sendsSms) found.smsRole = 'sms-needed';
    const keys = tags.map(({ key }) => key.trim());
    const problem = tagKeysProblem(keys);
    if (problem === 'too-many') found.tags = 'tags-many';
    else if (keys.includes('')) found.tags = 'tag-empty';
    else if (new Set(keys).size < keys.length) found.tags = 'tag-twice';
    else if (problem === 'reserved') found.tags = 'tag-aws';
    return found;
  }

  /** One phone, or one mailbox, must not be both: what recovers an account, and its second factor. Source: settings.md 2.2. */
  recoveryProblem(factors: GetUserPoolMfaConfigResponse): SettingsProblem | undefined {
    const { recovery } = this.values;
    if (recovery === 'phone' && factors.SmsMfaConfiguration) return 'phone-twice';
    return recovery === 'email' && factors.EmailMfaConfiguration ? 'mail-twice' : undefined;
  }

  /** Pools that send SMS in the newer way have no role here. */
  get #sendsSms(): boolean {
    return this.values.smsRole !== '' || this.#pool.SmsConfiguration?.EumsSms !== undefined;
  }

  get #smsConfiguration(): UserPoolType['SmsConfiguration'] {
    const { smsRole, smsExternalId } = this.values;
    const saved = this.#saved;
    if (smsRole === saved.smsRole && smsExternalId === saved.smsExternalId) {
      return this.#pool.SmsConfiguration;
    }
    if (smsRole === '') return undefined;
    const { SnsRegion } = this.#pool.SmsConfiguration ?? {};
    return { SnsCallerArn: smsRole, ExternalId: smsExternalId || undefined, SnsRegion };
  }

  /** Everything of the pool with what was edited: what is left out would go back to its default. */
  get update(): UpdateUserPoolRequest {
    const { values } = this;
    const pool = this.#pool;
    const verified = [
      ...(values.verifiesEmail ? (['email'] as const) : []),
      ...(values.verifiesPhone ? (['phone_number'] as const) : []),
    ];
    const whole = wholeUpdate(pool, {
      Policies: {
        ...pool.Policies,
        PasswordPolicy: {
          MinimumLength: Number(values.length),
          RequireLowercase: values.lowercase,
          RequireUppercase: values.uppercase,
          RequireNumbers: values.numbers,
          RequireSymbols: values.symbols,
          PasswordHistorySize: Number(values.history) || undefined,
          TemporaryPasswordValidityDays: Number(values.temporaryDays),
        },
      },
      AdminCreateUserConfig: {
        ...pool.AdminCreateUserConfig,
        AllowAdminCreateUserOnly: !values.selfSignUp,
      },
      AutoVerifiedAttributes: verified,
      SmsConfiguration: this.#smsConfiguration,
      UserAttributeUpdateSettings: values.keepsOldAddress
        ? { AttributesRequireVerificationBeforeUpdate: verified }
        : { AttributesRequireVerificationBeforeUpdate: [] },
      AccountRecoverySetting:
        values.recovery === 'unset'
          ? pool.AccountRecoverySetting
          : { RecoveryMechanisms: OPTIONS[values.recovery] },
      DeletionProtection: values.isProtected ? 'ACTIVE' : 'INACTIVE',
      IssuerConfiguration:
        values.issuer === this.#saved.issuer
          ? pool.IssuerConfiguration
          : { Type: values.issuer === 'aws' ? 'ORIGINAL' : 'UPDATED' },
      UserPoolTags: Object.fromEntries(values.tags.map(({ key, value }) => [key.trim(), value])),
    });
    return values.name === pool.Name ? whole : { ...whole, PoolName: values.name };
  }
}

function valuesOf(pool: UserPoolType): SettingsValues {
  const policy = pool.Policies?.PasswordPolicy ?? {};
  const verified = pool.AutoVerifiedAttributes ?? [];
  const waiting = pool.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  return {
    name: pool.Name ?? '',
    length: String(policy.MinimumLength ?? 8),
    lowercase: policy.RequireLowercase ?? false,
    uppercase: policy.RequireUppercase ?? false,
    numbers: policy.RequireNumbers ?? false,
    symbols: policy.RequireSymbols ?? false,
    history: String(policy.PasswordHistorySize ?? 0),
    temporaryDays: String(policy.TemporaryPasswordValidityDays ?? 7),
    selfSignUp: pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly !== true,
    verifiesEmail: verified.includes('email'),
    verifiesPhone: verified.includes('phone_number'),
    smsRole: pool.SmsConfiguration?.SnsCallerArn ?? '',
    smsExternalId: pool.SmsConfiguration?.ExternalId ?? '',
    keepsOldAddress: waiting.length > 0,
    recovery: recoveryOf(pool),
    isProtected: pool.DeletionProtection === 'ACTIVE',
    issuer: issuerOf(pool),
    tags: Object.entries(pool.UserPoolTags ?? {}).map(([key, value]) => ({ key, value })),
  };
}

/** Source: docs/adr/0005, `IssuerConfiguration`. */
export function issuerOf(pool: UserPoolType): Issuer {
  return pool.IssuerConfiguration?.Type === 'ORIGINAL' ? 'aws' : 'own';
}

/** The choice that says what the pool has. */
export function recoveryOf(pool: UserPoolType): Recovery {
  const names = [...(pool.AccountRecoverySetting?.RecoveryMechanisms ?? [])]
    .sort((a, b) => a.Priority - b.Priority)
    .map(({ Name }) => Name);
  const choice = (Object.keys(OPTIONS) as Exclude<Recovery, 'unset'>[]).find(
    (name) => OPTIONS[name].map(({ Name }) => Name).join() === names.join(),
  );
  return choice ?? 'unset';
}
