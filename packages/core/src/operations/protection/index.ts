import { adminListUserAuthEvents } from './admin-list-user-auth-events.ts';
import { adminUpdateAuthEventFeedback } from './admin-update-auth-event-feedback.ts';
import { describeRiskConfiguration } from './describe-risk-configuration.ts';
import { getLogDeliveryConfiguration } from './get-log-delivery-configuration.ts';
import { setLogDeliveryConfiguration } from './set-log-delivery-configuration.ts';
import { setRiskConfiguration } from './set-risk-configuration.ts';
import { updateAuthEventFeedback } from './update-auth-event-feedback.ts';

/** The built operations of this area, by name. */
export const protectionOperations = {
  AdminListUserAuthEvents: adminListUserAuthEvents,
  AdminUpdateAuthEventFeedback: adminUpdateAuthEventFeedback,
  DescribeRiskConfiguration: describeRiskConfiguration,
  GetLogDeliveryConfiguration: getLogDeliveryConfiguration,
  SetLogDeliveryConfiguration: setLogDeliveryConfiguration,
  SetRiskConfiguration: setRiskConfiguration,
  UpdateAuthEventFeedback: updateAuthEventFeedback,
};
