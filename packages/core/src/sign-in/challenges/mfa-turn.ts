import { asksForMethod, dueMethods } from '../../domain/mfa/mfa.ts';
import { type MfaMethod } from '../../domain/pools/mfa-methods.ts';
import { configurationOf, type Turn } from '../next-step.ts';

/** When a second factor is asked for. */
export function mfaTurn<Method extends MfaMethod>(
  method: Method,
): Pick<Turn, 'needs' | 'isDue'> & { readonly name: Method } {
  return {
    name: method,
    needs: needsMfaConfiguration,
    isDue: (facts) =>
      asksForMethod(facts) && dueMethods(facts, configurationOf(facts, 'mfa')).includes(method),
  };
}

/** The pool's factors, where it depends on them what is due. */
export const needsMfaConfiguration: Turn['needs'] = (facts) =>
  asksForMethod(facts) ? ['mfa'] : [];
