import { missingVerifier, passwordMatches, restateImported } from '../../passwords/password.ts';
import { simulatedHash } from '../../passwords/simulated-hash.ts';
import { attemptSubject } from '../identify.ts';
import { requireGiven, type FactorChallenge } from './challenge.ts';

/** The password itself, given with the first request of a flow or chosen in USER_AUTH. Source: behaviour.md 6.1, 6.9. */
export const password: FactorChallenge = {
  name: 'PASSWORD',
  carrier: 'Session',
  isFactor: true,
  isDue: () => false,
  // Who has no password is refused like anybody with another one.
  hasSecret: () => true,
  asFirst: { factor: 'PASSWORD', isReady: (_, user) => user.sealedPassword !== undefined },
  question: { read: () => undefined, ask: async () => ({ parameters: {} }) },
  readAnswer: (ctx, given) => void requireGiven(ctx, given, 'PASSWORD'),
  async check(ctx, subject, { pool, given }) {
    const typed = given['PASSWORD'] ?? '';
    // Drawn for everybody, for its time.
    const simulated = await simulatedHash(ctx, pool, attemptSubject(subject).id);
    if (subject.kind === 'decoy') {
      await (simulated === undefined
        ? ctx.world.hasher.verifyDecoy(typed, ctx.order)
        : ctx.world.hasher.verifyImported(simulated, typed, ctx.order));
      return { kind: 'wrong', detail: 'decoy' };
    }
    const { user } = subject;
    if (!(await passwordMatches(ctx, user, typed))) return { kind: 'wrong', detail: 'password' };
    await restateImported(ctx, pool, user, typed);
    return { kind: 'right', sealedSrp: await missingVerifier(ctx, pool, user, typed) };
  },
};
