import { missingVerifier, passwordMatches } from '../../directory/passwords/password.ts';
import { requireGiven, type FactorChallenge } from './challenge.ts';

/** The password itself, given with the first request of a flow. Source: behaviour.md 6.1. */
export const password: FactorChallenge = {
  name: 'PASSWORD',
  carrier: 'Session',
  isFactor: true,
  isDue: () => false,
  // Who has no password is refused like anybody with another one.
  hasSecret: () => true,
  readAnswer: (cx, given) => void requireGiven(cx, given, 'PASSWORD'),
  async check(cx, subject, { pool, given }) {
    const typed = given['PASSWORD'] ?? '';
    if (subject.kind === 'decoy') {
      await cx.world.hasher.verifyNothing(typed, cx.order);
      return { kind: 'wrong', detail: 'nobody' };
    }
    const { user } = subject;
    if (!(await passwordMatches(cx, user, typed))) return { kind: 'wrong', detail: 'password' };
    return { kind: 'right', sealedSrp: await missingVerifier(cx, pool, user, typed) };
  },
};
