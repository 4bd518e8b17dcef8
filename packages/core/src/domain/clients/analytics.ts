import type { AnalyticsConfigurationType } from '@poolhouse/model';

/** The role that the service uses for applications that are named by their ARN. Source: settings.md 4.3. */
export const SERVICE_ROLE =
  'aws-service-role/cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdp';

/** Analytics settings as they are returned: with the service's role if there is an ARN. Source: settings.md 4.3. */
export function describedAnalytics(
  analytics: AnalyticsConfigurationType | undefined,
  accountId: string,
): AnalyticsConfigurationType | undefined {
  if (analytics?.ApplicationArn === undefined) return analytics;
  return { ...analytics, RoleArn: `arn:aws:iam::${accountId}:role/${SERVICE_ROLE}` };
}
