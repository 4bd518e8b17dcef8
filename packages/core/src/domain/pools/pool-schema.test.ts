import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeInput } from '@poolhouse/model';
import type { SchemaAttributeType } from '@poolhouse/model';
import { newSchema, withCustomAttributes } from './pool-schema.ts';
import { adjustableAttributes, standardAttributes } from './standard-attributes.ts';

function schemaOf(...requested: SchemaAttributeType[]): readonly SchemaAttributeType[] {
  const result = newSchema(requested);
  assert(result.ok, JSON.stringify(result));
  return result.attributes;
}

test('a schema lists every standard attribute in the order of the service, then the custom ones', () => {
  const schema = schemaOf(
    { Name: 'team', AttributeDataType: 'String' },
    { Name: 'email', Required: true },
    { Name: 'level', AttributeDataType: 'Number', DeveloperOnlyAttribute: true },
  );
  assert.deepEqual(
    schema.map(({ Name }) => Name),
    'sub name given_name family_name middle_name nickname preferred_username profile picture website email email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address updated_at custom:team dev:custom:level'.split(
      ' ',
    ),
  );
  assert.deepEqual(schema[10], {
    Name: 'email',
    AttributeDataType: 'String',
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: true,
    StringAttributeConstraints: { MinLength: '0', MaxLength: '2048' },
  });
});

test('constraints are stored as given, those of another kind are dropped', () => {
  const bounds = {
    StringAttributeConstraints: { MinLength: '2' },
    NumberAttributeConstraints: { MaxValue: '9' },
  };
  const [text, number, flag, plain] = schemaOf(
    { Name: 'text', AttributeDataType: 'String', ...bounds },
    { Name: 'number', AttributeDataType: 'Number', ...bounds },
    { Name: 'flag', AttributeDataType: 'Boolean', ...bounds },
    { Name: 'plain', AttributeDataType: 'Number', Mutable: false },
  ).slice(standardAttributes.length);
  const common = { DeveloperOnlyAttribute: false, Mutable: true, Required: false };
  assert.deepEqual(text, {
    Name: 'custom:text',
    AttributeDataType: 'String',
    ...common,
    StringAttributeConstraints: { MinLength: '2' },
  });
  assert.deepEqual(number, {
    Name: 'custom:number',
    AttributeDataType: 'Number',
    ...common,
    NumberAttributeConstraints: { MaxValue: '9' },
  });
  assert.deepEqual(flag, { Name: 'custom:flag', AttributeDataType: 'Boolean', ...common });
  assert.deepEqual(plain, {
    Name: 'custom:plain',
    AttributeDataType: 'Number',
    ...common,
    Mutable: false,
  });
  assert.deepEqual(schemaOf({ Name: 'x', AttributeDataType: 'String' }).at(-1), {
    Name: 'custom:x',
    AttributeDataType: 'String',
    ...common,
    StringAttributeConstraints: {},
  });
});

test('standard attributes accept new bounds only together with their data type; sub cannot change', () => {
  const StringAttributeConstraints = { MinLength: '4', MaxLength: '10' };
  const birthdateOf = (attribute: SchemaAttributeType) =>
    schemaOf(attribute).find(({ Name }) => Name === 'birthdate')?.StringAttributeConstraints;
  assert.deepEqual(birthdateOf({ Name: 'birthdate', StringAttributeConstraints }), {
    MinLength: '10',
    MaxLength: '10',
  });
  assert.deepEqual(
    birthdateOf({ Name: 'birthdate', AttributeDataType: 'String', StringAttributeConstraints }),
    StringAttributeConstraints,
  );
  assert.deepEqual(
    schemaOf({ Name: 'sub', Mutable: true, Required: false })[0],
    standardAttributes[0],
  );
});

const text = { AttributeDataType: 'String' } as const;
const number = { AttributeDataType: 'Number' } as const;
const refusals: readonly (readonly [SchemaAttributeType[], string])[] = [
  [
    [{ Name: 'x', ...text, Required: true }],
    'Required custom attributes are not supported currently.',
  ],
  [
    [{ Name: 'x' }],
    'Invalid AttributeDataType input, consider using the provided AttributeDataType enum.',
  ],
  [
    [{ Name: 'email', ...number }],
    'You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email',
  ],
  [
    [{ Name: 'name', DeveloperOnlyAttribute: true }],
    'You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute name',
  ],
  [
    [{ Name: 'x', ...text, StringAttributeConstraints: { MinLength: '-1' } }],
    'Invalid StringAttributeConstraints for schema attribute x',
  ],
  [
    [{ Name: 'x', ...number, NumberAttributeConstraints: { MaxValue: '1.5' } }],
    'Invalid NumberAttributeConstraints for schema attribute x',
  ],
  [
    [{ Name: 'email', ...text, StringAttributeConstraints: { MaxLength: '2049' } }],
    'user.email: String attributes cannot have a length of more than 2048',
  ],
  [
    [{ Name: 'email', ...text, StringAttributeConstraints: { MinLength: '5', MaxLength: '4' } }],
    "Attribute email cannot have a max length shorter than it's min length",
  ],
  [
    [{ Name: 'x', ...number, NumberAttributeConstraints: { MinValue: '10', MaxValue: '9' } }],
    "Attribute custom:x cannot have a max value smaller than it's min value",
  ],
  [
    [
      { Name: 'x', ...text },
      { Name: 'x', ...text },
    ],
    'Duplicate custom attribute names custom:x are not allowed in a user pool schema.',
  ],
  [
    [{ Name: 'x', ...text, StringAttributeConstraints: { MinLength: '9', MaxLength: '3' } }],
    "Attribute custom:x cannot have a max length shorter than it's min length",
  ],
  [
    [
      { Name: 'x', ...text },
      { Name: 'x', ...number, DeveloperOnlyAttribute: true },
    ],
    'Duplicate custom attribute names custom:x are not allowed in a user pool schema.',
  ],
];

for (const [requested, message] of refusals) {
  test(`a schema is refused: ${message}`, () => {
    assert.deepEqual(newSchema(requested), {
      ok: false,
      problem: { code: 'InvalidParameterException', message },
    });
  });
}

test('a pool has at most 50 custom attributes, and a developer-only one reserves its name', () => {
  const many = Array.from({ length: 50 }, (_, at) => ({ Name: `a${at}`, ...text }));
  const full = schemaOf(...many);
  assert.equal(withCustomAttributes(full, [{ Name: 'more', ...text }]).ok, false);
  const hidden = schemaOf({ Name: 'x', ...text, DeveloperOnlyAttribute: true });
  assert.deepEqual(withCustomAttributes(hidden, [{ Name: 'x', ...text }]), {
    ok: false,
    problem: {
      code: 'InvalidParameterException',
      message: 'custom:x: Existing attribute already has name dev:custom:x.',
    },
  });
});

test('the limit of 50 does not count the attributes that every pool has, in the decoder either', () => {
  const custom = Array.from({ length: 50 }, (_, at) => ({ Name: `a${at}`, ...text }));
  const standard = [...adjustableAttributes].map((Name) => ({ Name }));
  const Schema = [...standard, ...custom];
  assert.ok(decodeInput('CreateUserPool', { PoolName: 'x', Schema }).ok);
  assert.ok(newSchema(Schema).ok);
});
