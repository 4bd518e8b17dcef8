import { ADVISED, type Choices } from '../draft/choices.ts';
import { Draft } from '../draft/draft.ts';

/** The pool of the tutorial. */
export const tutorial = new Draft().with({
  name: 'tutorial',
  aliases: ['email', 'preferred_username'],
  minimumLength: 8,
  uppercase: true,
  lowercase: true,
  numbers: true,
  symbols: true,
  verifyBy: 'link',
  password: true,
});

/** Everything at once, with characters that shells and JSON treat specially. */
export const everything = new Draft()
  .with({ name: 'all at once', signInWith: 'email-or-phone' })
  .with({
    required: ['birthdate', 'family_name'],
    custom: [
      { name: 'plan', type: 'String', min: '1', max: '20', mutable: true },
      { name: 'age', type: 'Number', min: '5', max: '', mutable: false },
      { name: 'member', type: 'Boolean', min: '9', max: '1', mutable: true },
    ],
    caseSensitive: true,
    protectedFromDeletion: false,
    selfSignUp: false,
    mfa: 'required',
    factors: ['app', 'sms', 'email'],
    keepUntilVerified: false,
    recovery: 'phone-email',
    verifyBy: 'link',
    texts: {
      ...ADVISED.texts,
      linkSubject: 'Don\'t "forget" $HOME `id`',
      linkBody: '<p>Hello</p>\n{##Verify & go##} \\ !',
      inviteBody: "It's {username}: {####}",
      sms: 'Code {####}',
    },
    from: 'The Shop <no-reply@example.com>',
    replyTo: 'help@example.com',
    smsRole: 'arn:aws:iam::123456789012:role/service-role/sms',
    smsExternalId: 'an id',
    tags: [
      { key: 'stage', value: 'test' },
      { key: 'cost centre', value: '' },
    ],
    secret: true,
    returnUrl: 'https://shop.example.com/in?from=mail&x=1',
    adminPassword: true,
    readable: ['email', 'custom:plan', 'custom:gone'],
    writable: ['birthdate', 'family_name'],
  });

/** A custom attribute, with parts of its own. */
export function custom(parts: Partial<Choices['custom'][number]>): Choices['custom'][number] {
  return { name: 'plan', type: 'String', min: '', max: '', mutable: true, ...parts };
}
