import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invitationProblems, toInvitation } from './invitation-draft.ts';

const draft = { username: ' jun ', email: '', role: 'viewer' } as const;

test('an invitation needs a name, and no email', () => {
  assert.deepEqual(invitationProblems(draft), {});
  assert.deepEqual(toInvitation(draft), { username: 'jun', role: 'viewer' });
  const withEmail = { ...draft, email: ' jun@example.com ' };
  assert.deepEqual(invitationProblems(withEmail), {});
  assert.equal(toInvitation(withEmail).email, 'jun@example.com');
});

test('what the server would refuse is named at its field', () => {
  for (const username of ['', '  ', 'two words', 'jun@example.com', 'x'.repeat(129)]) {
    assert.deepEqual(invitationProblems({ ...draft, username }), { username: 'badName' }, username);
  }
  for (const email of ['jun', 'jun@', 'a b@example.com']) {
    assert.deepEqual(invitationProblems({ ...draft, email }), { email: 'badEmail' }, email);
  }
});
