import type { SchemaAttributeType } from '@poolhouse/model';

function text(Name: string, MinLength = '0', MaxLength = '2048'): SchemaAttributeType {
  return {
    Name,
    AttributeDataType: 'String',
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    StringAttributeConstraints: { MinLength, MaxLength },
  };
}

function flag(Name: string): SchemaAttributeType {
  return {
    Name,
    AttributeDataType: 'Boolean',
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
  };
}

/** The attributes that every pool has, in the order in which the service lists them. Source: behaviour.md 3.2. */
export const standardAttributes: readonly SchemaAttributeType[] = [
  { ...text('sub', '1'), Mutable: false, Required: true },
  text('name'),
  text('given_name'),
  text('family_name'),
  text('middle_name'),
  text('nickname'),
  text('preferred_username'),
  text('profile'),
  text('picture'),
  text('website'),
  text('email'),
  flag('email_verified'),
  text('gender'),
  text('birthdate', '10', '10'),
  text('zoneinfo'),
  text('locale'),
  text('phone_number'),
  flag('phone_number_verified'),
  text('address'),
  {
    Name: 'updated_at',
    AttributeDataType: 'Number',
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    NumberAttributeConstraints: { MinValue: '0' },
  },
];

/**
 * Where the service records a user's federated accounts. It is not stored in schemas, because it is the same in every pool. Source:
 * settings.md 4.2.
 */
export const identities: SchemaAttributeType = {
  Name: 'identities',
  AttributeDataType: 'String',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: {},
};

/**
 * Standard attributes that a request's `Schema` may name. The two verification marks are not included: the service takes those names for
 * custom attributes.
 */
export const adjustableAttributes: ReadonlySet<string | undefined> = new Set(
  standardAttributes.map(({ Name }) => Name).filter((name) => !name?.endsWith('_verified')),
);
