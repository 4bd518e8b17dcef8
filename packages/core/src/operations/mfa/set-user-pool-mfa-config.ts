import type { InputOf } from '@poolhouse/model';
import { relyingPartyProblem } from '../../domain/passkeys/relying-party.ts';
import { poolMethods } from '../../domain/pools/mfa-methods.ts';
import { regionOf } from '../../domain/ids.ts';
import { poolRequestProblem, poolSettingsProblem } from '../../domain/pools/pool-checks.ts';
import type { ConfigurationValues } from '../../domain/pools/pool-configuration.ts';
import { smsConfiguration } from '../../domain/pools/pool-settings.ts';
import { invalid } from '../../domain/pools/settings-problem.ts';
import { settingsTexts } from '../../domain/settings-texts.ts';
import { messages } from '../../domain/texts.ts';
import { operation } from '../../operation.ts';
import { requirePool } from '../../pools/require.ts';
import { shownMfaConfig } from './shown-mfa-config.ts';

type Given = InputOf<'SetUserPoolMfaConfig'>;

/**
 * Says whether the pool asks for second factors, and for which: what is left out is off. How text messages are sent stays unless it is
 * given, because they are also sent for other reasons [unsure]. Mails are sent by the server itself, so the pool needs no identity for
 * them as the service wants it. Source: API model, SetUserPoolMfaConfig; settings.md 3.
 */
export const setUserPoolMfaConfig = operation('SetUserPoolMfaConfig', {
  needs: ['pools', 'configurations'],
  async run(ctx, input) {
    const { UserPoolId, MfaConfiguration = 'OFF', SmsMfaConfiguration: sms } = input;
    const factors = factorsOf(input);
    const { id } = await requirePool(ctx, UserPoolId);
    const region = regionOf(id);
    const refused =
      partsProblem(input) ??
      poolRequestProblem({ given: { SmsConfiguration: sms?.SmsConfiguration }, region });
    if (refused !== undefined) ctx.fail(refused.code, refused.message);
    return ctx.atomically(async (tx) => {
      let problem: ReturnType<typeof poolSettingsProblem>;
      const changed = await tx.stores.pools.change(id, (pool) => {
        const { settings: before, sessionsPerUser } = pool;
        const tracksSessions = sessionsPerUser !== undefined;
        const settings = {
          ...before,
          MfaConfiguration,
          SmsConfiguration:
            smsConfiguration(sms?.SmsConfiguration, region) ?? before.SmsConfiguration,
          SmsAuthenticationMessage:
            sms?.SmsAuthenticationMessage ?? before.SmsAuthenticationMessage,
        };
        problem =
          sms !== undefined && settings.SmsConfiguration === undefined
            ? invalid(settingsTexts.smsForMfa)
            : MfaConfiguration !== 'OFF' && poolMethods({ settings }, factors).length === 0
              ? invalid(settingsTexts.mfaWithoutFactors)
              : poolSettingsProblem({ settings, factors, tracksSessions, occasion: 'update' });
        return problem === undefined ? { ...pool, settings, modifiedAtMs: ctx.nowMs } : pool;
      });
      if (changed === undefined)
        return tx.fail('ResourceNotFoundException', messages.poolNotFound(id));
      if (problem !== undefined) return tx.fail(problem.code, problem.message);
      await tx.stores.configurations.change({ poolId: id, kind: 'mfa' }, () => factors, ctx.nowMs);
      return shownMfaConfig(changed, factors);
    });
  },
});

/** What is stored apart from the pool's settings. Where MFA is off, it is the passkeys' part alone. */
function factorsOf(given: Given): ConfigurationValues['mfa'] {
  const { SmsMfaConfiguration, SoftwareTokenMfaConfiguration } = given;
  const { EmailMfaConfiguration, WebAuthnConfiguration } = given;
  return {
    ...(SmsMfaConfiguration && { SmsMfaConfiguration: {} }),
    ...(SoftwareTokenMfaConfiguration && { SoftwareTokenMfaConfiguration }),
    ...(EmailMfaConfiguration && { EmailMfaConfiguration }),
    ...(WebAuthnConfiguration && {
      WebAuthnConfiguration: { FactorConfiguration: 'SINGLE_FACTOR', ...WebAuthnConfiguration },
    }),
  };
}

/** Members that do not go together. Presence counts, not the value. Source: settings.md 3#1 to 3#4. */
function partsProblem(given: Given) {
  const { RelyingPartyId } = given.WebAuthnConfiguration ?? {};
  const relyingParty = RelyingPartyId && relyingPartyProblem(RelyingPartyId);
  if (relyingParty) return invalid(relyingParty);
  const factors = [
    given.SmsMfaConfiguration,
    given.SoftwareTokenMfaConfiguration,
    given.EmailMfaConfiguration,
  ].filter((factor) => factor !== undefined);
  if ((given.MfaConfiguration ?? 'OFF') === 'OFF') {
    return factors.length > 0 ? invalid(settingsTexts.mfaOffWithFactors) : undefined;
  }
  if (factors.length > 0) return undefined;
  return invalid(
    given.WebAuthnConfiguration === undefined
      ? settingsTexts.mfaWithoutFactors
      : settingsTexts.mfaByPasskeyAlone,
  );
}
