import { deviceGroupKey } from '../../crypto/index.ts';
import { openDeviceVerifier } from '../../devices/device-verifier.ts';
import { messages } from '../../domain/texts.ts';
import { requireGiven, type FactorChallenge, type OpeningChallenge } from './challenge.ts';
import { deviceTurn, replacesFactor } from './device-turn.ts';
import { beginSrp, isSrpProofRight, requireSrpProof, requireSrpPublic } from './srp-proof.ts';

/** Begins the proof of a device: its answer is SRP_A. Source: behaviour.md 6.7. */
export const deviceSrpAuth: OpeningChallenge = {
  ...deviceTurn,
  name: 'DEVICE_SRP_AUTH',
  carrier: 'Session',
  isFactor: false,
  opens: 'DEVICE_PASSWORD_VERIFIER',
  // Who signed in by an alias has to know under which name the app keeps the device's password.
  ask: ({ username }) => ({ parameters: { USERNAME: username } }),
  readAnswer(ctx, given) {
    requireGiven(ctx, given, 'DEVICE_KEY');
    requireSrpPublic(ctx, given);
  },
};

/**
 * The proof of a device by SRP, with the pool's group key for the pool's name and the device's key for the user's. Wrong ones count at the user like
 * wrong passwords, and are answered like them. Source: behaviour.md 6.7; security.md S12, M10.
 */
export const devicePasswordVerifier: FactorChallenge = {
  ...deviceTurn,
  name: 'DEVICE_PASSWORD_VERIFIER',
  carrier: 'SECRET_BLOCK',
  isFactor: true,
  hasSecret: () => true,
  readAnswer(ctx, given) {
    requireGiven(ctx, given, 'DEVICE_KEY');
    requireSrpProof(ctx, given);
  },
  question: {
    read: requireSrpPublic,
    async ask(ctx, subject, { pool, given, device: read }) {
      const device = subject.kind === 'user' ? await read(subject.user) : undefined;
      if (subject.kind === 'decoy' || device === undefined) {
        return ctx.fail('NotAuthorizedException', messages.invalidSession, 'the device is gone');
      }
      const verifier = openDeviceVerifier(await ctx.secretsOf(pool.id), device);
      const { parameters, memory } = await beginSrp(ctx, verifier, given);
      const USERNAME = subject.user.username;
      return { parameters: { ...parameters, USERNAME, DEVICE_KEY: device.key }, memory };
    },
  },
  async check(ctx, subject, { pool, given, memory, device: read, facts }) {
    const device = subject.kind === 'user' ? await read(subject.user) : undefined;
    if (device === undefined) return { kind: 'wrong', detail: 'the device is gone' };
    const { verifierHex } = openDeviceVerifier(await ctx.secretsOf(pool.id), device);
    const identity = { poolName: deviceGroupKey(pool.id), username: device.key, verifierHex };
    if (!(await isSrpProofRight(ctx, identity, given, memory))) {
      return { kind: 'wrong', detail: 'signature of a device' };
    }
    const isStandIn = subject.kind === 'user' && replacesFactor(await facts(subject.user));
    return { kind: 'right', proof: isStandIn ? { standsIn: true } : {} };
  },
};
