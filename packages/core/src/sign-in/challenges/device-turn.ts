import { standsIn } from '../../domain/devices/device-settings.ts';
import { asksForMethod, dueMethods, lacksLevel, methodsToSetUp } from '../../domain/mfa/mfa.ts';
import type { MfaMethod } from '../../domain/pools/mfa-methods.ts';
import { onlyFactor } from '../../domain/tokens/token-gate.ts';
import { configurationOf, type StepFacts, type Turn } from '../next-step.ts';
import { needsMfaConfiguration } from './mfa-turn.ts';

/**
 * When a device that the app has named, and that the pool knows, proves which one it is: instead of a code from an application or a text
 * message where it stands in for one, and where no second factor is asked. After a second factor it does not: amazon-cognito-identity-js then
 * answers with a Session that is used up. A device says nothing of a level: where the app asks for one, it stands in for no factor. Source: API
 * model, DeviceConfigurationType; ADR 32.
 */
export const deviceTurn: Pick<Turn, 'needs' | 'isDue'> = {
  needs: needsMfaConfiguration,
  isDue(facts) {
    const { device, proofs } = facts;
    if (device === undefined || onlyFactor(proofs) === undefined) return false;
    if (proofs.some(({ challenge }) => challenge === 'DEVICE_PASSWORD_VERIFIER')) return false;
    if (secondFactors(facts).length === 0) return !lacksLevel(facts);
    return replacesFactor(facts);
  },
};

/**
 * Whether the proof of the device is instead of a second factor. One that no factor is asked beside only says which device it is: should the
 * pool require another factor later, that may be one for which no device stands in (security.md R05).
 */
export function replacesFactor(facts: StepFacts): boolean {
  const { pool, device, target } = facts;
  if (device === undefined || target !== undefined || !standsIn(pool, device)) return false;
  return secondFactors(facts).some(isReplaceable);
}

/** Source: API model, DeviceConfigurationType, which names text messages and applications alone. */
function isReplaceable(other: MfaMethod | 'MFA_SETUP'): boolean {
  return other === 'SMS_MFA' || other === 'SOFTWARE_TOKEN_MFA';
}

/** The second factors that are still to be answered, or the setting up of one. */
function secondFactors(facts: StepFacts) {
  if (!asksForMethod(facts)) return [];
  const configuration = configurationOf(facts, 'mfa');
  const isSetUpDue = methodsToSetUp(facts, configuration).length > 0;
  return isSetUpDue ? (['MFA_SETUP'] as const) : dueMethods(facts, configuration);
}
