import {
  equalInConstantTime,
  isSrpTimestamp,
  parseSrpPublic,
  type SrpIdentity,
  type SrpVerifier,
} from '../../crypto/index.ts';
import { messages } from '../../domain/texts.ts';
import type { OperationContext, TransactionContext } from '../../operation.ts';
import { requireGiven, type Given } from './challenge.ts';

type Refusing = TransactionContext<'InvalidParameterException', never>;

/** Refuses SRP_A that no client would send. Source: behaviour.md 6.6; security.md S01. */
export function requireSrpPublic(ctx: Refusing, given: Given): void {
  if (parseSrpPublic(requireGiven(ctx, given, 'SRP_A')) === undefined) {
    ctx.fail('InvalidParameterException', 'SRP_A is not valid'); // [unsure]
  }
}

/** Refuses a proof that lacks a part, or whose time has another form. Source: behaviour.md 6.1, 6.6. */
export function requireSrpProof(ctx: Refusing, given: Given): void {
  requireGiven(ctx, given, 'PASSWORD_CLAIM_SECRET_BLOCK');
  requireGiven(ctx, given, 'PASSWORD_CLAIM_SIGNATURE');
  const timestamp = requireGiven(ctx, given, 'TIMESTAMP');
  if (!isSrpTimestamp(timestamp)) ctx.fail('InvalidParameterException', messages.timestampForm);
}

/** The server's half of an exchange: what it tells, and what the attempt keeps until the proof. */
export async function beginSrp(
  ctx: OperationContext<never, never>,
  { saltHex, verifierHex }: SrpVerifier,
  { SRP_A = '' }: Given,
) {
  const server = await ctx.world.srp.serverKeys(verifierHex, ctx.order);
  return {
    parameters: { SALT: saltHex, SRP_B: server.publicHex },
    memory: {
      clientPublicHex: parseSrpPublic(SRP_A) ?? '',
      serverPrivateHex: server.privateHex,
      serverPublicHex: server.publicHex,
    },
  };
}

/** Whether the proof is that of somebody who knows the password, who here is called as SRP has it hashed. */
export async function isSrpProofRight(
  ctx: OperationContext<never, never>,
  {
    poolName,
    username,
    verifierHex,
  }: Omit<SrpIdentity, 'password'> & Pick<SrpVerifier, 'verifierHex'>,
  given: Given,
  { clientPublicHex = '', serverPrivateHex = '', serverPublicHex = '' }: Given,
): Promise<boolean> {
  const claim = await ctx.world.srp.claim(
    {
      ...{ poolName, userId: username, clientPublicHex, serverPrivateHex, serverPublicHex },
      verifierHex,
      secretBlock: Buffer.from(given['PASSWORD_CLAIM_SECRET_BLOCK'] ?? '', 'base64'),
      timestamp: given['TIMESTAMP'] ?? '',
    },
    ctx.order,
  );
  // Compared as text, so that only one spelling of the signature is right.
  const signature = given['PASSWORD_CLAIM_SIGNATURE'] ?? '';
  return claim !== undefined && equalInConstantTime(claim, signature);
}
