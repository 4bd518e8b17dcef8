import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSameState, SignInDraft } from './sign-in-draft.ts';
import type { SignInState, SignInValues } from './sign-in-values.ts';

const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms', ExternalId: 'x' };
const plain: SignInState = {
  pool: {
    Id: 'local_aaaaaaaaa',
    Name: 'shop',
    EstimatedNumberOfUsers: 2,
    Policies: { PasswordPolicy: { MinimumLength: 12 } },
    AutoVerifiedAttributes: ['email'],
    UserPoolTags: { team: 'shop' },
    MfaConfiguration: 'OFF',
  },
  mfa: { MfaConfiguration: 'OFF' },
  sessions: { UserSessionTracking: 'DISABLED', TokenSession: { MaxPerUser: 20 } },
};
const full: SignInState = {
  pool: {
    ...plain.pool,
    MfaConfiguration: 'ON',
    SmsConfiguration,
    SmsAuthenticationMessage: 'Code {####}',
    Policies: {
      PasswordPolicy: { MinimumLength: 12 },
      SignInPolicy: { AllowedFirstAuthFactors: ['WEB_AUTHN', 'PASSWORD'] },
    },
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
  },
  mfa: {
    MfaConfiguration: 'ON',
    SmsMfaConfiguration: { SmsConfiguration, SmsAuthenticationMessage: 'Code {####}' },
    EmailMfaConfiguration: { Subject: 'Code', Message: 'It is {####}' },
    WebAuthnConfiguration: {
      RelyingPartyId: 'example.com',
      UserVerification: 'required',
      FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
    },
  },
  sessions: { UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser: 5 } },
};
const inJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const partsOf = (state: SignInState, values: Partial<SignInValues>) =>
  new SignInDraft(state).with(values).changes.map(({ part }) => part);
const inputOf = (state: SignInState, part: string, values: Partial<SignInValues>) =>
  inJson(
    new SignInDraft(state).with(values).changes.find((change) => change.part === part)?.input,
  ) as Record<string, unknown>;

test('nothing is saved where nothing was edited, or where it was taken back', () => {
  for (const state of [plain, full]) {
    const draft = new SignInDraft(state);
    assert.deepEqual([draft.isChanged, draft.changes, draft.problems], [false, [], {}]);
    assert.ok(
      !draft.with({ mostSessions: '7' }).with({ mostSessions: draft.values.mostSessions })
        .isChanged,
    );
  }
});

test('what a pool has is what is shown', () => {
  const { values } = new SignInDraft(full);
  assert.deepEqual(values, {
    first: ['WEB_AUTHN'],
    mfa: 'ON',
    app: false,
    sms: true,
    email: true,
    relyingParty: 'example.com',
    verifiesUser: true,
    passkeyIsBoth: true,
    remembering: 'always',
    deviceIsFactor: true,
    tracksSessions: true,
    mostSessions: '5',
  });
});

test('each part is saved by its own request, with all that the request would reset', () => {
  assert.deepEqual(inputOf(full, 'pool', { remembering: 'asks', deviceIsFactor: false }), {
    UserPoolId: 'local_aaaaaaaaa',
    Policies: {
      PasswordPolicy: { MinimumLength: 12 },
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
    },
    AutoVerifiedAttributes: ['email'],
    UserPoolTags: { team: 'shop' },
    MfaConfiguration: 'ON',
    SmsConfiguration,
    SmsAuthenticationMessage: 'Code {####}',
    DeviceConfiguration: {
      ChallengeRequiredOnNewDevice: false,
      DeviceOnlyRememberedOnUserPrompt: true,
    },
    AdminCreateUserConfig: {},
  });
  assert.ok(!('DeviceConfiguration' in inputOf(full, 'pool', { remembering: 'no' })));
  assert.deepEqual(inputOf(full, 'mfa', { app: true }), {
    UserPoolId: 'local_aaaaaaaaa',
    MfaConfiguration: 'ON',
    SoftwareTokenMfaConfiguration: { Enabled: true },
    SmsMfaConfiguration: { SmsConfiguration, SmsAuthenticationMessage: 'Code {####}' },
    EmailMfaConfiguration: { Subject: 'Code', Message: 'It is {####}' },
    WebAuthnConfiguration: full.mfa.WebAuthnConfiguration,
  });
  assert.deepEqual(inputOf(full, 'sessions', { mostSessions: '9' }), {
    UserPoolId: 'local_aaaaaaaaa',
    UserSessionTracking: 'ENABLED',
    TokenSession: { MaxPerUser: 9 },
  });
  assert.deepEqual(partsOf(full, { mostSessions: '9' }), ['sessions']);
});

test('where second factors are off, none is sent, and passkeys stay', () => {
  assert.deepEqual(inputOf(full, 'mfa', { mfa: 'OFF' }), {
    UserPoolId: 'local_aaaaaaaaa',
    MfaConfiguration: 'OFF',
    WebAuthnConfiguration: full.mfa.WebAuthnConfiguration,
  });
  assert.ok(!('WebAuthnConfiguration' in inputOf(plain, 'mfa', { mfa: 'OPTIONAL' })));
  assert.deepEqual(
    inputOf(plain, 'mfa', { relyingParty: 'shop.example' })['WebAuthnConfiguration'],
    {
      RelyingPartyId: 'shop.example',
      UserVerification: 'preferred',
      FactorConfiguration: 'SINGLE_FACTOR',
    },
  );
});

test('the order is one that the server accepts, whatever is changed at once', () => {
  const codes = {
    ...plain,
    pool: {
      ...plain.pool,
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] as const } },
    },
  };
  // Codes must be gone before MFA is required, and MFA must be less before they come.
  assert.deepEqual(partsOf(codes, { first: [], mfa: 'ON' }), ['pool', 'mfa']);
  assert.equal(inputOf(codes, 'pool', { first: [], mfa: 'ON' })['MfaConfiguration'], 'OFF');
  const less = { first: ['WEB_AUTHN', 'EMAIL_OTP'], mfa: 'OPTIONAL' } as const;
  assert.deepEqual(partsOf(full, less), ['mfa', 'pool']);
  // The second request must not take the first one back.
  assert.equal(inputOf(full, 'pool', less)['MfaConfiguration'], 'OPTIONAL');
  // A passkey that must be both is no first factor any more before it is one alone.
  assert.deepEqual(partsOf(full, { first: [], passkeyIsBoth: false }), ['pool', 'mfa']);
  const both = { first: ['WEB_AUTHN'], mfa: 'ON', passkeyIsBoth: true } as const;
  assert.deepEqual(partsOf(plain, { ...both, tracksSessions: true }), ['mfa', 'pool', 'sessions']);
});

test('what the server would refuse is named where it is', () => {
  const byMail = {
    ...plain,
    pool: {
      ...plain.pool,
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    },
  } as const;
  for (const [state, values, part, problem] of [
    [plain, { mfa: 'ON', app: false }, 'second', 'no-factor'],
    [plain, { mfa: 'OPTIONAL', sms: true }, 'second', 'sms-second'],
    [plain, { first: ['SMS_OTP'] }, 'first', 'sms-first'],
    [plain, { mfa: 'ON', first: ['EMAIL_OTP'] }, 'first', 'codes-beside-mfa'],
    [plain, { mfa: 'ON', first: ['WEB_AUTHN'] }, 'first', 'passkey-beside-mfa'],
    [byMail, { mfa: 'OPTIONAL', email: true }, 'recovery', 'recovery-email'],
    [plain, { relyingParty: 'https://example.com' }, 'relyingParty', 'domain'],
    [plain, { relyingParty: 'com' }, 'relyingParty', 'domain'],
    [plain, { tracksSessions: true, mostSessions: '101' }, 'mostSessions', 'most-sessions'],
  ] as const) {
    const { problems } = new SignInDraft(state).with(values);
    assert.deepEqual(problems, { [part]: problem }, JSON.stringify(values));
  }
  for (const values of [
    { mfa: 'ON', first: ['WEB_AUTHN'], passkeyIsBoth: true },
    { mfa: 'OFF', sms: true, email: true },
    { relyingParty: 'localhost' },
    { relyingParty: 'Login.Example.com' },
    { mostSessions: 'none' },
  ] as const) {
    assert.deepEqual(new SignInDraft(byMail).with(values).problems, {}, JSON.stringify(values));
  }
});

test('a change by others is noticed, and more users are none', () => {
  const more = { ...plain, pool: { ...plain.pool, EstimatedNumberOfUsers: 3 } };
  assert.ok(isSameState(plain, more));
  const renamed = { ...plain, pool: { ...plain.pool, Name: 'market' } };
  assert.ok(!isSameState(plain, renamed));
  assert.ok(!isSameState(plain, { ...plain, mfa: full.mfa }));
});

test('edits stay upon what the pool has by now', () => {
  const draft = new SignInDraft(plain).with({ mfa: 'OPTIONAL', tracksSessions: true });
  const later: SignInState = {
    ...plain,
    mfa: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
    pool: { ...plain.pool, MfaConfiguration: 'OPTIONAL' },
  };
  assert.deepEqual(draft.upon(later).changedParts, ['sessions']);
});
