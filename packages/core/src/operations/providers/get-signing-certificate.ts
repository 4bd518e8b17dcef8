import { samlCertificate } from '../../providers/saml-keys.ts';
import { requirePool } from '../../pools/require.ts';
import { operation } from '../../operation.ts';

/** Shows the certificate with which the pool signs what it sends to SAML providers. Source: API model, GetSigningCertificate. */
export const getSigningCertificate = operation('GetSigningCertificate', {
  needs: ['pools', 'samlKeys'],
  async run(ctx, { UserPoolId }) {
    const pool = await requirePool(ctx, UserPoolId);
    return { Certificate: await samlCertificate(ctx, pool.id, 'signing') };
  },
});
