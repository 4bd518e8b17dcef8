import type { CodeDeliveryDetailsType } from '@poolhouse/model';
import { tokenValidity } from '@poolhouse/rules';
import { codeMac, equalInConstantTime, randomDigits, randomUuid } from '../crypto/index.ts';
import type { CodePlace, CodePurpose, SentCode } from '../domain/passwords/code.ts';
import { confirmsByLink } from '../domain/attributes/confirmation-address.ts';
import { maskDestination } from '../domain/attributes/masking.ts';
import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import { messages } from '../domain/texts.ts';
import { nameKey } from '../domain/users/sign-in-names.ts';
import type { User } from '../domain/users/user.ts';
import type { CodeOccasion } from '../messages/content.ts';
import { messageTemplates, type MessagePlan } from '../messages/custom-message.ts';
import { draftMessage, enqueueMessage, type DraftedMessage } from '../messages/enqueue.ts';
import type { MessageMedium } from '../messages/mailbox.ts';
import type { MessageCause } from '../messages/message-budget.ts';
import type { OperationContext, TransactionContext } from '../operation.ts';
import type { CodeCheck } from '../ports/stores/codes.ts';
import type { TriggerError } from '../triggers/call-trigger.ts';
import { strangerOf } from '../limits/stranger.ts';

/** An attribute that a code can be sent to. */
export type VerifiableAttribute = 'email' | 'phone_number';

const HOUR_MS = 3_600_000;
/** How long codes are valid; one for a sign-in lives as long as its Session. Source: behaviour.md 9. */
export const codeLifetimeMs = {
  'confirm-sign-up': 24 * HOUR_MS,
  'verify-attribute': 24 * HOUR_MS,
  'reset-password': HOUR_MS,
} as const;
/**
 * Wrong attempts that invalidate a code, from however many sources (security.md B01): at most 5 in a million chances per code.
 * `takeMessage` limits how many codes there can be.
 */
const ATTEMPTS = 5;

/** An address to which a code is sent. */
export interface CodeAddress {
  readonly attribute: VerifiableAttribute;
  /** The address itself: the attribute's value, or the pending one. */
  readonly destination: string;
}

/** Who is sent a code, and why. */
export interface CodeRequest {
  readonly pool: Pool;
  readonly user: Pick<User, 'sub' | 'username' | 'status' | 'attributes'>;
  readonly purpose: CodePurpose;
  readonly occasion: CodeOccasion;
  /** The app client that asks, and the only one that may use the code; `undefined` for administrators, whose codes any client may use. */
  readonly client: Client | undefined;
  /** Six, where nothing is said. */
  readonly digits?: number;
  /** Texts that the pool's settings do not hold. */
  readonly ownTexts?: MessagePlan['ownTexts'];
  /** The link that a mail has beside its code; none, where nothing is said. */
  readonly linkWith?: (code: string) => string;
}

/** A code with its message. */
export interface DraftedCode {
  readonly code: string;
  readonly message: DraftedMessage;
}

/** Codes for each possible destination. Nothing of them is stored yet. */
export interface DraftedCodes {
  readonly request: CodeRequest;
  readonly drafts: ReadonlyMap<VerifiableAttribute, DraftedCode>;
}

/**
 * Draws a code and composes its message for each known way to reach the user, before the transaction that decides what is sent: a function
 * of the pool's owner may change the texts, and no transaction waits for one.
 */
export async function draftCodes(
  ctx: OperationContext<TriggerError, never>,
  request: CodeRequest,
  attributes: readonly VerifiableAttribute[],
): Promise<DraftedCodes> {
  const { pool, user, occasion, digits = 6 } = request;
  const drafts = new Map<VerifiableAttribute, DraftedCode>();
  if (attributes.length === 0) return { request, drafts };
  const templates = await messageTemplates(ctx, request);
  for (const attribute of attributes) {
    const code = randomDigits(ctx.random, digits);
    const link = linkOf(ctx, request, attribute, code);
    const message = await draftMessage(ctx, {
      pool,
      medium: mediumOf(attribute),
      facts: { occasion, username: user.username, code, link },
      templates,
      expiresAtMs: codeEndsAtMs(ctx, request),
    });
    drafts.set(attribute, { code, message });
  }
  return { request, drafts };
}

/**
 * Puts the message of a drafted code into the outbox and stores the code's MAC; both in the caller's transaction. `to` is the address as it
 * is now. This invalidates the former code of the same purpose and attribute (security.md B02). If the budget of the destination is used
 * up, nothing is sent, nothing changes, and the answer is the same.
 */
export async function sendCode(
  ctx: TransactionContext<
    'TooManyRequestsException' | 'UnexpectedLambdaException',
    'codes' | 'outbox' | 'limits'
  >,
  { request, drafts }: DraftedCodes,
  to: CodeAddress,
): Promise<CodeDeliveryDetailsType> {
  const { pool, client } = request;
  const { attribute, destination } = to;
  const draft = drafts.get(attribute);
  if (draft === undefined) {
    return ctx.fail(
      'TooManyRequestsException',
      messages.tooManyRequests,
      'the user is reached another way than when the message was written',
    );
  }
  const cause = causeOf(ctx, client);
  if (await enqueueMessage(ctx, draft.message, { to: destination, cause })) {
    await keepCode(ctx, { ...request, ...to }, draft.code);
  }
  return deliveryDetails(pool, attribute, destination);
}

/** The way that leads to an address. */
export function mediumOf(attribute: VerifiableAttribute): MessageMedium {
  return attribute === 'email' ? 'EMAIL' : 'SMS';
}

/** Who causes the messages of a request, for their budgets. */
export function causeOf(
  { caller }: TransactionContext<never, never>,
  client: Client | undefined,
): MessageCause {
  return client === undefined ? 'administrator' : { source: strangerOf(caller, client) };
}

function codeEndsAtMs(
  { nowMs }: TransactionContext<never, never>,
  { purpose, client }: Pick<CodeRequest, 'purpose' | 'client'>,
): number {
  if (purpose !== 'sign-in') return nowMs + codeLifetimeMs[purpose];
  if (client === undefined) throw new Error('a code for a sign-in without an app client');
  return nowMs + tokenValidity(client.settings).sessionMs;
}

/** Stores a code's MAC as the only valid one of its purpose (and of its attribute, if it verifies one), in the caller's transaction. */
export async function keepCode(
  ctx: TransactionContext<never, 'codes'>,
  request: Pick<CodeRequest, 'pool' | 'purpose' | 'client'> &
    CodeAddress & { readonly user: Pick<User, 'sub'> },
  code: string,
): Promise<void> {
  const { pool, user, purpose, attribute, destination } = request;
  const clientId = request.client?.id ?? '';
  const key = (await ctx.secretsOf(pool.id)).subkey('codes');
  const place = { poolId: pool.id, sub: user.sub, purpose, attribute };
  const uuid = randomUuid(ctx.random);
  const rowId = `${uuid}.${destinationTag(key, { ...place, clientId }, uuid, destination)}`;
  if (purpose !== 'verify-attribute') {
    const other = attribute === 'email' ? 'phone_number' : 'email';
    await ctx.stores.codes.delete({ ...place, attribute: other });
  }
  await ctx.stores.codes.put({
    ...place,
    rowId,
    clientId,
    mac: macOf(key, { ...place, rowId, clientId }, code),
    createdAtMs: ctx.nowMs,
    expiresAtMs: codeEndsAtMs(ctx, request),
    attemptsLeft: ATTEMPTS,
  });
}

/**
 * What the service says about where a code was sent: the masked key of the address, since no other form is known for a user who does not
 * exist. Source: behaviour.md 2 (masks) and 5.2.
 */
export function deliveryDetails(
  pool: Pool,
  attribute: VerifiableAttribute,
  destination: string,
): CodeDeliveryDetailsType {
  return {
    Destination: maskDestination(attribute, nameKey(pool, destination)),
    DeliveryMedium: mediumOf(attribute),
    AttributeName: attribute,
  };
}

/**
 * Checks a typed code against the valid one of its place and uses it up if it is right. `destination` is the address in the user's record
 * now: a code proves only the address that it was sent to, not one written there since (A07).
 */
export async function consumeCode(
  ctx: TransactionContext<never, 'codes'>,
  place: CodePlace,
  clientId: string,
  code: string,
  destination?: string,
): Promise<CodeCheck> {
  const key = (await ctx.secretsOf(place.poolId)).subkey('codes');
  return ctx.stores.codes.consume(place, ctx.nowMs, (sent) => {
    const right = equalInConstantTime(macOf(key, sent, code), sent.mac);
    const allowed = sent.clientId === '' || sent.clientId === clientId;
    return right && allowed && (destination === undefined || wentTo(key, sent, destination));
  });
}

type Binding = Pick<SentCode, 'poolId' | 'sub' | 'purpose' | 'attribute' | 'clientId'>;
type CodeKey = Parameters<typeof codeMac>[0];

function macOf(key: CodeKey, sent: Binding & Pick<SentCode, 'rowId'>, code: string): string {
  const { purpose, poolId, sub: userSub, clientId, attribute, rowId } = sent;
  return codeMac(key, { purpose, poolId, userSub, clientId, attribute, rowId }, code);
}

/** Identifies the address without revealing it. As part of the row's id, it is bound by the code's own MAC. */
function destinationTag(key: CodeKey, sent: Binding, uuid: string, destination: string): string {
  return macOf(key, { ...sent, rowId: `${uuid} destination` }, destination).slice(0, 22);
}

function wentTo(key: CodeKey, sent: SentCode, destination: string): boolean {
  const [uuid = '', tag = ''] = sent.rowId.split('.');
  return equalInConstantTime(destinationTag(key, sent, uuid, destination), tag);
}

/** The link in a mail: beside its code, or in a sign-up mail instead of it, if the pool wants that. Source: behaviour.md 5.3, link form. */
function linkOf(
  { publicUrl }: TransactionContext<never, never>,
  { pool, user, purpose, client, linkWith }: CodeRequest,
  attribute: VerifiableAttribute,
  code: string,
): string | undefined {
  if (linkWith !== undefined && attribute === 'email') return linkWith(code);
  const isSignUpMail = purpose === 'confirm-sign-up' && attribute === 'email';
  if (!isSignUpMail || client === undefined || !confirmsByLink(pool)) return undefined;
  const query = new URLSearchParams({
    client_id: client.id,
    user_name: user.username,
    confirmation_code: code,
  });
  // Under the pool's own path on this server.
  return `${publicUrl}/d/${pool.id}/confirmUser/?${query.toString()}`;
}
