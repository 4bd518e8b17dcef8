import { confirmsByLink } from '../domain/attributes/confirmation-address.ts';
import type { Client } from '../domain/clients/client.ts';
import type { Pool } from '../domain/pools/pool.ts';
import type { CodeOccasion } from './content.ts';
import { poolTemplates, type MessageTemplates } from './templates.ts';
import type { OperationContext } from '../operation.ts';
import {
  callTrigger,
  refuseOutput,
  type TriggerCall,
  type TriggerError,
} from '../triggers/call-trigger.ts';

const CODE = '{####}';
const USERNAME = '{username}';
/** What a function can put where a link shall stand, with words of its own. Source: federation-triggers.md 3.2. */
const LINK = '{##Click Here##}';
const LINK_PLACE = /\{##.{1,2000}?##\}/s;
/** Source: behaviour.md 8.3. */
const LONGEST = { sms: 140, email: 20_000 } as const;

/** A message that may be sent. */
export interface MessagePlan {
  readonly pool: Pool;
  readonly occasion: CodeOccasion;
  readonly user: TriggerCall['user'];
  /** The app client that asks; `undefined` for administrators. */
  readonly client: Client | undefined;
  /** Of invitations: whether they tell a temporary password. */
  readonly hasPassword?: boolean;
  /** Texts that the pool's settings do not hold, in place of theirs. */
  readonly ownTexts?: Partial<MessageTemplates>;
}

/**
 * The texts of a message: the pool's, and over them what its CustomMessage function returns. Call it before the transaction that
 * sends the message. Code and name are filled in later; the function never sees a code.
 * Source: behaviour.md 8.3; federation-triggers.md 3.2.
 */
export async function messageTemplates(
  ctx: OperationContext<TriggerError, never>,
  { pool, occasion, user, client, hasPassword = true, ownTexts }: MessagePlan,
): Promise<MessageTemplates> {
  const isInvitation = occasion === 'AdminCreateUser';
  const confirms = occasion === 'SignUp' || occasion === 'ResendCode';
  const byLink = confirms && confirmsByLink(pool);
  const own = { ...poolTemplates(pool, { occasion, byLink, hasPassword }), ...ownTexts };
  const given = await callTrigger(ctx, pool, {
    trigger: 'CustomMessage',
    cause: occasion,
    user,
    client,
    request: {
      codeParameter: CODE,
      linkParameter: LINK,
      usernameParameter: isInvitation ? USERNAME : null,
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  });
  if (given === undefined) return own;
  const needed = !isInvitation ? [CODE] : hasPassword ? [CODE, USERNAME] : [USERNAME];
  const textOf = (member: string, longest: number): string | undefined => {
    const value = given[member] ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || value.length > longest) {
      return refuseOutput(ctx, `${member} is no text of at most ${longest} characters`);
    }
    return value;
  };
  // What a message that tells no code is answered with is not known [unsure].
  const whole = (text: string | undefined, holdsLink = false): string | undefined => {
    if (text === undefined || (holdsLink && LINK_PLACE.test(text))) return text;
    const lacking = needed.find((placeholder) => !text.includes(placeholder));
    return lacking === undefined ? text : refuseOutput(ctx, `a message lacks ${lacking}`);
  };
  return {
    subject: textOf('emailSubject', LONGEST.sms) ?? own.subject,
    email: whole(textOf('emailMessage', LONGEST.email), byLink) ?? own.email,
    sms: whole(textOf('smsMessage', LONGEST.sms)) ?? own.sms,
  };
}
