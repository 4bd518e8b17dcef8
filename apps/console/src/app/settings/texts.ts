import { glossary } from '../shared/glossary.ts';
import type { CustomProblem } from './custom-attribute.ts';
import type { Recovery, SettingsProblem } from './settings-draft.ts';

/** Texts of the settings' page, ready to be translated. */
export const settingsTexts = {
  title: 'Settings',
  lead: 'How this pool works. Settings that were fixed when it was created are shown for reference; message texts are on the page Messages.',
  fixed: 'fixed',
  identity: 'Identity',
  name: 'Name',
  nameHint: 'Only for you. Applications use the id.',
  id: 'Pool id',
  copyId: 'Copy the pool id',
  arn: 'ARN',
  copyArn: 'Copy the ARN',
  region: 'Region',
  created: 'Created',
  changed: 'Changed',
  signIn: 'How people sign in',
  signInLead:
    'Chosen when the pool was created. Accounts are found by their names, so this cannot change.',
  signInWith: 'Sign in with',
  case: glossary.capitals,
  caseSame: glossary.capitalsIgnored,
  caseDiffer: glossary.capitalsCount,
  required: 'Required when signing up',
  noneRequired: 'none',
  attributes: 'Custom attributes',
  attributesLead: 'Can be added at any time, but never changed or removed.',
  noAttributes: 'None yet.',
  addAttribute: glossary.addAttribute,
  attributeName: 'Name',
  attributeNameHint: 'Up to 20 characters. Applications see it as custom:name.',
  attributeType: 'Type',
  least: (type: string) => (type === 'String' ? glossary.shortest : glossary.smallest),
  most: (type: string) => (type === 'String' ? glossary.longest : glossary.greatest),
  mutable: glossary.mutable,
  mutableHint: 'Otherwise it can be set only when the user is created.',
  mutableShort: 'may change',
  immutableShort: 'never changes',
  forever: 'This is permanent: the attribute can never be changed or removed.',
  add: 'Add permanently',
  attributeAdded: (name: string) => `custom:${name} is added.`,
  passwords: 'Passwords',
  passwordsLead: 'These rules apply to new passwords. Existing passwords keep working.',
  length: glossary.minimumLength,
  lengthHint: '6 to 99. We recommend 15 or more: length is worth more than rules.',
  rules: 'Must contain',
  lowercase: glossary.lowercase,
  uppercase: glossary.uppercase,
  numbers: glossary.numbers,
  symbols: glossary.symbols,
  history: 'Previous passwords that may not be reused',
  historyHint: '0 to 24. 0 allows any.',
  days: 'Days that a temporary password works',
  daysHint: '1 to 365. After that the invitation has to be sent again.',
  signUp: 'Sign-up',
  self: 'Anyone may sign up',
  selfHint: 'New users are unconfirmed until they verify an address.',
  adminOnly: 'Only administrators create users',
  adminOnlyHint: 'New users get a temporary password and choose their own at the first sign-in.',
  verification: 'Verification',
  verificationLead: 'What people verify with a code or a link when they sign up or change it.',
  verifyEmail: 'Email address',
  verifyPhone: 'Phone number',
  smsRole: glossary.smsRole,
  smsRoleHint: `${glossary.smsWay} The role is only stored, so that the same settings create the same pool at AWS.`,
  smsExternalId: glossary.smsExternalId,
  smsExternalIdHint: 'AWS passes it when it assumes the role; the role’s trust policy checks it.',
  keeps: glossary.addressLater,
  keepsHint:
    'Recommended. Until then the old address keeps working, so neither a typo nor a thief can lock people out of their account.',
  recovery: 'Forgotten passwords',
  recoveryLead: 'Where the code to set a new password is sent. Only verified addresses are used.',
  tags: 'Tags',
  tagsLead: 'For your own bookkeeping: teams, stages, costs.',
  key: 'Key',
  value: 'Value',
  addTag: 'Add a tag',
  removeTag: (key: string) => `Remove the tag ${key}`,
  noTags: 'No tags.',
  protection: 'Deletion protection',
  protects: 'Protect this pool from being deleted',
  protectsHint: 'Deletion is refused, here and through the API, until this is switched off.',
  danger: 'Danger zone',
  delete: 'Delete this pool',
  deleteLead: 'All users, groups, app clients and sessions go with it.',
  deleteProtected: 'To delete it, first switch off the deletion protection above and save.',
  deleteHead: (name: string) => `Delete ${name}?`,
  deleteWords: (users: number) =>
    `${users === 1 ? '1 user' : `${users.toLocaleString('en')} users`} and everything else in it are removed. This cannot be undone; only a copy of the database brings it back.`,
  deleted: (name: string) => `The pool ${name} is deleted.`,
} as const;

/** Texts about the issuer: what each verifier makes of it is measured in docs/adr/0005. */
export const issuerTexts = {
  title: 'Issuer of tokens',
  lead: 'Every token names its issuer, and verifiers check it.',
  own: 'This server',
  ownHint:
    "The public address and the pool id. Works with @poolhouse/express, jose, aws-jwt-verify's JwtVerifier over https, and anything that reads OpenID discovery. CognitoJwtVerifier and Amplify's Next.js adapter refuse it.",
  aws: (region: string) => `Amazon Cognito: cognito-idp.${region}.amazonaws.com`,
  awsHint:
    "For CognitoJwtVerifier and others that accept no other issuer, in pools whose id begins with a region of AWS's form. Give them this pool's keys, because otherwise they fetch them from Amazon.",
  change:
    'Tokens already issued stay valid on this server until they expire. Back ends refuse tokens from an issuer that they do not expect, so change their configuration at the same time.',
} as const;

export const recoveryTexts: Readonly<Record<Recovery, string>> = {
  email: 'By email',
  phone: 'By SMS',
  'email-then-phone': 'By email, by SMS for people without one',
  'phone-then-email': 'By SMS, by email for people without one',
  admin: 'Only an administrator can reset it',
  unset: 'The rule of older pools: by SMS if there is a verified phone, else by email',
};

export const settingsProblems: Readonly<Record<SettingsProblem, string>> = {
  name: 'Use up to 128 letters, digits, spaces and + = , . @ - _',
  length: 'Enter a number from 6 to 99.',
  history: 'Enter a number from 0 to 24.',
  days: 'Enter a number from 1 to 365.',
  'sms-needed':
    'Phone numbers are verified by SMS: name the role, such as arn:aws:iam::000000000000:role/sms.',
  'sms-role': 'A role looks like arn:aws:iam::123456789012:role/name.',
  'phone-twice':
    'The phone is a second factor here, so it must not be enough on its own: choose another way.',
  'mail-twice':
    'The mailbox is a second factor here, so it must not be enough on its own: choose another way.',
  'tag-empty': 'Every tag needs a key.',
  'tag-twice': 'Each key can be used only once.',
  'tag-aws': 'Keys may not begin with aws:',
  'tags-many': 'A pool has 50 tags at most.',
};

export const customProblems: Readonly<Record<CustomProblem, string>> = {
  name: 'Use 1 to 20 characters without spaces.',
  taken: 'There is an attribute with this name already.',
  number: 'Enter whole numbers from 0 on, or leave them empty. Texts have 2048 characters at most.',
  order: 'The first number has to be the smaller one.',
};
