import { standsIn } from '../../domain/devices/device-settings.ts';
import { asksForMethod, dueMethods, methodsToSetUp } from '../../domain/mfa/mfa.ts';
import { configurationOf, type StepFacts, type Turn } from '../next-step.ts';
import { needsMfaConfiguration } from './mfa-turn.ts';

/**
 * When a device that the app has named, and that the pool knows, proves which one it is: instead of a code from an application or a text
 * message where it stands in for one, else when nothing else is asked any more. Source: API model, DeviceConfigurationType; ADR 32.
 */
export const deviceTurn: Pick<Turn, 'needs' | 'isDue'> = {
  needs: needsMfaConfiguration,
  isDue(facts) {
    const { pool, device, proofs } = facts;
    if (device === undefined || proofs.length === 0) return false;
    if (proofs.some(({ challenge }) => challenge === 'DEVICE_PASSWORD_VERIFIER')) return false;
    const others = secondFactors(facts);
    return standsIn(pool, device)
      ? others.length === 0 || others.some((method) => method !== 'EMAIL_OTP' && method !== 'setup')
      : others.length === 0;
  },
};

/** The second factors that are still to be answered, or the setting up of one. */
function secondFactors(facts: StepFacts) {
  if (!asksForMethod(facts)) return [];
  const configuration = configurationOf(facts, 'mfa');
  const isSetUpDue = methodsToSetUp(facts, configuration).length > 0;
  return isSetUpDue ? (['setup'] as const) : dueMethods(facts, configuration);
}
