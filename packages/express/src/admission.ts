import type { Gate } from './access-rules.ts';
import type { Auth } from './tokens/auth.ts';
import { Refusal, texts } from './errors/refusal.ts';
import type { RevocationCheck } from './tokens/revocation-check.ts';
import type { TokenVerifier, VerifiedToken } from './tokens/token-verifier.ts';

/** Decides about one request's token; synchronous if nothing has to be fetched. */
export type Admission = (token: string | undefined) => Auth | Refusal | Promise<Auth | Refusal>;

/** The steps of a decision, in order, and the listener for refusals. */
export interface AdmissionSteps {
  readonly tokenUse: 'access' | 'id' | 'any';
  readonly verifier: TokenVerifier;
  readonly gate: Gate;
  /** `undefined`: the pool is not asked. */
  readonly revocationCheck: RevocationCheck | undefined;
  readonly onRefusal: (refusal: Refusal) => void;
}

/** Combines the steps: is there a token, is it valid, may its owner pass, is the session still valid. */
export function admission(steps: AdmissionSteps): Admission {
  const { tokenUse, verifier, gate, revocationCheck, onRefusal } = steps;
  const noToken = new Refusal('no-token', tokenUse === 'id' ? texts.noIdToken : texts.noToken);
  const refused = (refusal: Refusal): Refusal => {
    onRefusal(refusal);
    return refusal;
  };
  const afterCheck = (token: string, checked: VerifiedToken | Refusal) => {
    if (checked instanceof Refusal) return refused(checked);
    const kept = gate(checked.auth);
    if (kept !== undefined) return refused(kept);
    if (revocationCheck === undefined) return checked.auth;
    const settle = (ended: Refusal | undefined) =>
      ended === undefined ? checked.auth : refused(ended);
    const ended = revocationCheck.check(token, checked);
    return ended instanceof Promise ? ended.then(settle) : settle(ended);
  };
  return (token) => {
    if (token === undefined) return refused(noToken);
    const checked = verifier.check(token);
    return checked instanceof Promise
      ? checked.then((settled) => afterCheck(token, settled))
      : afterCheck(token, checked);
  };
}
