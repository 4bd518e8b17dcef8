import type { ConfigurationValues } from '../pools/pool-configuration.ts';
import { isRegionOfAws, regionOfArn } from '../arn-region.ts';
import { invalid, type SettingsProblem } from '../pools/settings-problem.ts';
import { settingsTexts } from '../settings-texts.ts';

type LogConfiguration = ConfigurationValues['log-delivery']['LogConfigurations'][number];

/** What each source tells. Source: settings.md 5.4. */
const levels = { userNotification: 'ERROR', userAuthEvents: 'INFO' } as const;

/**
 * Why SetLogDeliveryConfiguration refuses what it is given: one text has all that is wrong with sources and places. The service also refuses
 * log groups of other accounts; definitions of real pools contain their own account. Source: settings.md 2.7.
 */
export function logDeliveryProblem(
  { LogConfigurations }: ConfigurationValues['log-delivery'],
  region: string,
): SettingsProblem | undefined {
  const sources = LogConfigurations.map(({ EventSource }) => EventSource);
  const twice = sources.filter((source, at) => sources.indexOf(source) < at);
  const elsewhere = LogConfigurations.flatMap(({ CloudWatchLogsConfiguration: group }) =>
    group?.LogGroupArn !== undefined && isElsewhere(group.LogGroupArn, region)
      ? [group.LogGroupArn]
      : [],
  );
  if (twice.length > 0 || elsewhere.length > 0) {
    return invalid(settingsTexts.logDeliveryInvalid(twice, elsewhere));
  }
  if (!LogConfigurations.every(hasDestination)) return invalid(settingsTexts.logWithoutDestination);
  return LogConfigurations.every(({ EventSource, LogLevel }) => levels[EventSource] === LogLevel)
    ? undefined
    : invalid(settingsTexts.logLevelInvalid);
}

function isElsewhere(arn: string, region: string): boolean {
  return isRegionOfAws(region) && regionOfArn(arn) !== region;
}

/** One place for each. Source: API model, LogConfigurationType; that more than one is refused is [unsure]. */
function hasDestination(given: LogConfiguration): boolean {
  const places = [
    given.CloudWatchLogsConfiguration?.LogGroupArn,
    given.S3Configuration?.BucketArn,
    given.FirehoseConfiguration?.StreamArn,
  ];
  return places.filter((place) => place !== undefined).length === 1;
}
