import { isEmailAddress, isMailSender } from '@poolhouse/rules';
import { regionOfArn } from '../arn-region.ts';
import { settingsTexts } from '../settings-texts.ts';
import { messages } from '../texts.ts';
import { invalid, type SettingsProblem } from './settings-problem.ts';

/** Who sends mails, as settings name it. */
export interface GivenSender {
  readonly From?: string;
  readonly replyTo?: string;
  readonly SourceArn?: string;
}

/** The regions in which the service permits identities, whatever the pool's region. Source: settings.md 2.2. */
const identityRegions: ReadonlySet<string | undefined> = new Set([
  'eu-west-1',
  'us-east-1',
  'us-west-2',
]);

/** A sender becomes a mail header: one address, at most with a name before it, on one line (security.md X09). */
export function senderProblem({
  From,
  replyTo,
  SourceArn,
}: GivenSender): SettingsProblem | undefined {
  if (SourceArn !== undefined && !identityRegions.has(regionOfArn(SourceArn))) {
    return invalid(settingsTexts.identityElsewhere);
  }
  if (From !== undefined && !isMailSender(From)) return invalid(settingsTexts.invalidSender);
  return replyTo === undefined || isEmailAddress(replyTo)
    ? undefined
    : invalid(messages.invalidEmail);
}
