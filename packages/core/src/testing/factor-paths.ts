import assert from 'node:assert/strict';
import type { OperationName } from '@poolhouse/model';
import { totpCode } from '../crypto/index.ts';
import { authenticatorOf } from './authenticator.ts';
import { devicePaths } from './device-factor-paths.ts';
import { identityPaths } from './identity-factor-paths.ts';
import type { Harness } from './harness.ts';
import { answeredTasks, MAIL, NEW, type FactorCase, type Stage } from './factor-tasks.ts';
import { makeAuthenticator } from './passkey-authenticator.ts';
import { PASSKEYS_FIRST, registerPasskey, startRegistration } from './passkeys.ts';
import { attributes, goodPassword } from './signed-in.ts';

const NEW_MAIL = 'ada@other.example';
const PHONE = '+15550001111';

const now = (run: (stage: Stage) => Promise<unknown>): FactorCase['prepare'] => {
  return async (stage) => () => run(stage);
};

const setUpToken = async (stage: Stage) => {
  const target = { ...stage.made, username: 'ada', password: goodPassword };
  const authenticator = authenticatorOf(stage.harness, target);
  await authenticator.setUp();
  return authenticator;
};

/** A code of an application that is being set up. */
const codeOf = (harness: Harness, secret: string) => {
  harness.advance(30_000);
  return totpCode(secret, Math.floor(harness.world.clock.nowMs() / 30_000));
};

const addPhone = ({ harness, named }: Stage) =>
  harness.call('AdminUpdateUserAttributes', {
    ...named,
    UserAttributes: attributes({ phone_number: PHONE, phone_number_verified: 'true' }),
  });

const changeMail = ({ harness, AccessToken }: Stage) =>
  harness.call('UpdateUserAttributes', {
    ...{ AccessToken, UserAttributes: attributes({ email: NEW_MAIL }) },
  });

const KEEPS_OLD: FactorCase['pool'] = {
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
};

const askForReset = async ({ harness, made: { ClientId } }: Stage) => {
  await harness.call('ForgotPassword', { ClientId, Username: 'ada' });
  return harness.code(MAIL);
};

const preference = (settings: object) =>
  now(({ harness, AccessToken }) =>
    harness.call('SetUserMFAPreference', { AccessToken, ...settings }),
  );

/** Why an operation that writes users or passkeys, or could, changes no factor. */
type TellsNobody = `tells nobody: ${string}`;

const onlySends: TellsNobody = 'tells nobody: sends a code, and changes nothing until it is used';
const onlySessions: TellsNobody = 'tells nobody: ends sessions';
const saysWhatWas: TellsNobody = 'tells nobody: says whether an event was the user’s doing';
const isGone: TellsNobody = 'tells nobody: with the account, everything is gone';
const asks: TellsNobody = 'tells nobody: asks; whoever answers uses a factor';
const groups: TellsNobody = 'tells nobody: groups say what a user may do';
const state: TellsNobody = 'tells nobody: whether an account may sign in at all is no factor';
const isNew: TellsNobody = 'tells nobody: whoever is new has proved no address';

/** Every operation that can write users or passkeys, with the ways in which it changes a factor. */
export const factorPaths: Readonly<
  Partial<Record<OperationName, TellsNobody | readonly FactorCase[]>>
> = {
  DeleteUser: isGone,
  AdminDeleteUser: isGone,
  GetUserAttributeVerificationCode: onlySends,
  ForgotPassword: onlySends,
  ResendConfirmationCode: onlySends,
  StartWebAuthnRegistration: 'tells nobody: nothing is registered until it is completed',
  AssociateSoftwareToken: 'tells nobody: the old application stays until the new one is verified',
  AdminRevokeUserSession: onlySessions,
  AdminUserGlobalSignOut: onlySessions,
  GlobalSignOut: onlySessions,
  GetTokensFromRefreshToken: asks,
  AdminUpdateAuthEventFeedback: saysWhatWas,
  UpdateAuthEventFeedback: saysWhatWas,
  RevokeUserSession: onlySessions,
  AdminInitiateAuth: asks,
  InitiateAuth: asks,
  AdminAddUserToGroup: groups,
  AdminRemoveUserFromGroup: groups,
  AdminDisableUser: state,
  AdminEnableUser: state,
  AdminConfirmSignUp: state,
  SignUp: isNew,
  ...devicePaths,
  ConfirmSignUp: [
    {
      name: 'takes the address of another user, who is told',
      pool: { AliasAttributes: ['email'] },
      async prepare({ harness, made: { ClientId } }) {
        const user = { ClientId, Username: 'eve' };
        const UserAttributes = attributes({ email: MAIL });
        await harness.call('SignUp', { ...user, Password: goodPassword, UserAttributes });
        const ConfirmationCode = await harness.code(MAIL);
        return () =>
          harness.call('ConfirmSignUp', { ...user, ConfirmationCode, ForceAliasCreation: true });
      },
      tells: ['email-unverified'],
    },
  ],
  AdminCreateUser: [
    {
      name: 'RESEND ends the password that a user had',
      async prepare({ harness, named }) {
        await harness.storage.stores.users.change(await userOf({ harness, named }), (user) => ({
          ...{ ...user, status: 'FORCE_CHANGE_PASSWORD' },
        }));
        const MessageAction = 'RESEND' as const;
        const DesiredDeliveryMediums = ['EMAIL' as const];
        return () =>
          harness.call('AdminCreateUser', { ...named, MessageAction, DesiredDeliveryMediums });
      },
      // The invitation itself says so.
      tells: [],
    },
  ],
  DeleteUserAttributes: [
    {
      name: 'the mail address goes',
      prepare: now(({ harness, AccessToken }) =>
        harness.call('DeleteUserAttributes', { AccessToken, UserAttributeNames: ['email'] }),
      ),
      tells: ['email-removed'],
    },
  ],
  AdminDeleteUserAttributes: [
    {
      name: 'the mail address goes, and the telephone is told too',
      async prepare(stage) {
        await addPhone(stage);
        const { harness, named } = stage;
        return () =>
          harness.call('AdminDeleteUserAttributes', { ...named, UserAttributeNames: ['email'] });
      },
      tells: ['email-removed'],
      to: [MAIL, PHONE],
    },
  ],
  UpdateUserAttributes: [
    { name: 'another mail address', prepare: now(changeMail), tells: ['email-changed'] },
    { name: 'one that waits', pool: KEEPS_OLD, prepare: now(changeMail), tells: [] },
    {
      name: 'a telephone',
      prepare: now(({ harness, AccessToken }) =>
        harness.call('UpdateUserAttributes', {
          ...{ AccessToken, UserAttributes: attributes({ phone_number: PHONE }) },
        }),
      ),
      tells: ['phone_number-added'],
    },
    {
      name: 'a name',
      prepare: now(({ harness, AccessToken }) =>
        harness.call('UpdateUserAttributes', {
          ...{ AccessToken, UserAttributes: attributes({ name: 'Ada' }) },
        }),
      ),
      tells: [],
    },
  ],
  AdminUpdateUserAttributes: [
    {
      name: 'another mail address, for which the administrator vouches',
      prepare: now(({ harness, named }) =>
        harness.call('AdminUpdateUserAttributes', {
          ...named,
          UserAttributes: attributes({ email: NEW_MAIL, email_verified: 'true' }),
        }),
      ),
      tells: ['email-changed'],
      to: [MAIL, NEW_MAIL],
    },
    {
      name: 'a mail address that counts as verified no longer',
      prepare: now(({ harness, named }) =>
        harness.call('AdminUpdateUserAttributes', {
          ...named,
          UserAttributes: attributes({ email_verified: 'false' }),
        }),
      ),
      tells: ['email-unverified'],
    },
  ],
  VerifyUserAttribute: [
    {
      name: 'a mail address that has waited',
      pool: KEEPS_OLD,
      async prepare(stage) {
        await changeMail(stage);
        const { harness, AccessToken } = stage;
        const Code = await harness.code(NEW_MAIL);
        return () =>
          harness.call('VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code });
      },
      tells: ['email-changed'],
      to: [MAIL, NEW_MAIL],
    },
  ],
  ChangePassword: [
    {
      name: 'another password',
      prepare: now(({ harness, AccessToken }) =>
        harness.call('ChangePassword', {
          ...{ AccessToken, PreviousPassword: goodPassword, ProposedPassword: NEW },
        }),
      ),
      tells: ['password-changed'],
    },
  ],
  ConfirmForgotPassword: [
    {
      name: 'another password',
      async prepare(stage) {
        const ConfirmationCode = await askForReset(stage);
        const { ClientId } = stage.made;
        const input = { ClientId, Username: 'ada', ConfirmationCode, Password: NEW };
        return () => stage.harness.call('ConfirmForgotPassword', input);
      },
      tells: ['password-changed'],
    },
  ],
  ...identityPaths,
  AdminSetUserPassword: [
    {
      name: 'another password',
      prepare: now(({ harness, named }) =>
        harness.call('AdminSetUserPassword', { ...named, Password: NEW, Permanent: true }),
      ),
      tells: ['password-changed'],
    },
    {
      name: 'a temporary password',
      prepare: now(({ harness, named }) =>
        harness.call('AdminSetUserPassword', { ...named, Password: NEW }),
      ),
      tells: ['password-changed'],
    },
  ],
  AdminResetUserPassword: [
    {
      name: 'the password ends',
      prepare: now(({ harness, named }) => harness.call('AdminResetUserPassword', named)),
      tells: ['password-ended'],
    },
  ],
  VerifySoftwareToken: [
    {
      name: 'another application',
      async prepare(stage) {
        const { harness, AccessToken } = stage;
        await setUpToken(stage);
        const { SecretCode = '' } = await harness.call('AssociateSoftwareToken', { AccessToken });
        const UserCode = codeOf(harness, SecretCode);
        return () => harness.call('VerifySoftwareToken', { AccessToken, UserCode });
      },
      tells: ['software-token-replaced'],
    },
    {
      name: 'the first application',
      async prepare({ harness, AccessToken }) {
        const { SecretCode = '' } = await harness.call('AssociateSoftwareToken', { AccessToken });
        const UserCode = codeOf(harness, SecretCode);
        return () => harness.call('VerifySoftwareToken', { AccessToken, UserCode });
      },
      tells: ['software-token-added'],
    },
  ],
  AdminDeleteSoftwareToken: [
    {
      name: 'the application goes',
      async prepare(stage) {
        await setUpToken(stage);
        return () => stage.harness.call('AdminDeleteSoftwareToken', stage.named);
      },
      tells: ['software-token-removed'],
    },
  ],
  SetUserMFAPreference: [
    {
      name: 'codes by mail',
      prepare: preference({ EmailMfaSettings: { Enabled: true } }),
      tells: ['EMAIL_OTP-on'],
    },
    {
      name: 'codes by mail first',
      async prepare({ harness, AccessToken }) {
        const EmailMfaSettings = { Enabled: true };
        await harness.call('SetUserMFAPreference', { AccessToken, EmailMfaSettings });
        return () =>
          harness.call('SetUserMFAPreference', {
            ...{ AccessToken, EmailMfaSettings: { Enabled: true, PreferredMfa: true } },
          });
      },
      tells: ['preferred-factor-changed'],
    },
    {
      name: 'a passkey as one factor',
      prepare: preference({ WebAuthnMfaSettings: { Enabled: false } }),
      tells: ['passkey-two-factors-off'],
    },
  ],
  AdminSetUserMFAPreference: [
    {
      name: 'codes by mail no longer',
      async prepare({ harness, AccessToken, named }) {
        await harness.call('SetUserMFAPreference', {
          ...{ AccessToken, EmailMfaSettings: { Enabled: true } },
        });
        const EmailMfaSettings = { Enabled: false };
        return () => harness.call('AdminSetUserMFAPreference', { ...named, EmailMfaSettings });
      },
      tells: ['EMAIL_OTP-off'],
    },
  ],
  SetUserSettings: [
    {
      name: 'text messages',
      async prepare(stage) {
        await addPhone(stage);
        const { harness, AccessToken } = stage;
        const MFAOptions = [{ DeliveryMedium: 'SMS' as const, AttributeName: 'phone_number' }];
        return () => harness.call('SetUserSettings', { AccessToken, MFAOptions });
      },
      tells: ['SMS_MFA-on'],
    },
  ],
  AdminSetUserSettings: [
    {
      name: 'text messages',
      async prepare(stage) {
        await addPhone(stage);
        const { harness, named } = stage;
        const MFAOptions = [{ DeliveryMedium: 'SMS' as const, AttributeName: 'phone_number' }];
        return () => harness.call('AdminSetUserSettings', { ...named, MFAOptions });
      },
      tells: ['SMS_MFA-on'],
    },
  ],
  CompleteWebAuthnRegistration: [
    {
      name: 'a passkey',
      pool: PASSKEYS_FIRST,
      async prepare({ harness, AccessToken }) {
        const Credential = makeAuthenticator().create(
          await startRegistration(harness, AccessToken),
          {},
        );
        return () => harness.call('CompleteWebAuthnRegistration', { AccessToken, Credential });
      },
      tells: ['passkey-added'],
    },
  ],
  DeleteWebAuthnCredential: [
    {
      name: 'a passkey goes',
      pool: PASSKEYS_FIRST,
      async prepare({ harness, AccessToken }) {
        await registerPasskey(harness, AccessToken);
        const { Credentials = [] } = await harness.call('ListWebAuthnCredentials', { AccessToken });
        const CredentialId = Credentials[0]?.CredentialId ?? '';
        return () => harness.call('DeleteWebAuthnCredential', { AccessToken, CredentialId });
      },
      tells: ['passkey-removed'],
    },
  ],
  RespondToAuthChallenge: answeredTasks('app'),
  AdminRespondToAuthChallenge: answeredTasks('back end'),
};

async function userOf({ harness, named }: Pick<Stage, 'harness' | 'named'>) {
  const user = await harness.storage.stores.users.byName(named.UserPoolId as never, 'ada');
  assert(user);
  return user;
}
