import { describeRiskConfiguration } from './describe-risk-configuration.ts';
import { getLogDeliveryConfiguration } from './get-log-delivery-configuration.ts';
import { setLogDeliveryConfiguration } from './set-log-delivery-configuration.ts';
import { setRiskConfiguration } from './set-risk-configuration.ts';

/** The built operations of this area, by name. */
export const protectionOperations = {
  DescribeRiskConfiguration: describeRiskConfiguration,
  GetLogDeliveryConfiguration: getLogDeliveryConfiguration,
  SetLogDeliveryConfiguration: setLogDeliveryConfiguration,
  SetRiskConfiguration: setRiskConfiguration,
};
