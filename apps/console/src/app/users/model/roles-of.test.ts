import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rolesOf } from './roles-of.ts';

const group = (GroupName: string, Precedence?: number, RoleArn?: string) => ({
  GroupName,
  Precedence,
  RoleArn,
});

test('the role of the lowest precedence is preferred; groups without a role have no say', () => {
  const { groups, roles, preferred, from } = rolesOf([
    group('late', undefined, 'arn:late'),
    group('staff', 10, 'arn:staff'),
    group('first', 0),
    group('admin', 1, 'arn:admin'),
    group('also-staff', 20, 'arn:staff'),
  ]);
  assert.deepEqual(
    groups.map(({ GroupName }) => GroupName),
    ['first', 'admin', 'staff', 'also-staff', 'late'],
  );
  assert.deepEqual(roles, ['arn:admin', 'arn:staff', 'arn:late']);
  assert.deepEqual([preferred, from], ['arn:admin', 'admin']);
});

test('different roles of equal precedence leave no preferred one; equal roles do', () => {
  const differ = rolesOf([group('b', 1, 'arn:b'), group('a', 1, 'arn:a')]);
  assert.equal(differ.preferred, undefined);
  assert.deepEqual(differ.tied, ['a', 'b']);
  assert.equal(rolesOf([group('b', 1, 'arn:x'), group('a', 1, 'arn:x')]).preferred, 'arn:x');
  assert.deepEqual(rolesOf([]), { groups: [], roles: [], tied: [] });
});
