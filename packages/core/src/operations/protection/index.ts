import { describeRiskConfiguration } from './describe-risk-configuration.ts';

/** The built operations of this area, by name. */
export const protectionOperations = {
  DescribeRiskConfiguration: describeRiskConfiguration,
};
