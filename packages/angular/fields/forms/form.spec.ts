import { AuthError } from '@poolhouse/angular';
import { screenTexts } from '../texts/screen-texts';
import { codeField } from './code-field';
import { Field } from './field';
import { Form } from './form';

const UNEXPECTED = 'Something went wrong.';

function setUp() {
  const username = new Field({ check: (value) => (value ? null : 'Who?') });
  const email = new Field();
  const form = new Form(() => ({ username, email }), UNEXPECTED);
  return { username, email, form };
}

describe('Field', () => {
  it('says nothing before it is left, and nothing of what was left empty', () => {
    const field = new Field({ check: (value) => (value === 'good' ? null : 'Not good.') });
    field.leave();
    expect(field.shown()).toBeNull();
    field.value.set('bad');
    expect(field.shown()).toBeNull();
    field.leave();
    expect(field.shown()).toBe('Not good.');
    field.value.set('good');
    expect(field.shown()).toBeNull();
  });

  it('drops what the service said as soon as the value changes', () => {
    const field = new Field();
    field.value.set('mara');
    field.refuse('Taken.');
    expect(field.shown()).toBe('Taken.');
    field.value.set('mara2');
    expect(field.shown()).toBeNull();
  });
});

describe('codeField', () => {
  it.each([
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['123-456', '123456'],
    ['Your code is 123456.', '123456'],
  ])('takes %j for %s', (typed, code) => {
    const field = codeField(screenTexts);
    field.value.set(typed);
    expect(field.problem()).toBeNull();
    expect(field.cleaned()).toBe(code);
    field.leave();
    expect(field.value()).toBe(code);
  });

  it.each(['', '12345', '1234567', 'abcdef'])('does not take %j', (typed) => {
    const field = codeField(screenTexts);
    field.value.set(typed);
    expect(field.problem()).toBe('The code has six digits.');
    field.leave();
    expect(field.value()).toBe(typed);
  });
});

describe('Form', () => {
  it('shows what is wrong, and sends nothing', async () => {
    const { username, form } = setUp();
    const work = vi.fn(async () => 'done');
    expect(await form.submit(work)).toBeNull();
    expect(work).not.toHaveBeenCalled();
    expect(username.shown()).toBe('Who?');
    expect(form.refusals()).toBe(1);
  });

  it('is sent once, however often the button is pressed', async () => {
    const { username, form } = setUp();
    username.value.set('mara');
    let finish = (_: string) => {};
    const work = vi.fn(() => new Promise<string>((resolve) => (finish = resolve)));
    const first = form.submit(work);
    expect(form.pending()).toBe(true);
    expect(await form.submit(work)).toBeNull();
    finish('done');
    expect(await first).toBe('done');
    expect(work).toHaveBeenCalledTimes(1);
    expect(form.pending()).toBe(false);
  });

  const fail = (error: unknown) => async () => {
    throw error;
  };
  const refusal = (init: Partial<ConstructorParameters<typeof AuthError>[0]>) =>
    new AuthError({ code: 'unknown', message: 'No.', ...init });

  it.each([
    ['the field of the error', refusal({ field: 'username' }), 'username'],
    [
      'the attribute of the error',
      refusal({ field: 'attributes', attributes: ['email'] }),
      'email',
    ],
    ['the address that is none', refusal({ code: 'invalid-email' }), 'email'],
  ] as const)('points at %s', async (_, error, at) => {
    const { username, email, form } = setUp();
    username.value.set('mara');
    expect(await form.submit(fail(error))).toBeNull();
    expect({ username, email }[at].shown()).toBe('No.');
    expect({ username: email, email: username }[at].shown()).toBeNull();
    expect(form.error()).toBeNull();
    expect(username.value()).toBe('mara');
  });

  it.each([
    ['what belongs to no field', refusal({ code: 'network' }), 'No.'],
    ['a field that is not here', refusal({ field: 'code' }), 'No.'],
    [
      'a pair of which one is wrong',
      refusal({ code: 'wrong-credentials', field: 'password' }),
      'No.',
    ],
    ['a fault that nobody foresaw', new TypeError('x is undefined'), UNEXPECTED],
  ])('says above the button: %s', async (_, error, said) => {
    const { username, email, form } = setUp();
    username.value.set('mara');
    await form.submit(fail(error));
    expect(form.error()).toBe(said);
    expect([username.shown(), email.shown()]).toEqual([null, null]);
    expect(form.pending()).toBe(false);
    await form.submit(async () => 'done');
    expect(form.error()).toBeNull();
  });

  it('leaves errors alone that lead elsewhere', async () => {
    const { username, form } = setUp();
    username.value.set('mara');
    const next = await form.submit<string>(fail(refusal({})), () => 'elsewhere');
    expect(next).toBe('elsewhere');
    expect(form.error()).toBeNull();
  });
});
