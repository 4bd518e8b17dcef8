import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADVISED, type Choices } from '../draft/choices.ts';
import { Draft } from '../draft/draft.ts';
import { problemsOf } from '../draft/problem.ts';
import { custom, tutorial } from '../testing/drafts.ts';
import { firstOpenStep, STEPS } from './steps.ts';

const region = 'ph-local-1';

test('of the pool of the tutorial no step is open, of a new one the name', () => {
  assert.equal(firstOpenStep(tutorial, region), undefined);
  assert.equal(firstOpenStep(new Draft(), region)?.id, 'name');
});

test('each step has an address, a title and a note of its own', () => {
  for (const member of ['id', 'title'] as const) {
    assert.equal(new Set(STEPS.map((step) => step[member])).size, STEPS.length);
  }
  assert.equal(new Set(STEPS.map(({ note }) => note.text)).size, STEPS.length);
});

test('a region is part of an id, and belongs to the first step', () => {
  for (const bad of ['', 'eu west', 'a'.repeat(33), 'eu_west']) {
    assert.equal(firstOpenStep(tutorial, bad)?.id, 'name', bad);
  }
  const facts = stepOf('name').facts(tutorial.choices, 'eu-west-1');
  assert.deepEqual(facts.at(-1), { label: 'Region', value: 'eu-west-1', fixed: true });
});

test('the return URL is told of the app client', () => {
  const { choices } = tutorial.with({ returnUrl: 'shop://in' });
  const [, , shown] = stepOf('client').facts(choices, region);
  assert.deepEqual(shown, { label: 'Return URL', value: 'shop://in' });
});

const ROLE = 'arn:aws:iam::000000000000:role/sms';

const wrong: readonly [step: string, changes: Partial<Choices>, field: string][] = [
  ['name', { name: ' ' }, 'name'],
  ['name', { name: 'Größe' }, 'name'],
  ['name', { name: 'a'.repeat(129) }, 'name'],
  ['attributes', { custom: [custom({ name: '' })] }, 'custom-0'],
  ['attributes', { custom: [custom({ name: 'a b' })] }, 'custom-0'],
  ['attributes', { custom: [custom({ name: 'a'.repeat(21) })] }, 'custom-0'],
  ['attributes', { custom: [custom({}), custom({})] }, 'custom-1'],
  ['attributes', { custom: [custom({ min: '5', max: '4' })] }, 'custom-0'],
  ['attributes', { custom: [custom({ max: '2049' })] }, 'custom-0'],
  ['attributes', { custom: [custom({ min: '-1' })] }, 'custom-0'],
  ['attributes', { custom: [custom({ type: 'Number', min: '1.5' })] }, 'custom-0'],
  ['attributes', { custom: [custom({ type: 'Number', min: '-5' })] }, 'custom-0'],
  ['attributes', { custom: [custom({ type: 'Number', max: '1e3' })] }, 'custom-0'],
  ['policies', { minimumLength: 5 }, 'minimumLength'],
  ['policies', { minimumLength: 100 }, 'minimumLength'],
  ['policies', { temporaryDays: 0 }, 'temporaryDays'],
  ['messages', { texts: { ...ADVISED.texts, codeBody: 'no code here' } }, 'codeBody'],
  ['messages', { texts: { ...ADVISED.texts, sms: `{####}${'a'.repeat(135)}` } }, 'sms'],
  [
    'messages',
    { verifyBy: 'link', texts: { ...ADVISED.texts, linkBody: 'no link {####}' } },
    'linkBody',
  ],
  ['messages', { texts: { ...ADVISED.texts, inviteBody: 'Welcome {####}' } }, 'inviteBody'],
  ['messages', { texts: { ...ADVISED.texts, codeSubject: '' } }, 'codeSubject'],
  ['messages', { from: 'a <b> c' }, 'from'],
  ['messages', { replyTo: 'nobody' }, 'replyTo'],
  ['mfa', { smsRole: 'a role' }, 'smsRole'],
  ['mfa', { signInWith: 'phone', smsRole: '' }, 'smsRole'],
  ['mfa', { verify: ['email', 'phone_number'], smsRole: '' }, 'smsRole'],
  ['mfa', { mfa: 'optional', factors: ['sms'], smsRole: '' }, 'smsRole'],
  ['mfa', { mfa: 'required', factors: [] }, 'factors'],
  ['mfa', { mfa: 'optional', factors: ['app', 'email'] }, 'recovery'],
  [
    'mfa',
    { mfa: 'optional', factors: ['app', 'sms'], verify: ['phone_number'], smsRole: ROLE },
    'recovery',
  ],
  ['tags', { tags: [{ key: '', value: '' }] }, 'tag-0'],
  ['tags', { tags: [{ key: 'aws:x', value: '' }] }, 'tag-0'],
  ['client', { clientName: '!' }, 'clientName'],
  ['client', { returnUrl: 'http://shop.example.com' }, 'returnUrl'],
  ['client', { returnUrl: 'https://shop.example.com/#in' }, 'returnUrl'],
  ['client', { srp: false, password: false }, 'flows'],
  ['client', { accessMinutes: 4 }, 'accessMinutes'],
  ['client', { refreshDays: 3651 }, 'refreshDays'],
  ['client', { writable: ['name'] }, 'writable'],
  ['client', { writable: ['name'], selfSignUp: false }, 'writable'],
];

for (const [step, changes, field] of wrong) {
  test(`${step}: ${JSON.stringify(changes).slice(0, 60)} is a problem of ${field}`, () => {
    const draft = tutorial.with(changes);
    const { problems } = stepOf(step);
    const found = problemsOf(problems, draft.choices, region).map((problem) => problem.field);
    assert.deepEqual([...new Set(found)], [field]);
    assert.equal(firstOpenStep(draft, region)?.id, step);
  });
}

test('second factors that are off rule nothing out', () => {
  const draft = tutorial.with({ factors: ['sms', 'email'] });
  assert.equal(firstOpenStep(draft, region), undefined);
  const both = { mfa: 'optional', factors: ['email'], recovery: 'admin' } as const;
  assert.equal(firstOpenStep(tutorial.with(both), region), undefined);
});

const shownOf = (step: string) => (choices: Partial<Choices>) =>
  Object.fromEntries(
    stepOf(step)
      .facts(new Draft().with(choices).choices, region)
      .map(({ label, value }) => [label, value]),
  );

test('the review shows everything that was chosen about second factors and verification', () => {
  const shown = shownOf('mfa');
  const usual = shown({ keepUntilVerified: false });
  assert.equal(usual['Second factor'], 'off');
  assert.equal(usual['Verified'], 'email');
  assert.equal(usual['Use a new address only once it is verified'], 'no');
  assert.equal(usual['Role that sends SMS'], 'none');
  const own = shown({
    mfa: 'required',
    factors: ['app', 'sms'],
    smsRole: 'arn:x',
    smsExternalId: 'shop',
  });
  assert.equal(own['Second factor'], 'required: authenticator application, code by SMS');
  assert.equal(own['Role that sends SMS'], 'arn:x');
  assert.equal(own['External id'], 'shop');
});

test('the review shows everything that was chosen about messages', () => {
  const shown = shownOf('messages');
  const usual = shown({});
  assert.equal(usual['Verify email by'], 'a code');
  assert.equal(usual['Replies to'], 'the sender');
  assert.equal(usual['Mail with a code'], 'the usual text');
  const texts = { ...new Draft().choices.texts, inviteBody: 'Hello {username}: {####}' };
  const own = shown({ replyTo: 'a@example.com', texts });
  assert.equal(own['Replies to'], 'a@example.com');
  assert.equal(own['Invitation by mail'], 'Your temporary password: Hello {username}: {####}');
});

function stepOf(id: string) {
  const step = STEPS.find((one) => one.id === id);
  assert.ok(step, id);
  return step;
}
