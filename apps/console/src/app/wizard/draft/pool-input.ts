import type {
  AccountRecoverySettingType,
  CreateUserPoolRequest,
  RecoveryOptionNameType,
  SchemaAttributeType,
} from '@poolhouse/model';
import { DEFAULT_TEXTS, type Choices, type CustomAttribute, type MessageTexts } from './choices.ts';

/** CreateUserPool's input for the choices; what is absent is as the API has it by default. */
export function poolInput(choices: Choices): CreateUserPoolRequest {
  const { signInWith, aliases, verify } = choices;
  const withName = signInWith === 'username';
  const schema = schemaOf(choices);
  const kept = choices.keepUntilVerified && verify.length > 0;
  return defined({
    PoolName: choices.name.trim(),
    DeletionProtection: choices.protectedFromDeletion ? 'ACTIVE' : undefined,
    AliasAttributes: withName && aliases.length > 0 ? aliases : undefined,
    UsernameAttributes: withName ? undefined : usernameAttributes[signInWith],
    UsernameConfiguration: { CaseSensitive: choices.caseSensitive },
    Schema: schema.length > 0 ? schema : undefined,
    Policies: {
      PasswordPolicy: {
        MinimumLength: choices.minimumLength,
        RequireUppercase: choices.uppercase,
        RequireLowercase: choices.lowercase,
        RequireNumbers: choices.numbers,
        RequireSymbols: choices.symbols,
        TemporaryPasswordValidityDays: choices.temporaryDays,
      },
    },
    AdminCreateUserConfig: defined({
      AllowAdminCreateUserOnly: !choices.selfSignUp,
      InviteMessageTemplate: inviteOf(choices.texts),
    }),
    AutoVerifiedAttributes: verify.length > 0 ? verify : undefined,
    UserAttributeUpdateSettings: kept
      ? { AttributesRequireVerificationBeforeUpdate: verify }
      : undefined,
    VerificationMessageTemplate: templateOf(choices),
    AccountRecoverySetting: recoveryOf(choices),
    EmailConfiguration: emailOf(choices),
    SmsConfiguration: smsOf(choices),
    UserPoolTags:
      choices.tags.length > 0
        ? Object.fromEntries(choices.tags.map(({ key, value }) => [key, value]))
        : undefined,
  });
}

const usernameAttributes = {
  email: ['email'],
  phone: ['phone_number'],
  'email-or-phone': ['email', 'phone_number'],
} as const;

function schemaOf({ required, custom }: Choices): readonly SchemaAttributeType[] {
  return [
    ...required.map((Name) => ({ Name, Required: true, Mutable: true })),
    ...custom.map(customSchema),
  ];
}

/** A custom attribute as the API has it in a pool's schema. */
export function customSchema({
  name,
  type,
  min,
  max,
  mutable,
}: CustomAttribute): SchemaAttributeType {
  const limits = (least: string, most: string) =>
    defined({ [least]: min.trim() || undefined, [most]: max.trim() || undefined });
  return defined({
    Name: name,
    AttributeDataType: type,
    Mutable: mutable,
    StringAttributeConstraints: type === 'String' ? limits('MinLength', 'MaxLength') : undefined,
    NumberAttributeConstraints: type === 'Number' ? limits('MinValue', 'MaxValue') : undefined,
  });
}

function templateOf({ verify, verifyBy, texts }: Choices) {
  if (verify.length === 0) return undefined;
  const changed = changedOf(texts);
  return defined({
    DefaultEmailOption:
      verifyBy === 'link' ? ('CONFIRM_WITH_LINK' as const) : ('CONFIRM_WITH_CODE' as const),
    EmailSubject: changed.codeSubject,
    EmailMessage: changed.codeBody,
    EmailSubjectByLink: verifyBy === 'link' ? changed.linkSubject : undefined,
    EmailMessageByLink: verifyBy === 'link' ? changed.linkBody : undefined,
    SmsMessage: changed.sms,
  });
}

function inviteOf(texts: MessageTexts) {
  const { inviteSubject, inviteBody, inviteSms } = changedOf(texts);
  if (!inviteSubject && !inviteBody && !inviteSms) return undefined;
  return defined({ EmailSubject: inviteSubject, EmailMessage: inviteBody, SMSMessage: inviteSms });
}

/** Only texts of one's own are sent: the service's may get better. */
function changedOf(texts: MessageTexts): Partial<MessageTexts> {
  return Object.fromEntries(
    Object.entries(texts).filter(
      ([name, text]) => DEFAULT_TEXTS[name as keyof MessageTexts] !== text,
    ),
  );
}

function emailOf({ from, replyTo }: Choices) {
  if (!from && !replyTo) return undefined;
  return defined({ From: from || undefined, ReplyToEmailAddress: replyTo || undefined });
}

/** The role that sends SMS; `undefined` where none is named. */
export function smsOf({ smsRole, smsExternalId }: Choices) {
  if (!smsRole) return undefined;
  return defined({ SnsCallerArn: smsRole, ExternalId: smsExternalId || undefined });
}

const recoveries: Readonly<Record<Choices['recovery'], readonly RecoveryOptionNameType[]>> = {
  email: ['verified_email'],
  phone: ['verified_phone_number'],
  'email-phone': ['verified_email', 'verified_phone_number'],
  'phone-email': ['verified_phone_number', 'verified_email'],
  admin: ['admin_only'],
};

function recoveryOf({ recovery }: Choices): AccountRecoverySettingType {
  return {
    RecoveryMechanisms: recoveries[recovery].map((Name, index) => ({ Name, Priority: index + 1 })),
  };
}

/** Without the members that are `undefined`, as JSON would have it. */
export function defined<Value extends object>(value: Value): Value {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as Value;
}
