import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkAttributeValues,
  isMutable,
  knownAttribute,
  missingRequired,
  missingRequiredMessage,
  storedValues,
} from './attribute-schema.ts';
import { newSchema } from '../pools/pool-schema.ts';
import type { Pool } from '../pools/pool.ts';

const schema = newSchema([
  { Name: 'email', Required: true },
  { Name: 'name', Required: true, Mutable: false },
  {
    Name: 'age',
    AttributeDataType: 'Number',
    NumberAttributeConstraints: { MinValue: '18', MaxValue: '150' },
  },
  { Name: 'since', AttributeDataType: 'DateTime' },
  { Name: 'member', AttributeDataType: 'Boolean' },
  { Name: 'tag', AttributeDataType: 'String', StringAttributeConstraints: { MaxLength: '3' } },
]);
assert(schema.ok);
const pool = { settings: { SchemaAttributes: schema.attributes } } as Pool;
const lead = 'Attributes did not conform to the schema: ';

const cases: readonly (readonly [Record<string, string>, string | undefined])[] = [
  [{ email: 'a@example.com', phone_number: '+15555550100', birthdate: '2000-01-31' }, undefined],
  [
    { 'custom:age': '18', 'custom:member': 'True', 'custom:since': '2026-11-23T09:00:00Z' },
    undefined,
  ],
  [{ 'custom:since': '2026-11-23', updated_at: '1795424400' }, undefined],
  [{ 'custom:x': '1' }, `${lead}custom:x: Attribute does not exist in the schema.\n`],
  [{ tag: '1' }, `${lead}tag: Attribute does not exist in the schema.\n`],
  [{ constructor: '1' }, `${lead}constructor: Attribute does not exist in the schema.\n`],
  [{ sub: '1' }, `${lead}sub: Attribute cannot be updated.\n`],
  [{ birthdate: '1-2-2000' }, `${lead}birthdate: String must be no shorter than 10 characters\n`],
  [{ 'custom:tag': 'four' }, `${lead}custom:tag: String must be no longer than 3 characters\n`],
  [{ nickname: 'x'.repeat(2048) }, undefined],
  [
    { nickname: 'x'.repeat(2049) },
    `${lead}nickname: String must be no longer than 2048 characters\n`,
  ],
  [
    { 'custom:age': '17', 'custom:member': 'yes' },
    `${lead}custom:age: Number must be no less than 18\ncustom:member: Attribute value must be true or false.\n`,
  ],
  [{ 'custom:age': '151' }, `${lead}custom:age: Number must be no greater than 150\n`],
  [{ 'custom:age': '0x20' }, `${lead}custom:age: Attribute value must be a number.\n`],
  [{ 'custom:age': '' }, `${lead}custom:age: Attribute value must be a number.\n`],
  [{ 'custom:since': 'today' }, `${lead}custom:since: Attribute value must be an ISO 8601 date.\n`],
  [
    { 'custom:since': '2026-13-01' },
    `${lead}custom:since: Attribute value must be an ISO 8601 date.\n`,
  ],
  [{ name: 'a\0b' }, `${lead}name: Attribute value is not valid text.\n`],
  [{ name: '\ud800' }, `${lead}name: Attribute value is not valid text.\n`],
  [{ email: 'a@b.com,evil@x.com' }, 'Invalid email address format.'],
  [{ phone_number: '5555550100' }, 'Invalid phone number format.'],
];

for (const [attributes, problem] of cases) {
  test(`${JSON.stringify(attributes).slice(0, 60)}: ${JSON.stringify(problem) ?? 'fits'}`, () => {
    assert.equal(checkAttributeValues(pool, attributes), problem);
  });
}

test('problems of updates have their own wording', () => {
  assert.equal(
    checkAttributeValues(pool, { 'custom:x': '1' }, 'update'),
    'user.custom:x: Attribute does not exist in the schema.\n',
  );
});

test('required attributes are named in the order of the schema, one per line', () => {
  assert.deepEqual(missingRequired(pool, { email: '' }), ['name', 'email']);
  assert.deepEqual(missingRequired(pool, { email: 'a@example.com', name: 'A' }), []);
  assert.equal(
    missingRequiredMessage(['name', 'email']),
    `${lead}name: The attribute is required\nemail: The attribute is required\n`,
  );
});

test('the schema says what is known and what may change; booleans are stored in lower case', () => {
  assert.equal(knownAttribute(pool, 'custom:age')?.AttributeDataType, 'Number');
  assert.equal(knownAttribute(pool, 'age'), undefined);
  assert.deepEqual(
    ['sub', 'name', 'email', 'custom:tag', 'custom:x'].map((name) => isMutable(pool, name)),
    [false, false, true, true, false],
  );
  assert.deepEqual(storedValues(pool, { email_verified: 'True', name: 'True' }), {
    email_verified: 'true',
    name: 'True',
  });
});

test('a preferred user name cannot look like an address if addresses are aliases', () => {
  const withAliases = (...AliasAttributes: ('email' | 'preferred_username')[]) =>
    ({ settings: { SchemaAttributes: schema.attributes, AliasAttributes } }) as unknown as Pool;
  const address = { preferred_username: 'mara@example.com' };
  const both = withAliases('email', 'preferred_username');
  assert.match(checkAttributeValues(both, address, 'update') ?? '', /^user\.preferred_username: /);
  assert.equal(checkAttributeValues(both, { preferred_username: 'mara' }), undefined);
  // As long as a user name, if it is one.
  const names = [128, 129].map((length) => ({ preferred_username: 'm'.repeat(length) }));
  assert.deepEqual(
    names.map((name) => checkAttributeValues(both, name) === undefined),
    [true, false],
  );
  assert.equal(checkAttributeValues(withAliases('email'), names[1] ?? {}), undefined);
  for (const other of [pool, withAliases('preferred_username'), withAliases('email')]) {
    assert.equal(checkAttributeValues(other, address), undefined);
  }
});
