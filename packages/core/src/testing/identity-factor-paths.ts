import type { OperationName } from '@poolhouse/model';
import type { FactorCase, Stage } from './factor-tasks.ts';

const ADA = {
  ProviderName: 'Google',
  ProviderAttributeName: 'Cognito_Subject',
  ProviderAttributeValue: '117',
};

const makeGoogle = ({ harness, named: { UserPoolId } }: Stage) =>
  harness.call('CreateIdentityProvider', {
    ...{ UserPoolId, ProviderName: 'Google', ProviderType: 'Google' },
    ProviderDetails: { client_id: 'id', client_secret: 'hush', authorize_scopes: 'email' },
  });

const link = ({ harness, named: { UserPoolId } }: Stage) =>
  harness.call('AdminLinkProviderForUser', {
    ...{ UserPoolId, SourceUser: ADA },
    DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: 'ada' },
  });

/** The ways in which linked identities change what a user signs in with. */
export const identityPaths = {
  AdminLinkProviderForUser: [
    {
      name: 'an account of Google',
      async prepare(stage) {
        await makeGoogle(stage);
        return () => link(stage);
      },
      tells: ['identity-linked'],
    },
  ],
  AdminDisableProviderForUser: [
    {
      name: 'an account of Google',
      async prepare(stage) {
        await makeGoogle(stage);
        await link(stage);
        const { UserPoolId } = stage.named;
        return () => stage.harness.call('AdminDisableProviderForUser', { UserPoolId, User: ADA });
      },
      tells: ['identity-unlinked'],
    },
    {
      name: 'the password',
      async prepare({ harness, named: { UserPoolId } }) {
        const User = { ...ADA, ProviderName: 'Cognito', ProviderAttributeValue: 'ada' };
        return () => harness.call('AdminDisableProviderForUser', { UserPoolId, User });
      },
      tells: ['password-changed'],
    },
  ],
} satisfies Partial<Record<OperationName, readonly FactorCase[]>>;
