import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AttributeDraft } from './attribute-draft.ts';

const schema = [
  { Name: 'sub', AttributeDataType: 'String', Mutable: false, Required: true },
  { Name: 'name', AttributeDataType: 'String', Mutable: true },
  { Name: 'email', AttributeDataType: 'String', Mutable: true, Required: true },
  { Name: 'email_verified', AttributeDataType: 'Boolean', Mutable: true },
  { Name: 'phone_number', AttributeDataType: 'String', Mutable: true },
  { Name: 'phone_number_verified', AttributeDataType: 'Boolean', Mutable: true },
  { Name: 'zoneinfo', AttributeDataType: 'String', Mutable: true },
  {
    Name: 'custom:plan',
    AttributeDataType: 'String',
    Mutable: false,
    StringAttributeConstraints: { MinLength: '2', MaxLength: '4' },
  },
  {
    Name: 'custom:size',
    AttributeDataType: 'Number',
    Mutable: true,
    NumberAttributeConstraints: { MinValue: '1', MaxValue: '9' },
  },
] as const;
const attributes = [
  { Name: 'sub', Value: 'id' },
  { Name: 'email', Value: 'a@example.com' },
  { Name: 'email_verified', Value: 'true' },
  { Name: 'name', Value: 'Ada' },
  { Name: 'custom:plan', Value: 'gold' },
];
const draft = AttributeDraft.of(schema, attributes);

test('rows follow the schema; marks stand beside their address; what is rare waits', () => {
  const { shown, others } = draft.rows;
  assert.deepEqual(
    shown.map(({ name, fixed }) => [name, fixed]),
    [
      ['sub', 'by-the-service'],
      ['name', undefined],
      ['email', undefined],
      ['phone_number', undefined],
      ['custom:plan', 'immutable'],
      ['custom:size', undefined],
    ],
  );
  assert.deepEqual(shown[2]?.verified, { name: 'email_verified', value: true });
  assert.deepEqual(
    others.map(({ name }) => name),
    ['zoneinfo'],
  );
});

test('an unchanged draft sends nothing; changes send only themselves', () => {
  assert.ok(!draft.isChanged);
  assert.deepEqual(draft.changes, { update: [], remove: [] });
  const back = draft.with('name', 'Bo').with('name', 'Ada');
  assert.ok(!back.isChanged);
  assert.deepEqual(draft.with('custom:size', '5').with('name', '').changes, {
    update: [{ Name: 'custom:size', Value: '5' }],
    remove: ['name'],
  });
});

test('a new address is unverified unless somebody says otherwise', () => {
  assert.deepEqual(draft.with('email', 'b@example.com').changes.update, [
    { Name: 'email', Value: 'b@example.com' },
    { Name: 'email_verified', Value: 'false' },
  ]);
  const vouched = draft.with('email', 'b@example.com').with('email_verified', 'true');
  assert.deepEqual(vouched.changes.update, [{ Name: 'email', Value: 'b@example.com' }]);
  const none = draft.with('phone_number', '+4930123').with('phone_number', '');
  assert.deepEqual(none.changes, { update: [], remove: [] });
});

test('values that do not fit the schema are named', () => {
  const cases = [
    ['email', '', 'required'],
    ['email', 'nobody', 'not-an-email'],
    ['phone_number', '0301234', 'not-a-phone'],
    ['custom:plan', 'x', 'too-short'],
    ['custom:plan', 'golden', 'too-long'],
    ['custom:size', 'big', 'not-a-number'],
    ['custom:size', '0', 'too-small'],
    ['custom:size', '10', 'too-large'],
    ['custom:size', '9', undefined],
  ] as const;
  for (const [name, value, problem] of cases) {
    assert.equal(draft.with(name, value).problems[name], problem, `${name} ${value}`);
  }
});
