import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GroupDraft } from './group-draft.ts';

const role = 'arn:aws:iam::123456789012:role/staff';

test('a new group sends what was entered and leaves out the rest', () => {
  const draft = new GroupDraft({ name: ' staff ', precedence: '0' });
  assert.deepEqual(draft.problems, {});
  assert.deepEqual(JSON.parse(JSON.stringify(draft.create('pool'))), {
    UserPoolId: 'pool',
    GroupName: 'staff',
    Precedence: 0,
  });
});

test('what the API would refuse is named at its field', () => {
  assert.deepEqual(new GroupDraft().problems, { name: 'no-name' });
  assert.equal(new GroupDraft({ name: 'two words' }).problems.name, 'long-name');
  assert.equal(new GroupDraft({ name: 'a', role: 'staff' }).problems.role, 'not-a-role');
  assert.equal(new GroupDraft({ name: 'a', role }).problems.role, undefined);
  for (const precedence of ['-1', '1.5', 'high', '2147483648']) {
    assert.equal(new GroupDraft({ name: 'a', precedence }).problems.precedence, 'not-a-number');
  }
});

test('a role and a precedence can be changed but not taken away; a description can be emptied', () => {
  const saved = { GroupName: 'staff', RoleArn: role, Precedence: 3, Description: 'x' };
  const draft = GroupDraft.of(saved);
  assert.ok(!draft.isChanged);
  const emptied = draft.with({ role: '', precedence: '', description: '' });
  assert.deepEqual(emptied.problems, { role: 'role-stays', precedence: 'precedence-stays' });
  assert.equal(draft.with({ description: '' }).update('pool').Description, '');
  assert.equal(draft.with({ precedence: '0' }).update('pool').Precedence, 0);
});
