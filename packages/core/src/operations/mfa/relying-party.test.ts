import { test } from 'node:test';
import { openHarness } from '../../testing/harness.ts';

test('a pool has no relying party that is nobody’s own (security.md P02)', async (t) => {
  const harness = await openHarness(t);
  const { UserPoolId } = await harness.makePool();
  const set = (RelyingPartyId: string) => ({
    ...{ UserPoolId, MfaConfiguration: 'OFF' as const },
    WebAuthnConfiguration: { RelyingPartyId },
  });
  for (const party of ['https://example.com', 'example.com:8443', 'example.com/x', 'a b', '.com']) {
    await harness.refuses(
      'SetUserPoolMfaConfig',
      set(party),
      'InvalidParameterException',
      'RelyingPartyId contains invalid characters',
    );
  }
  for (const party of ['com', 'poolhouse', 'co.uk', 'CO.UK', 'com.au', 'github.io', 'vercel.app']) {
    await harness.refuses(
      'SetUserPoolMfaConfig',
      set(party),
      'InvalidParameterException',
      'RelyingPartyId must be a domain of your own',
    );
  }
  for (const party of ['localhost', 'example.com', 'shop.co.uk', 'me.example', 'app.github.io']) {
    await harness.call('SetUserPoolMfaConfig', set(party));
  }
});
