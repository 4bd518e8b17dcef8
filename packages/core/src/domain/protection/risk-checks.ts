import type { ConfigurationValues } from '../pools/pool-configuration.ts';
import { senderProblem } from '../pools/sender-checks.ts';
import { invalid, type SettingsProblem } from '../pools/settings-problem.ts';
import { settingsTexts } from '../settings-texts.ts';
import { isIpRange } from './ip-range.ts';

/** Why SetRiskConfiguration refuses what it is given. Source: federation-triggers.md 5.1. */
export function riskProblem({
  AccountTakeoverRiskConfiguration: takeover,
  RiskExceptionConfiguration: exceptions = {},
}: ConfigurationValues['risk']): SettingsProblem | undefined {
  const { BlockedIPRangeList: blocked = [], SkippedIPRangeList: skipped = [] } = exceptions;
  if (![...blocked, ...skipped].every(isIpRange)) return invalid(settingsTexts.rangeInvalid);
  const { From, ReplyTo, SourceArn } = takeover?.NotifyConfiguration ?? {};
  return senderProblem({ From, replyTo: ReplyTo, SourceArn });
}
