import type { StringShape } from './shape/shape.ts';

/*
 * Where the live service differs from its published model. Each entry was read in an answer of the service; its source
 * stands beside it. All else follows the model.
 */

/** Enums in the order in which the service prints them, which is neither the model's nor the alphabet's. */
const printed: Readonly<Record<string, readonly string[]>> = {
  VerifiedAttributeType: ['phone_number', 'email'], // settings.md 1
  UserPoolMfaType: ['OPTIONAL', 'OFF', 'ON'], // behaviour.md 1.5
  EventFilterType: ['SIGN_IN', 'PASSWORD_CHANGE', 'SIGN_UP'], // settings.md 1
  CompromisedCredentialsEventActionType: ['BLOCK', 'NO_ACTION'], // settings.md 1
  AccountTakeoverEventActionType: ['MFA_IF_CONFIGURED', 'BLOCK', 'NO_ACTION', 'MFA_REQUIRED'], // settings.md 1
  AttributeDataType: ['Boolean', 'Number', 'String', 'DateTime'], // behaviour.md 1.5
  OAuthFlowType: ['implicit', 'client_credentials', 'code'], // aws-cloudformation-user-guide #517, #563
  // aws-cloudformation-user-guide #525, media-insights-on-aws #199; ALLOW_USER_AUTH is younger than both
  ExplicitAuthFlowsType: [
    'ALLOW_CUSTOM_AUTH',
    'ADMIN_NO_SRP_AUTH',
    'ALLOW_REFRESH_TOKEN_AUTH',
    'ALLOW_USER_PASSWORD_AUTH',
    'ALLOW_USER_SRP_AUTH',
    'CUSTOM_AUTH_FLOW_ONLY',
    'USER_PASSWORD_AUTH',
    'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  ],
  // behaviour.md 1.5, at second hand; USER_AUTH is younger
  AuthFlowType: [
    'ADMIN_NO_SRP_AUTH',
    'ADMIN_USER_PASSWORD_AUTH',
    'USER_SRP_AUTH',
    'REFRESH_TOKEN_AUTH',
    'REFRESH_TOKEN',
    'CUSTOM_AUTH',
    'USER_PASSWORD_AUTH',
  ],
};

/** The values of an enum as the service prints them; values that nobody saw printed stand last, in the model's order. */
export function enumAsPrinted(name: string, values: readonly string[]): readonly string[] {
  const seen = printed[name] ?? [];
  return [
    ...seen.filter((value) => values.includes(value)),
    ...values.filter((value) => !seen.includes(value)),
  ];
}

/** Names inside paths that are the service's own. Source: settings.md 1. */
const inPaths: Readonly<Record<string, string>> = {
  'AdminCreateUserConfigType.InviteMessageTemplate': 'inviteMessage',
  'MessageTemplateType.SMSMessage': 'smsMessage',
};

/** A member's name in the path of a constraint error: with a small first letter, but for a few. */
export function nameInPath(structure: string, member: string): string {
  return inPaths[`${structure}.${member}`] ?? `${member.charAt(0).toLowerCase()}${member.slice(1)}`;
}

/**
 * Invitations must carry the password, which the published patterns do not ask for. That the service refuses them is known,
 * the patterns are those of its verification texts. Source: settings.md 2.1.
 */
const patterns: Readonly<Record<string, string>> = {
  EmailInviteMessageType:
    '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*',
  SmsInviteMessageType: '(?s).*\\{####\\}.*',
};

/** The pattern that the service holds a text to. */
export function patternInForce(name: string, shape: StringShape): string | undefined {
  return patterns[name] ?? shape.pattern;
}

/** What `Schema` may name beside custom attributes. Source: API model, SchemaAttributesListType; behaviour.md 3.2. */
const standardNames: ReadonlySet<unknown> = new Set([
  ...['sub', 'name', 'given_name', 'family_name', 'middle_name', 'nickname', 'preferred_username'],
  ...['profile', 'picture', 'website', 'email', 'gender', 'birthdate', 'zoneinfo', 'locale'],
  ...['phone_number', 'address', 'updated_at'],
]);

/** How many items the limits of a list count: of a pool's schema only the custom ones. Source: settings.md 2.1. */
export function countedItems(list: string, items: readonly unknown[]): number {
  if (list !== 'SchemaAttributesListType') return items.length;
  const custom = items.filter((item) => !standardNames.has((item as { Name?: unknown }).Name));
  return Math.max(custom.length, Math.min(items.length, 1));
}
