import { describeUserPoolDomain } from './describe-user-pool-domain.ts';

/** The built operations of this area, by name. */
export const domainsOperations = {
  DescribeUserPoolDomain: describeUserPoolDomain,
};
